"""Counting reads: per material and day, in one upsert, and never a person."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from kiosk.library import queries, services
from kiosk.library.models import MaterialTally
from kiosk.library.reads import Reads
from kiosk.storage import clock
from tests.support.machines import Machine

DAY = datetime.date(2026, 11, 21)


def tallies(machine: Machine) -> list[tuple[datetime.date, int]]:
    with machine.open() as session:
        return [
            (row.day, row.reads) for row in session.scalars(select(MaterialTally).order_by(MaterialTally.day))
        ]


def test_opening_a_material_is_counted_even_from_memory(shelves: Machine) -> None:
    client = shelves.client()
    for _ in range(3):
        tag = client.get("/mediatheque/clavier").headers["ETag"]
    client.get("/mediatheque/clavier", headers={"If-None-Match": tag})
    reads: Reads = shelves.app.extensions["reads"]
    assert reads.waiting() == 4
    reads.flush()
    assert tallies(shelves) == [(clock.today(), 4)]


def test_staff_and_lost_addresses_are_not_counted(shelves: Machine) -> None:
    shelves.as_("manager").get("/mediatheque/clavier")
    shelves.client().get("/mediatheque/jamais-vu")
    shelves.client().head("/mediatheque/clavier")
    assert shelves.app.extensions["reads"].waiting() == 0


def test_counts_of_a_day_add_up(shelves: Machine, statements: Callable[..., object]) -> None:
    other = DAY + datetime.timedelta(days=1)
    with shelves.writing(), statements(2):  # type: ignore[attr-defined]
        services.add_reads({("clavier", DAY): 2, ("ecrire-un-cv", DAY): 1, ("disparu", DAY): 9})
    with shelves.writing():
        services.add_reads({("clavier", DAY): 3, ("clavier", other): 1})
    with shelves.open():
        assert queries.reads(DAY, DAY) == [
            ("Le clavier de l’ordinateur", "ordinateur", 5),
            ("Écrire un CV", "travail", 1),
        ]
        assert queries.reads(DAY, other)[0][2] == 6


def test_the_page_says_how_often_it_was_opened(shelves: Machine) -> None:
    with shelves.writing():
        services.add_reads({("clavier", DAY): 128})
    assert "128 fois" in shelves.client().get("/mediatheque/clavier").get_data(as_text=True)


def test_counts_are_kept_when_the_database_refuses(shelves: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Reads(shelves.store)
    reads.note("clavier", DAY)

    def full(_counts: object) -> int:
        raise OperationalError("", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(services, "add_reads", full)
        reads.flush()
    assert reads.waiting() == 1
    reads.flush()
    assert tallies(shelves) == [(DAY, 1)]


def test_counts_are_written_by_themselves_after_a_while(shelves: Machine) -> None:
    reads = Reads(shelves.store, every=0.01)
    reads.note("clavier", DAY)
    assert reads._timer
    reads._timer.join(5)
    assert tallies(shelves) == [(DAY, 1)]


def test_the_machine_writes_its_counts_when_it_stops(shelves: Machine) -> None:
    shelves.client().get("/mediatheque/clavier")
    for stop in shelves.app.extensions["on_stop"]:
        stop()
    assert len(tallies(shelves)) == 1


def test_tallies_hold_no_person() -> None:
    assert {column.name for column in MaterialTally.__table__.columns} == {"material_uid", "day", "reads"}
