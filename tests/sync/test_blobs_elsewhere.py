"""A centre whose contents lie in no folder: kiosks bring and fetch them, pages show them."""

from collections.abc import Callable

from sqlalchemy import select

from kiosk.library.models import Material
from tests.storage.memory import Memory
from tests.support.machines import Machine
from tests.sync.carrying import carry, content, share, store_of
from tests.sync.conftest import Post, link_up

LARGE = content(200_000)


def test_a_file_goes_up_and_down_through_any_store(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    shelf = centre.app.extensions["files"] = Memory()
    sha256 = share(nioro.kiosk, LARGE)
    for _ in range(3):
        carry(nioro)
    assert shelf.has(sha256) and shelf.size(sha256) == len(LARGE)
    assert not store_of(centre).has(sha256)
    yelimane = link_up(machine(space="YEL"), centre, "YEL")
    for _ in range(3):
        carry(yelimane)
    with store_of(yelimane.kiosk).open(sha256) as stream:
        assert stream.read() == LARGE


def test_a_page_sends_a_part_of_it(kiosk: Machine) -> None:
    sha256 = share(kiosk, LARGE)
    shelf = Memory()
    with store_of(kiosk).open(sha256) as stream:
        shelf.keep(stream, len(LARGE))
    store_of(kiosk).path(sha256).unlink()
    kiosk.app.extensions["files"] = shelf
    with kiosk.open() as current:
        slug = current.scalar(select(Material.slug).where(Material.title == "Souder une lampe"))
    address = f"/mediatheque/{slug}/fichier/{sha256}"
    answer = kiosk.client().open(address, headers={"Range": "bytes=1000-1999"})
    assert (answer.status_code, answer.data) == (206, LARGE[1000:2000])
