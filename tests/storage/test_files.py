"""Files by content: whole or not at all, once, and never outside their folder."""

import hashlib
import io
from pathlib import Path

import pytest

from kiosk.storage import Refusal
from kiosk.storage.files import FileStore

BYTES = b"un cours de soudure " * 5000
SHA = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", tmp_path / "spool")


def test_a_file_is_kept_under_its_hash(store: FileStore) -> None:
    kept = store.keep(io.BytesIO(BYTES), len(BYTES))
    assert (kept.sha256, kept.size) == (SHA, len(BYTES))
    assert store.path(SHA).read_bytes() == BYTES
    assert store.has(SHA)
    assert not list(store.spool.iterdir())


def test_the_same_content_is_kept_once(store: FileStore) -> None:
    store.keep(io.BytesIO(BYTES), 10**6)
    before = store.path(SHA).stat().st_ino
    store.keep(io.BytesIO(BYTES), 10**6)
    assert store.path(SHA).stat().st_ino == before
    assert not list(store.spool.iterdir())


def test_a_file_above_the_limit_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(Refusal, match="Fichier trop lourd"):
        store.keep(io.BytesIO(BYTES), len(BYTES) - 1)
    assert not list(store.spool.iterdir())
    assert not store.root.exists()


def test_an_empty_file_is_refused(store: FileStore) -> None:
    with pytest.raises(Refusal, match="vide"):
        store.keep(io.BytesIO(b""), 10)


def test_a_damaged_file_is_refused(store: FileStore) -> None:
    with pytest.raises(Refusal, match="abîmé"):
        store.keep(io.BytesIO(BYTES + b"!"), 10**6, expected=SHA)
    assert not store.has(SHA)


def test_a_cut_in_the_middle_leaves_nothing_on_the_shelf(store: FileStore) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.keep(Cut(BYTES), 10**6)
    assert not list(store.spool.iterdir())


def test_strays_of_a_power_cut_are_swept(store: FileStore) -> None:
    store.spool.mkdir(parents=True)
    (store.spool / "abc.upload").write_bytes(b"half")
    (store.spool / "else.tmp").write_bytes(b"not ours")
    assert store.sweep() == 1
    assert [path.name for path in store.spool.iterdir()] == ["else.tmp"]


@pytest.mark.parametrize("name", ["", "x" * 64, "../" * 21 + "a", SHA.upper(), SHA + "0"])
def test_only_a_hash_is_a_name(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError):
        store.path(name)
