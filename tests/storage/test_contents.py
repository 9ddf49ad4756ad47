"""What keeps contents: the folder, and whatever may follow it, promise the same."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.storage import Refusal
from kiosk.storage.files import Contents, FileStore
from tests.storage.memory import Memory

BODY = b"Souder une lampe" * 1000
NAME = hashlib.sha256(BODY).hexdigest()
OTHER = "ab" * 32


@pytest.fixture(params=["folder", "memory"])
def contents(request: pytest.FixtureRequest, tmp_path: Path) -> Contents:
    """Each adapter, empty."""
    return FileStore(tmp_path / "files", tmp_path / "spool") if request.param == "folder" else Memory()


@pytest.fixture
def part(tmp_path: Path) -> Callable[[], Path]:
    """A finished file of a local disk, checked by who brings it."""

    def make() -> Path:
        path = tmp_path / "spool" / "finished.part"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(BODY)
        return path

    return make


def test_what_was_never_kept_is_not_here(contents: Contents) -> None:
    assert not contents.has(OTHER)
    for ask in (contents.size, contents.open):
        with pytest.raises(FileNotFoundError):
            ask(OTHER)


def test_a_stream_is_kept_under_its_hash(contents: Contents) -> None:
    kept = contents.keep(io.BytesIO(BODY), len(BODY), NAME)
    assert (kept.sha256, kept.size) == (NAME, len(BODY))
    assert contents.has(NAME) and contents.size(NAME) == len(BODY)
    with contents.open(NAME) as stream:
        assert stream.read() == BODY


def test_a_finished_file_is_taken_and_leaves_its_place(contents: Contents, part: Callable[[], Path]) -> None:
    for _ in range(2):
        path = part()
        contents.take(path, NAME)
        assert not path.exists()
    with contents.open(NAME) as stream:
        assert stream.read() == BODY


def test_a_content_is_read_from_any_place_by_many_at_once(contents: Contents) -> None:
    contents.keep(io.BytesIO(BODY), len(BODY))
    with contents.open(NAME) as one, contents.open(NAME) as other:
        one.seek(7)
        other.seek(-5, io.SEEK_END)
        assert (one.read(3), other.read()) == (BODY[7:10], BODY[-5:])


@pytest.mark.parametrize(
    ("body", "limit", "expected"), [(BODY, len(BODY) - 1, None), (b"", 10, None), (BODY, 10**6, OTHER)]
)
def test_what_is_refused_is_not_kept(
    contents: Contents, body: bytes, limit: int, expected: str | None
) -> None:
    with pytest.raises(Refusal):
        contents.keep(io.BytesIO(body), limit, expected)
    for name in (NAME, OTHER, hashlib.sha256(b"").hexdigest()):
        assert not contents.has(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME[:-1], NAME.upper(), "é" * 64])
def test_only_a_hash_is_a_name(contents: Contents, part: Callable[[], Path], name: str) -> None:
    assert not contents.has(name)
    with pytest.raises(ValueError, match="sha256"):
        contents.take(part(), name)


def test_there_is_room_until_there_is_none(contents: Contents) -> None:
    before = contents.room()
    contents.keep(io.BytesIO(BODY), len(BODY))
    assert 0 < contents.room() <= before
