"""The look-out: which cards are compared, when, and by whom."""

import time
import uuid
from collections.abc import Callable

import pytest

from kiosk.members import services as members
from kiosk.members.links import looking, queries, scan
from kiosk.members.links.looking import LookOut
from kiosk.members.models import Member
from kiosk.storage import session, transaction
from tests.support.machines import Machine

Register = Callable[..., Member]


@pytest.fixture
def twice(register: Register) -> tuple[Member, Member]:
    """Goundo Niangado, registered twice under two spellings."""
    one = register(given_name="Goundo", family_name="Niangado", birth_year=2004)
    return one, register(given_name="Gundo", family_name="Ɲangado", birth_year=2005)


def look() -> int:
    with transaction():
        return scan.everything()


def suggested() -> list[tuple[uuid.UUID, uuid.UUID]]:
    rows = session().execute(queries.waiting(False, queries.persons()))
    return [(found.a, found.b) for found, _, _ in rows]


def test_only_cards_that_changed_are_looked_at_again(
    twice: tuple[Member, Member], register: Register
) -> None:
    look()
    assert look() == 0
    with transaction():
        members.amend(twice[1].uid, birth_year=1990)
    assert look() == 1
    assert suggested() == []
    with transaction():
        members.amend(twice[1].uid, birth_year=2004)
    register(given_name="Penda", family_name="Sow")
    assert look() == 2
    assert suggested() == [(twice[0].uid, twice[1].uid)]


def test_new_rules_look_at_every_card_again(
    twice: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    monkeypatch.setattr("kiosk.members.links.scan.rules", lambda: "another")
    assert look() == 2 and suggested()


def test_a_serving_machine_looks_by_itself_and_only_when_something_changed(
    kiosk: Machine, twice: tuple[Member, Member]
) -> None:
    look_out = LookOut(kiosk.store, every=0.05)
    assert look_out.look() == 2 and look_out.look() == 0
    with transaction():
        members.amend(twice[0].uid, village="Diakha")
    look_out.start()
    until = time.monotonic() + 10
    while is_waiting(kiosk) and time.monotonic() < until:
        time.sleep(0.02)
    look_out.stop()
    assert not is_waiting(kiosk)


def is_waiting(kiosk: Machine) -> bool:
    with kiosk.open():
        return scan.waiting()


def test_many_cards_are_looked_at_in_several_goes(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [register(given_name="Goundo", family_name="Niangado", birth_year=2004) for _ in range(7)]
    with transaction():
        at, seen = scan.FIRST, 0
        while looked := scan.some(at, limit=2):
            at, seen = looked.last, seen + looked.count
    assert seen == 7
    assert len(suggested()) == len(cards) * (len(cards) - 1) // 2


def test_a_slice_ends_with_its_time_however_long_the_next_cards_take(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven quick steps, then one of a crowd: it is the last of its transaction."""
    now, steps, slices = [0.0], [0.001] * 7 + [0.4] + [0.001] * 3, list[int]()

    def some(_after: uuid.UUID, limit: int) -> scan.Looked | None:
        if not steps:
            return None
        now[0] += steps.pop(0)
        return scan.Looked(limit, scan.FIRST)

    monkeypatch.setattr(looking.clock, "monotonic", lambda: now[0])
    monkeypatch.setattr(looking.scan, "some", some)
    look_out = LookOut(kiosk.store, pause=0)
    with kiosk.store.open():
        slices += look_out._by_parts()
    assert slices == [8 * looking.STEP, 3 * looking.STEP, 0]
