"""A member's photo stays on its machine, whatever travels."""

import base64
from collections.abc import Iterator
from pathlib import Path

from kiosk.members import queries, services
from kiosk.sync import erasures
from tests.members.photographing import enter, give, on_disk, picture, seen
from tests.support.machines import Machine
from tests.sync.carrying import carry
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import stick


def spellings(data: bytes) -> Iterator[bytes]:
    """How a file may hide in another: as it is, in hex, in base64 at any of its three places."""
    middle = data[300:420]
    yield from (middle, middle.hex().encode())
    yield from (base64.b64encode(middle[skip : skip + 60])[4:-4] for skip in range(3))


def holding(folder: Path, data: bytes) -> list[str]:
    """The files under a folder, but the private shelf, that hold a photo in any spelling."""
    files = [path for path in folder.rglob("*") if path.is_file() and "private" not in path.parts]
    return [path.name for path in files for one in spellings(data) if one in path.read_bytes()]


def test_it_travels_by_no_way_and_an_erasure_takes_it(
    kiosk: Machine, centre: Machine, tmp_path: Path
) -> None:
    awa = enter(kiosk, 2004)
    give(kiosk, awa, picture())
    kept = seen(kiosk, awa).data
    assert holding(kiosk.data / "private" / "..", kept) == [], "neither the database nor the file store"
    nioro: Post = link_up(kiosk, centre)
    nioro.exchange()
    carry(nioro)
    key = stick(tmp_path)
    with kiosk.writing("manager"):
        services.amend(awa, notes="Vient le jeudi")
    key.written_at(kiosk)
    key.taken_at(centre)
    with centre.open():
        assert queries.one(awa).notes == "Vient le jeudi"
    assert holding(centre.data, kept) == [] and not on_disk(centre)
    assert holding(kiosk.data, kept) == []
    with kiosk.writing("manager"):
        erasures.ask("member", awa)
    nioro.exchange()
    nioro.exchange()
    assert not on_disk(kiosk) and seen(kiosk, awa).status_code == 404
