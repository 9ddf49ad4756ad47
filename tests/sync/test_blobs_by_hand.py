"""Files on a stick: what is too heavy for the network reaches the centre and the other spaces."""

from pathlib import Path

import pytest

from kiosk.central import blobs_by_hand, courier_end, nodes
from kiosk.library.kinds import JPEG
from kiosk.library.vocabulary import Part
from kiosk.sync.blobs import hand
from kiosk.sync.bundle import incoming, outgoing
from tests.support.machines import Machine
from tests.sync.carrying import carry, content, sha_of, share, store_of
from tests.sync.conftest import Post
from tests.sync.sticks import Stick, stick

FILM = content(17_000_000, 8)


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


def written(post: Post, place: Path) -> int:
    """Copy what waits at a kiosk onto the stick; return how many files went along."""
    return outgoing.write(post.kiosk.store, post.kiosk.data, place, "test").files


def brought(post: Post, place: Path) -> int:
    """Read at a kiosk what the centre left it; return how many files came."""
    return incoming.read(post.kiosk.store, post.kiosk.data, place).files


def at_the_centre(centre: Machine, place: Path) -> None:
    with centre.open():
        courier_end.read(centre.store, centre.data, place)


def own(place: Path) -> list[Path]:
    return sorted(path for path in (place / "KIOSK").iterdir() if path.suffix == hand.ENDING)


def test_a_film_and_an_original_go_round_by_stick(
    nioro: Post, yelimane: Post, centre: Machine, key: Stick
) -> None:
    film = share(nioro.kiosk, FILM)
    original = share(nioro.kiosk, content(300_000, 9), Part.ORIGINAL, JPEG)
    nioro.exchange()
    yelimane.exchange()
    assert written(nioro, key.path) == 2
    assert written(yelimane, key.path) == 0
    at_the_centre(centre, key.path)
    for sha in (film, original):
        assert store_of(centre).has(sha)
        assert not store_of(yelimane.kiosk).has(sha)
    assert brought(yelimane, key.path) == 2
    assert store_of(yelimane.kiosk).path(film).read_bytes() == FILM
    assert store_of(yelimane.kiosk).has(original)
    carry(nioro)
    assert "Sur clé USB" not in nioro.kiosk.as_("manager").get("/envois").text


def test_the_same_copy_twice_writes_a_film_once(nioro: Post, key: Stick) -> None:
    share(nioro.kiosk, FILM)
    assert written(nioro, key.path) == 1
    before = own(key.path)[0].stat().st_mtime_ns
    assert written(nioro, key.path) == 0
    assert own(key.path)[0].stat().st_mtime_ns == before


def test_nothing_readable_lies_on_the_stick(nioro: Post, key: Stick) -> None:
    text = b"Awa Coulibaly habite Nioro. " * 3_000
    share(nioro.kiosk, text)
    written(nioro, key.path)
    for path in (key.path / "KIOSK").iterdir():
        data = path.read_bytes()
        assert b"Awa" not in data
        assert b"Nioro" not in data
        assert sha_of(text).encode() not in data


@pytest.mark.parametrize("harm", ["cut", "flipped", "renamed"])
def test_a_damaged_file_is_left_and_nothing_of_it_is_kept(
    nioro: Post, centre: Machine, key: Stick, harm: str
) -> None:
    sha = share(nioro.kiosk, FILM)
    written(nioro, key.path)
    (path,) = own(key.path)
    data = bytearray(path.read_bytes())
    if harm == "flipped":
        data[len(data) // 2] ^= 1
    path.write_bytes(data[: len(data) // 2] if harm == "cut" else b"KSF1" if harm == "renamed" else data)
    at_the_centre(centre, key.path)
    assert not store_of(centre).has(sha)
    assert path.exists()
    assert not list(centre.settings.spool.glob("*"))


def test_what_no_row_names_is_not_taken(nioro: Post, centre: Machine, key: Stick) -> None:
    """The files alone, without the changes that name them."""
    sha = share(nioro.kiosk, FILM)
    written(nioro, key.path)
    for path in (key.path / "KIOSK").iterdir():
        if path.suffix != hand.ENDING:
            path.unlink()
    with centre.open():
        assert blobs_by_hand.exchange(centre.data, key.path / "KIOSK") == (0, 0)
    assert not store_of(centre).has(sha)


def test_a_withdrawn_kiosk_is_granted_no_wish(
    nioro: Post, yelimane: Post, centre: Machine, key: Stick
) -> None:
    share(nioro.kiosk, FILM)
    nioro.exchange()
    yelimane.exchange()
    written(nioro, key.path)
    written(yelimane, key.path)
    with centre.writing():
        nodes.revoke(2)
    at_the_centre(centre, key.path)
    assert [path.name[0] for path in own(key.path)] == ["W"]


def test_a_stick_without_room_takes_the_changes_alone(
    nioro: Post, key: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    share(nioro.kiosk, FILM)
    monkeypatch.setattr(hand, "files_room", lambda _folder: 10_000_000)
    assert written(nioro, key.path) == 0
    assert [path.suffix for path in (key.path / "KIOSK").iterdir()] == [".KSE"]


def test_another_content_under_a_wanted_name_is_not_taken(nioro: Post, centre: Machine, key: Stick) -> None:
    """Anybody can seal to the centre: only the hash tells."""
    data, other = content(200_000, 3), content(200_000, 4)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    store_of(nioro.kiosk).path(sha).write_bytes(other)
    written(nioro, key.path)
    at_the_centre(centre, key.path)
    assert not store_of(centre).has(sha)
    assert not store_of(centre).has(sha_of(other))
    assert len(own(key.path)) == 1
