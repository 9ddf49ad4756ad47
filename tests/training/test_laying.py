"""Sittings laid out by a pattern: weekdays, feasts skipped, what stands in the way, shown before saving."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.accounts import queries as staff
from kiosk.places import feasts
from kiosk.places import queries as places
from kiosk.storage import clock, transaction
from kiosk.training import queries, services
from kiosk.training.beside import writing
from kiosk.training.clashes import Over, clashes, wanted
from kiosk.training.models import Mode
from kiosk.training.pattern import Pattern, Rhythm, lay
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text

Courses = Callable[..., Course]
HALF = services.HalfDay(TUESDAY, "09:00", 180)
FORM = {
    "title": "Excel", "rhythm": "weekly", "audience": "everyone", "mode": "on_site", "skip": "y",
    "morning": "y", "morning_starts": "9h", "morning_minutes": "180", "afternoon_minutes": "120",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "only", "expected"),
    [
        (Rhythm.WEEKLY, (1, 3), ["30/11", "2/12", "7/12", "9/12", "14/12"]),
        (Rhythm.DAILY, (6,), ["28/11", "5/12", "12/12", "19/12", "26/12"]),
        (Rhythm.WEEKLY, (), ["27/11", "4/12", "11/12", "18/12", "25/12"]),
        (Rhythm.WORKDAYS, (), ["27/11", "30/11", "1/12", "2/12", "3/12"]),
    ],
)
def test_a_pattern_takes_the_weekdays_asked_for(rhythm: Rhythm, only: tuple, expected: list[str]) -> None:
    friday = TUESDAY + datetime.timedelta(days=3)
    assert [f"{day.day}/{day.month}" for day in lay(Pattern(friday, 5, rhythm, only)).days] == expected


def test_closed_days_are_stepped_over_but_the_first_day_is_the_managers_word() -> None:
    closed = {TUESDAY: "Deuil", TUESDAY + datetime.timedelta(days=1): "Tabaski"}
    found = lay(Pattern(TUESDAY, 2), closed.get)
    assert [day.day for day in found.days] == [24, 26]
    assert found.skipped == [(TUESDAY + datetime.timedelta(days=1), "Tabaski")]
    assert lay(Pattern(TUESDAY, 5), lambda day: "toujours").days == [TUESDAY]


def test_fridays_are_shown_before_they_are_saved_and_christmas_is_skipped(
    manager: Client, space: uuid.UUID
) -> None:
    asked = {**FORM, "first_day": "2026-12-18", "days": "3"}
    shown = manager.send("/formations/nouvelle", **asked)
    html = shown.get_data(as_text=True)
    assert shown.status_code == 200 and "3 séances" in html and "Noël" in html and "Jour de l’an" in html
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert seen
    other = manager.send("/formations/nouvelle", seen=seen[1], **{**asked, "days": "2"})
    assert other.status_code == 200, "another pattern is shown again"
    saved = manager.send("/formations/nouvelle", seen=seen[1], **asked)
    assert saved.status_code == 303
    fresh()
    made = uuid.UUID(saved.location.rsplit("/", 1)[1])
    days = [one.day for one in queries.sitting_lines(made)]
    assert [(day.day, day.month) for day in days] == [(18, 12), (8, 1), (15, 1)]


def test_sittings_are_shown_when_asked_for_and_kept_feasts_are_told(manager: Client) -> None:
    asked = {**FORM, "first_day": "2026-12-18", "days": "2"}
    assert "2 séances" in manager.send("/formations/nouvelle", act="see", **asked).get_data(as_text=True)
    del asked["skip"]
    told = manager.send("/formations/nouvelle", **asked).get_data(as_text=True)
    assert "L’espace est fermé ce jour-là" in told and "Noël" in told and "Jours sautés" not in told


def test_the_same_room_or_trainer_at_the_same_hour_is_told_never_forbidden(
    manager: Client, course: Courses, space: uuid.UUID
) -> None:
    course(place="Salle 1", title="Word")
    asked = {**FORM, "first_day": "2026-11-24", "days": "1", "place": "SALLE 1"}
    html = manager.send("/formations/nouvelle", **asked).get_data(as_text=True)
    assert "La salle est déjà prise" in html and "Word" in html
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert seen
    saved = manager.send("/formations/nouvelle", seen=seen[1], **asked)
    assert saved.status_code == 303
    assert "La salle est déjà prise" in text(manager, saved.location)


def test_an_online_session_books_no_room_nor_one_in_a_village(course: Courses, space: uuid.UUID) -> None:
    course(place="Salle 1")
    here = wanted("Salle 1", False, Mode.ON_SITE, [])
    assert [one.over for one in clashes(space, [HALF], here)] == [Over.ROOM]
    assert clashes(space, [HALF], wanted("Salle 1", False, Mode.REMOTE, [])) == []
    assert clashes(space, [HALF], wanted("Salle 1", True, Mode.ON_SITE, [])) == []
    online = course(place="Salle 2", mode=Mode.REMOTE)
    assert clashes(space, [HALF], wanted("Salle 2", False, Mode.ON_SITE, [])) == []
    assert online.training.mode == Mode.REMOTE


@pytest.mark.parametrize(
    ("starts", "minutes", "meets"),
    [("12:00", 60, False), ("11:59", 60, True), ("07:00", 120, False), ("", 60, True)],
)
def test_only_hours_that_meet_clash_and_an_unknown_hour_may_be_any(
    course: Courses, space: uuid.UUID, starts: str, minutes: int, meets: bool
) -> None:
    course(place="Salle 1")
    half = services.HalfDay(TUESDAY, starts, minutes)
    assert bool(clashes(space, [half], wanted("Salle 1", False, Mode.ON_SITE, []))) == meets


def test_any_of_the_team_counts_as_its_trainer_and_cancelled_sittings_take_nothing(
    course: Courses, space: uuid.UUID
) -> None:
    moussa = staff.trainers(space)[0].uid
    word = course(place="Salle 1")
    with transaction():
        writing.set_team(word.training, {moussa: True})
    mine = wanted("Salle 9", False, Mode.ON_SITE, [moussa])
    assert [one.over for one in clashes(space, [HALF], mine)] == [Over.TRAINER]
    assert clashes(space, [HALF], mine, but=word.training.uid) == []
    with transaction():
        services.cancel_sitting(word.sittings[0], "Pluie")
    assert clashes(space, [HALF], mine) == []


def test_a_feast_moved_onto_a_sitting_is_told_on_the_session_and_the_programme(
    manager: Client, client: Client, course: Courses
) -> None:
    word = course()
    here = places.here()
    assert here
    with transaction():
        feasts.confirm(here, feasts.find("christmas-2026"), TUESDAY, [])
    fresh()
    assert "L’espace est fermé un jour de séance" in text(manager, f"/formations/{word.training.uid}")
    assert "Noël" in text(client, "/programme") + text(client, "/programme?quand=plus-tard")


def test_the_programme_says_a_calculated_feast_is_estimated(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime.datetime(2027, 3, 6, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))
    said = text(client, "/programme")
    assert "Fête du Ramadan" in said and "Estimé" in said
