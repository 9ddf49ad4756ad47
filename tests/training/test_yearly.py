"""The plan of a year: sessions meant, held and late, course by course."""

import datetime
import uuid
from collections.abc import Callable

from kiosk.storage import session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as Taught
from kiosk.training.models import TrainingSession
from tests.support.pages import Client
from tests.training.conftest import text


def test_the_plan_of_a_year_shows_four_held_of_six_and_which_are_late(
    manager: Client, seeded: dict[str, Taught], space: uuid.UUID
) -> None:
    word = seeded["Word Débutants"]
    sixth = datetime.date(2026, 3, 3)
    for week in range(6):
        day = sixth + datetime.timedelta(days=7 * week)
        with transaction():
            plan = services.Plan(title="Word", course_uid=word.uid)
            made = services.plan_session(space, plan, [services.HalfDay(day, "09:00", 180)])
            if week < 4:
                services.close_sheet(services.sittings_of(made)[0], {}, day)
    (line,) = [one for one in queries.year_plan(space, 2026) if one.runs]
    assert (line.held, line.planned) == (4, 6)
    assert len(line.late(datetime.date(2026, 3, 30))) == 0
    assert len(line.late(datetime.date(2026, 4, 2))) == 1, "the fifth was on the 31st of March"
    assert len(line.late(datetime.date(2027, 1, 1))) == 2
    shown = text(manager, "/formations/annee?annee=2026")
    assert "4/6" in shown and "En retard" in shown
    states = {one.state for one in session().query(TrainingSession)}
    assert states == {"planned", "done"}, "nothing became late by itself"


def test_a_number_of_sessions_may_be_meant_before_any_is_written_down(
    manager: Client, seeded: dict[str, Taught], space: uuid.UUID
) -> None:
    word = seeded["Word Débutants"]
    page = "/formations/annee?annee=2027"
    manager.send(f"/formations/annee/2027/{word.uid}", form_at=page, planned="6")
    assert "0/6" in text(manager, page) and "6 sans date" in text(manager, page)
    assert manager.send(f"/formations/annee/2027/{word.uid}", form_at=page, planned="-1").status_code == 409
    with transaction():
        services.mean_to_hold(word, 2027, 2)
    (line,) = [one for one in queries.year_plan(space, 2027) if one.meant]
    assert line.planned == 2


def test_the_plan_of_a_year_is_read_in_few_statements(
    manager: Client, seeded: dict[str, Taught], statements: Callable[..., object]
) -> None:
    with statements(at_most=9):  # type: ignore[attr-defined]
        manager.get("/formations/annee")
