"""Printed numbers: leased to one log, never twice, valid for ever; a clash is somebody's task."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.central import leases, meta
from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.storage import is_checked, numbers, session
from kiosk.sync import exchange, link, start
from kiosk.sync.trouble import NoLink
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import copied, named, register
from tests.sync.wire import Wsgi


def cards(machine: Machine) -> list[str]:
    """Return the numbers in a register, in order."""
    with machine.open():
        return sorted(session().scalars(select(Member.card)))


def test_a_kiosk_alone_numbers_under_its_own_letters(kiosk: Machine) -> None:
    register(kiosk, "Awa Coulibaly")
    assert cards(kiosk)[0].startswith("NIO-T")


def test_an_exchange_brings_a_block_of_numbers(kiosk: Machine, any_centre: Machine) -> None:
    post = link_up(kiosk, any_centre)
    post.exchange()
    register(kiosk, "Awa Coulibaly")
    register(kiosk, "Bintou Diallo")
    first, second = cards(kiosk)
    assert (first[:10], second[:10]) == ("NIO-000001", "NIO-000002")
    assert is_checked(first) and is_checked(second)


def test_numbers_go_on_under_the_own_letters_when_the_block_ends(nioro: Post) -> None:
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        space = nioro.kiosk.people and members.places.here_uid()
        for _ in range(leases.BLOCK + 1):
            members.register(space, given_name="Awa", family_name="Coulibaly")
    found = cards(nioro.kiosk)
    assert sum(card.startswith("NIO-0") for card in found) == leases.BLOCK
    assert sum(card.startswith("NIO-T") for card in found) == 1
    nioro.exchange()
    register(nioro.kiosk, "Bintou Diallo")
    assert cards(nioro.kiosk)[leases.BLOCK].startswith(f"NIO-000{leases.BLOCK + 1}")


def test_a_kiosk_with_enough_numbers_asks_for_none(nioro: Post) -> None:
    nioro.exchange()
    with nioro.kiosk.open() as current:
        known = link.load(current.connection())
        assert "numbers" not in exchange.build(current.connection(), known).document()


def test_a_lost_answer_gives_the_same_block_again(nioro: Post, centre: Machine) -> None:
    nioro.line.cut = "after"
    for _ in range(3):
        with pytest.raises(NoLink):
            nioro.exchange()
    nioro.line.cut = ""
    nioro.exchange()
    with nioro.kiosk.open() as current:
        assert numbers.left(current.connection()) == (leases.BLOCK, leases.BLOCK)


def test_two_machines_of_a_space_get_two_blocks(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    other = link_up(machine(), centre)
    for post in (nioro, other):
        post.exchange()
        register(post.kiosk, "Awa Coulibaly")
    assert cards(nioro.kiosk)[0][:10] == "NIO-000001"
    assert cards(other.kiosk)[0][:10] == f"NIO-000{leases.BLOCK + 1}"


def test_every_space_has_its_own_numbers(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    kayes = link_up(machine(space="KAY"), centre, "KAY")
    for post in (nioro, kayes):
        post.exchange()
    register(kayes.kiosk, "Awa Coulibaly", "KAY")
    assert cards(kayes.kiosk)[0][:10] == "KAY-000001"


def test_a_copied_card_does_not_print_the_numbers_of_the_other(
    nioro: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro.exchange()
    prints = iter(["board-1|card-1|mac-1", "board-2|card-2|mac-1"])
    monkeypatch.setattr("kiosk.sync.hardware.print_now", lambda: next(prints))
    start.check(nioro.kiosk.store, nioro.kiosk.data)
    twin = copied(nioro.kiosk, tmp_path / "copy")
    assert start.check(twin.store, twin.data)
    register(twin, "Coumba Sacko")
    register(nioro.kiosk, "Bintou Diallo")
    assert cards(nioro.kiosk)[0].startswith("NIO-000001")
    assert cards(twin)[0].startswith("NIO-T")
    twin.close()


def test_a_centre_put_back_never_leases_a_number_again(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    nioro.exchange()
    with centre.writing() as current:
        current.connection().execute(leases.card_lease.delete())
        meta.new_epoch(current.connection())
    other = link_up(machine(), centre)
    other.exchange()
    with other.kiosk.open() as current:
        left, last = numbers.left(current.connection())
    assert left == leases.BLOCK
    assert last - left >= leases.SKIP


def clash(nioro: Post, centre: Machine, tmp_path: Path) -> Post:
    """Copy the folder while nobody looks: both print the same number."""
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    return twin


def test_one_number_on_two_cards_is_told_and_never_changed_silently(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    twin = clash(nioro, centre, tmp_path)
    assert len(set(cards(centre))) == 1
    assert len(named(centre)) == 2
    number = cards(centre)[0]
    page = nioro.kiosk.as_("manager").get("/envois/a-verifier")
    assert number in page.text
    assert number in centre.as_("coordinator").get("/a-verifier").text
    twin.kiosk.close()


def test_the_manager_gives_one_of_them_a_new_number_and_the_old_one_still_finds_her(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    twin = clash(nioro, centre, tmp_path)
    number = cards(centre)[0]
    manager = nioro.kiosk.as_("manager")
    page = manager.get(f"/membres/numeros/{number}")
    assert "Bintou Diallo" in page.text and "Coumba Sacko" in page.text
    with nioro.kiosk.open():
        uid = session().scalar(select(Member.uid).where(Member.given_name == "Coumba"))
    assert manager.send(f"/membres/{uid}/numero", f"/membres/numeros/{number}").status_code == 303
    for post in (nioro, twin):
        post.exchange()
    assert len(set(cards(centre))) == 2
    assert cards(centre) == cards(twin.kiosk)
    found = manager.get(f"/membres?q={number}").text
    assert "Bintou Diallo" in found and "Coumba Sacko" in found
    assert number not in nioro.kiosk.as_("manager").get("/envois/a-verifier").text
    twin.kiosk.close()
