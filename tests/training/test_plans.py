"""Planning by form: dates, drafts, mistakes, reasons, and each act taken back."""

import re
import uuid
from collections.abc import Callable

from kiosk.storage import transaction
from kiosk.training import queries, services
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def test_a_session_planned_by_form_has_its_half_days_and_waits_for_people(manager: Client) -> None:
    fields = {
        "title": "Excel pour les caisses", "seats": "10", "first_day": "24/11/2026", "days": "2",
        "rhythm": "daily", "morning": "y", "morning_starts": "9h", "morning_minutes": "180",
        "afternoon": "y", "afternoon_starts": "15:00", "afternoon_minutes": "120", "audience": "women",
    }  # fmt: skip
    answer = manager.send("/formations/nouvelle", **fields)
    assert answer.status_code == 303
    shown = text(manager, answer.location)
    for words in ("Excel pour les caisses", "Séance 4", "09:00 · 3 h", "15:00 · 2 h", "0 sur 10", "Femmes"):
        assert words in shown
    assert "Excel pour les caisses" in text(manager, "/formations")


def test_a_session_kept_as_a_draft_is_published_later(manager: Client) -> None:
    fields = {"title": "Word", "rhythm": "daily", "morning_minutes": "180", "afternoon_minutes": "120"}
    answer = manager.send(
        "/formations/nouvelle", act="draft", audience="everyone", first_day="2026-11-24", **fields
    )
    where = answer.location
    assert "n’est pas encore au programme" in text(manager, where)
    assert manager.send(f"{where}/publier", form_at=where).status_code == 303
    assert "Prévue" in text(manager, where)


def test_a_form_with_a_mistake_keeps_what_was_typed_and_says_where(manager: Client) -> None:
    fields = {"title": "Access", "first_day": "31/02/2027", "rhythm": "daily", "audience": "everyone"}
    fields |= {"morning_minutes": "180", "afternoon_minutes": "120", "seats": "mille"}
    answer = manager.send("/formations/nouvelle", **fields)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    for kept in ("Access", "31/02/2027", "mille", "Exemple", "aria-invalid"):
        assert kept in html


def test_a_course_of_the_catalogue_gives_the_session_its_title(
    manager: Client, in_kiosk: object, space: uuid.UUID
) -> None:
    with transaction():
        services.seed_courses(space)
    word = next(course for course in queries.courses(space) if course.title == "Word")
    html = manager.get(f"/formations/nouvelle?cours={word.uid}").get_data(as_text=True)
    assert re.search(f'<option selected value="{word.uid}"', html)
    fields = {"course_uid": str(word.uid), "month": "août 2027", "rhythm": "daily", "audience": "everyone"}
    answer = manager.send("/formations/nouvelle", morning_minutes="180", afternoon_minutes="120", **fields)
    shown = text(manager, answer.location)
    assert "Word" in shown and "août 2027" in shown
    assert "Word" in text(manager, "/formations/cours")


def test_cancelling_putting_off_and_moving_each_show_their_reason_and_are_taken_back(
    manager: Client, course: Courses
) -> None:
    word = course(days=2)
    where = f"/formations/{word.training.uid}"
    assert manager.send(f"{where}/annuler", reason=" ").status_code == 422
    manager.send(f"{where}/annuler", reason="Panne de courant")
    back = undo_of(manager, where)
    assert "Panne de courant" in text(manager, where)
    manager.send(back, form_at="/formations/nouvelle")
    assert "Panne de courant" not in text(manager, where)
    manager.send(f"{where}/reporter", reason="Pluie", month="2027-01")
    assert "janvier 2027" in text(manager, where)
    manager.send(f"{where}/reporter", reason="Pluie", first_day="1/12/2026")
    back = undo_of(manager, where)
    shown = text(manager, where)
    assert "Des séances ont changé de jour" in shown and "déc." in shown
    manager.send(back, form_at="/formations/nouvelle")
    assert "Reportée" in text(manager, where)
    assert "nov." in text(manager, where)


def test_a_session_deleted_by_mistake_comes_back(manager: Client, course: Courses) -> None:
    word = course()
    where = f"/formations/{word.training.uid}"
    manager.send(f"{where}/supprimer", form_at=where)
    back = undo_of(manager, "/formations")
    assert manager.get(where).status_code == 404
    manager.send(back, form_at="/formations/nouvelle")
    assert manager.get(where).status_code == 200


def test_a_session_with_attendance_offers_no_deletion_and_refuses_one(manager: Client, full: Course) -> None:
    where = f"/formations/{full.training.uid}"
    assert "Supprimer" not in text(manager, where)
    assert manager.send(f"{where}/supprimer", form_at=where).status_code == 409
    assert manager.get(where).status_code == 200


def test_a_sitting_is_corrected_cut_short_cancelled_and_removed(manager: Client, course: Courses) -> None:
    word = course(days=3)
    first, second, third = word.sittings
    answer = manager.send(
        f"/seances/{first.uid}/modifier",
        day="25/11/2026", starts="8h30", minutes="300", weight="100", cut="y", confirmed="50",
    )  # fmt: skip
    assert answer.status_code == 303
    shown = text(manager, f"/formations/{word.training.uid}")
    assert "08:30" in shown and "coupée" in shown
    where = f"/formations/{word.training.uid}"
    assert manager.send(f"/seances/{second.uid}/annuler", reason="Fête").status_code == 303
    assert "Annulée" in text(manager, where)
    assert "Fête" in text(manager, f"/seances/{second.uid}/presences")
    manager.send(f"/seances/{second.uid}/retablir", form_at=where)
    manager.send(f"/seances/{third.uid}/enlever", form_at=where)
    back = undo_of(manager, where)
    fresh()
    assert len(word.sittings) == 2
    manager.send(back, form_at=where)
    fresh()
    assert len(word.sittings) == 3


def test_firm_dates_are_given_to_a_session_that_had_a_month(manager: Client, space: uuid.UUID) -> None:
    with transaction():
        rough = services.plan_session(space, services.Plan("Word", rough_month=TUESDAY), [])
    page = f"/formations/{rough.uid}/dates"
    missing = manager.send(page, days="2", rhythm="weekly", morning_minutes="180", afternoon_minutes="120")
    assert missing.status_code == 422
    fields = {"first_day": "01/12/2026", "days": "2", "rhythm": "weekly"}
    assert manager.send(page, morning_minutes="180", afternoon_minutes="120", **fields).status_code == 303
    assert [one.day.day for one in services.sittings_of(rough)] == [1, 8]
