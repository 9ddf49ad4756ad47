"""Visits as services write them and queries count them."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.desk import queries, services
from kiosk.desk.models import Family, Visit
from kiosk.desk.services import Arrival
from kiosk.storage import NotFound, Refusal, session
from kiosk.storage.log import sync_log
from tests.desk.conftest import FRIDAY, SATURDAY
from tests.support.machines import Machine


def come(kiosk: Machine, nioro: uuid.UUID, count: int = 1, **said: object) -> list[uuid.UUID]:
    """Note visits of Saturday, women who come to learn unless told otherwise."""
    kind = {"day": SATURDAY, "sex": "F", "family": "learn", "hour": 9} | said
    with kiosk.writing("manager"):
        return [visit.uid for visit in services.note_visit(nioro, Arrival(**kind), count)]  # type: ignore[arg-type]


def day(kiosk: Machine, nioro: uuid.UUID, wanted: datetime.date = SATURDAY) -> queries.Day:
    with kiosk.open():
        return queries.days(nioro, wanted, wanted).get(wanted) or queries.Day(wanted)


def test_a_day_is_counted_by_sex_by_hour_and_by_service(kiosk: Machine, nioro: uuid.UUID) -> None:
    come(kiosk, nioro, 2)
    come(kiosk, nioro, sex="M", family="guide", hour=15)
    come(kiosk, nioro, sex="unsaid", hour=None)
    found = day(kiosk, nioro)
    assert (found.total, found.women, found.men, found.unsaid) == (4, 2, 1, 1)
    assert found.by_hour == {9: 2, 15: 1}
    assert found.by_family == {"learn": 3, "guide": 1}
    assert sum(found.by_family.values()) == found.total


def test_a_visit_belongs_to_its_own_day(kiosk: Machine, nioro: uuid.UUID) -> None:
    come(kiosk, nioro, 3, day=FRIDAY, hour=None)
    assert day(kiosk, nioro).total == 0
    assert day(kiosk, nioro, FRIDAY).total == 3


def test_the_chart_runs_from_opening_to_closing_and_wider_where_somebody_came(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    come(kiosk, nioro, hour=20)
    hours = [hour for hour, _ in day(kiosk, nioro).hours()]
    assert hours == list(range(8, 21))


def test_visits_of_another_space_are_not_counted_here(kiosk: Machine, nioro: uuid.UUID) -> None:
    come(kiosk, nioro)
    with kiosk.open():
        assert queries.days(uuid.uuid4(), SATURDAY, SATURDAY) == {}
        assert queries.count_visits(FRIDAY, SATURDAY) == {nioro: 1}


def test_each_visit_is_one_line_of_the_log(kiosk: Machine, nioro: uuid.UUID) -> None:
    """Two hundred people of a notebook travel as two hundred visits, never as a number."""
    come(kiosk, nioro, 3)
    with kiosk.open():
        logged = select(func.count()).select_from(sync_log).where(sync_log.c.tab == "visit")
        assert session().scalar(logged) == 3


def test_taking_back_a_noting_takes_back_all_that_was_noted_with_it(
    kiosk: Machine, nioro: uuid.UUID, at: Callable[[str], None]
) -> None:
    kept = come(kiosk, nioro)
    at("2026-11-21 15:46")
    noted = come(kiosk, nioro, 5)
    with kiosk.writing("manager"):
        assert len(services.take_back(nioro, noted[0], alike=True)) == 5
    assert day(kiosk, nioro).total == len(kept)


def test_taking_back_twice_takes_back_once(kiosk: Machine, nioro: uuid.UUID) -> None:
    (uid,) = come(kiosk, nioro)
    for going in (1, 0):
        with kiosk.writing("manager"):
            assert len(services.take_back(nioro, uid)) == going
    assert day(kiosk, nioro).total == 0


def test_a_visit_taken_back_by_mistake_is_put_back(kiosk: Machine, nioro: uuid.UUID) -> None:
    uid, _ = come(kiosk, nioro, 2)
    with kiosk.writing("manager"):
        services.take_back(nioro, uid)
    assert day(kiosk, nioro).total == 1
    with kiosk.writing("manager"):
        services.put_back(nioro, uid)
    assert day(kiosk, nioro).total == 2


def test_nobody_takes_back_a_visit_of_another_space(kiosk: Machine, nioro: uuid.UUID) -> None:
    (uid,) = come(kiosk, nioro)
    with kiosk.writing("manager"), pytest.raises(NotFound):
        services.take_back(uuid.uuid4(), uid)
    with kiosk.writing("manager"), pytest.raises(NotFound):
        services.take_back(nioro, uuid.uuid4())


@pytest.mark.parametrize(
    ("said", "count", "field"),
    [
        ({"day": SATURDAY + datetime.timedelta(days=1)}, 1, "day"),
        ({"day": datetime.date(1999, 12, 31)}, 1, "day"),
        ({"sex": "X"}, 1, "sex"),
        ({"family": "print"}, 1, "family"),
        ({}, 0, "count"),
        ({}, 201, "count"),
    ],
)
def test_what_no_counter_ever_saw_is_refused_and_nothing_is_written(
    kiosk: Machine, nioro: uuid.UUID, said: dict[str, object], count: int, field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        come(kiosk, nioro, count, **said)
    assert refusal.value.field == field
    with kiosk.open():
        assert session().scalar(select(func.count()).select_from(Visit)) == 0


def test_a_service_of_a_newer_release_is_counted_and_breaks_nothing(kiosk: Machine, nioro: uuid.UUID) -> None:
    come(kiosk, nioro)
    with kiosk.writing("manager"):
        visit = session().scalars(select(Visit)).one()
        visit.family = "repair"  # type: ignore[assignment]
    assert day(kiosk, nioro).by_family == {"repair": 1}
    page = kiosk.as_("manager").get("/visites")
    assert page.status_code == 200
    assert "repair" in page.get_data(as_text=True)


def test_the_four_families_are_those_of_the_first_page() -> None:
    assert [str(family) for family in Family] == ["learn", "share", "communicate", "guide"]
