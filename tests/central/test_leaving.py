"""What leaves a kiosk's scope leaves the kiosk, unless somebody's work or figures still need it."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from kiosk.accounts.models import Staff
from kiosk.central import queries
from kiosk.config import load
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.places.models import Room
from kiosk.storage import session
from kiosk.sync import leaving
from kiosk.training import marking, services
from kiosk.training.models import Attendance, Mark, Sitting, TrainingSession
from kiosk.training.planning import HalfDay, Plan
from tests.central.holding import files_with, rows_with
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, named, register
from tests.sync.wire import Wsgi

KAYES = places.space_uid("KAY")


@pytest.fixture
def kayes(centre: Machine, machine: Callable[..., Machine]) -> Post:
    """The kiosk of Kayes, which the centre and Nioro know."""
    post = link_up(machine(space="KAY"), centre, "KAY")
    post.exchange()
    return post


def move(centre: Machine, to: uuid.UUID) -> None:
    with centre.writing("coordinator"):
        session().query(Member).one().space_uid = to


def count(machine: Machine, table: str) -> int:
    with machine.open() as current:
        return int(current.scalar(text(f"select count(*) from {table}")) or 0)


def test_a_row_that_changes_its_space_goes_from_one_kiosk_to_the_other(
    nioro: Post, kayes: Post, centre: Machine
) -> None:
    with nioro.kiosk.writing():
        session().add(Room(space_uid=NIORO, name="Bleue"))
    nioro.exchange()
    with centre.writing("coordinator"):
        session().query(Room).filter_by(name="Bleue").one().space_uid = KAYES
    for post in (nioro, kayes):
        post.exchange()
    with nioro.kiosk.open():
        assert not session().query(Room).filter_by(name="Bleue").all()
    with kayes.kiosk.open():
        assert session().query(Room).filter_by(name="Bleue").one().space_uid == KAYES


def test_a_row_comes_back_whole(nioro: Post, kayes: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    for to in (KAYES, NIORO):
        move(centre, to)
        nioro.exchange()
        kayes.exchange()
    assert named(nioro.kiosk) == ["Awa Coulibaly"]
    assert named(kayes.kiosk) == []
    assert count(nioro.kiosk, "sync_left") == 0


def test_own_work_that_waits_keeps_the_row_until_it_was_answered(
    nioro: Post, kayes: Post, centre: Machine
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    move(centre, KAYES)
    with nioro.kiosk.writing("manager"):
        session().query(Member).one().village = "Gogui"
    with nioro.kiosk.writing():
        leaving.leave(session().connection(), [("member", session().query(Member).one().uid)])
        assert leaving.kept(session().connection()) == 1
    assert named(nioro.kiosk) == ["Awa Coulibaly"]
    assert "Une fiche a quitté cet espace" in nioro.kiosk.as_("manager").get("/envois").text
    for _ in range(2):
        nioro.exchange()
    assert named(nioro.kiosk) == []
    with centre.open():
        assert [one.rejected for one in queries.kiosks() if one.code == "NIO"] == [1]


def test_what_figures_need_stays_without_a_name(nioro: Post, kayes: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Nagnouma Sangaré")
    with nioro.kiosk.writing("manager"):
        plan, half = Plan(title="Tableur"), HalfDay(datetime.date(2026, 11, 24), "09:00", 180)
        services.plan_session(NIORO, plan, [half])
        who = session().query(Member).one().uid
        services.enrol(session().query(TrainingSession).one(), [who])
        marking.mark(session().query(Sitting).one(), {who: marking.Answer(Mark.PRESENT)})
    nioro.exchange()
    move(centre, KAYES)
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Attendance).one().mark == Mark.PRESENT
        stub = session().query(Member).one()
        assert (stub.sex, stub.is_erased) == ("F", True)
        before = stub.ver
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Member).one().ver == before, "once is enough: each time folds the journal"
    assert not [row for row in rows_with(nioro.kiosk, ["Nagnouma", "nagnouma"]) if "sync_log" not in row]


def test_the_staff_of_the_centre_never_comes_down(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    people = [one.name for one in centre.people.values()]
    assert rows_with(nioro.kiosk, people) == []
    assert files_with(nioro.kiosk, people) == []


def test_the_staff_of_the_centre_leaves_kiosks_that_had_it(
    kiosk: Machine, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(Staff, "scope", classmethod(lambda cls, uid, row: "all"))
        with centre.writing("coordinator"):
            for one in session().query(Staff):
                one.phone = "+22370000000"
        nioro = link_up(kiosk, centre)
        nioro.exchange()
        assert rows_with(kiosk, ["Salimata"])
    again = Machine(load(centre.data, {}), centre.people)
    Post(kiosk, Wsgi(again.app)).exchange()
    assert files_with(kiosk, ["Salimata", "salimata"]) == []
    again.close()


def test_however_many_rows_leave_the_search_is_written_anew_once(
    nioro: Post, centre: Machine, statements: Callable[..., Any]
) -> None:
    for name in ("Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"):
        register(nioro.kiosk, name)
    for _ in range(2):
        nioro.exchange()
    with nioro.kiosk.writing() as current, statements(1_000) as asked:
        everybody = [("member", uid) for uid in current.scalars(select(Member.uid))]
        leaving.leave(current.connection(), everybody)
    assert sum("rebuild" in one for one in asked) == 1
    assert named(nioro.kiosk) == []
    assert count(nioro.kiosk, "sync_left") == 0
