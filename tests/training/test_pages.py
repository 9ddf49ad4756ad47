"""The staff's pages: each is fetched and inspected, each act is done by a form and taken back."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.models import SessionState
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
SESSION_PAGES = ("", "/modifier", "/dates", "/reporter", "/annuler", "/inscrire", "/feuille")
SITTING_PAGES = ("/presences", "/arrivee", "/sans-nom", "/modifier", "/annuler")


@pytest.fixture
def manager(as_: Callable[[str], Client]) -> Client:
    """Kadidia's phone."""
    return as_("manager")


@pytest.fixture
def trainer(as_: Callable[[str], Client]) -> Client:
    """Moussa's phone."""
    return as_("trainer")


@pytest.fixture
def full(people: People, course: Courses) -> Course:
    """Two days of half-days, three seats, five people, one sheet entered."""
    excel = course(days=2, halves=2, seats=3, place="Salle 1", trainer_name="F. B.", trainer_sex="F")
    excel.enrol(*people(5))
    excel.close(excel.sittings[0])
    return excel


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def undo_of(client: Client, path: str) -> str:
    """The address that the « Annuler » of the notice on a page posts to."""
    html = client.get(path).get_data(as_text=True)
    notice = html[html.index('class="notices"') :]
    found = re.search(r'<form[^>]*action="([^"]+)"', notice)
    assert found, "nothing to take back"
    return found[1].replace("&amp;", "&")


def test_every_page_of_a_session_stands(manager: Client, full: Course) -> None:
    for page in SESSION_PAGES:
        assert manager.get(f"/formations/{full.training.uid}{page}").status_code == 200
    for sitting in full.sittings[:2]:
        for page in SITTING_PAGES:
            assert manager.get(f"/seances/{sitting.uid}{page}").status_code == 200
    for path in ("/formations", "/formations?terminees=1", "/formations?q=inter", "/formations/nouvelle"):
        assert manager.get(path).status_code == 200


def test_an_empty_kiosk_says_what_to_do(manager: Client, kiosk: Machine) -> None:
    for path in ("/formations", "/formations?terminees=1", "/formations/cours"):
        assert "Aucune" in text(manager, path) or "vide" in text(manager, path)


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


def test_a_session_kept_as_a_draft_is_published_later(manager: Client, kiosk: Machine) -> None:
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


def test_the_catalogue_is_added_to_corrected_put_away_and_brought_back(manager: Client) -> None:
    answer = manager.send("/formations/cours/nouveau", title="Saisie rapide", hours="6", domain="Bureautique")
    assert answer.status_code == 303
    html = manager.get("/formations/cours").get_data(as_text=True)
    found = re.search(r'href="(/formations/cours/[0-9a-f-]{36})"', html)
    assert found
    assert manager.send(found[1], title="Saisie au clavier", hours="8").status_code == 303
    assert "Saisie au clavier" in text(manager, "/formations/cours")
    manager.send(f"{found[1]}/ranger", form_at=found[1])
    back = undo_of(manager, "/formations/cours")
    assert "Saisie" not in text(manager, "/formations/cours")
    manager.send(back, form_at="/formations/cours/nouveau")
    assert "Saisie au clavier" in text(manager, "/formations/cours")


def test_people_are_found_by_half_a_name_and_enrolled_at_once_and_taken_back(
    manager: Client, people: People, course: Courses
) -> None:
    everyone = people(5)
    word = course(seats=3)
    page = f"/formations/{word.training.uid}/inscrire"
    assert "Kadiatou Sissoko" in text(manager, f"{page}?q=kadia sisso")
    assert "Personne ne porte ce nom" in text(manager, f"{page}?q=zzz")
    answer = manager.send(page, people=[one.hex for one in everyone])
    shown = manager.get(answer.location).get_data(as_text=True)
    assert "3 sur 3" in re.sub(r"<[^>]+>", "", shown) or "Liste d’attente" in shown
    manager.send(page, people=[everyone[0].hex])
    word_page = f"/formations/{word.training.uid}"
    assert "0 personne" in text(manager, word_page) or "Aucune" not in text(manager, word_page)


def test_enrolling_nobody_asks_to_tick_someone(manager: Client, people: People, course: Courses) -> None:
    people(1)
    page = f"/formations/{course().training.uid}/inscrire"
    answer = manager.send(page)
    assert "Cochez au moins une personne" in text(manager, answer.location)


def test_a_batch_enrolled_by_form_is_taken_back_by_one_touch(
    manager: Client, people: People, course: Courses
) -> None:
    everyone = people(3)
    word = course()
    where = f"/formations/{word.training.uid}"
    manager.send(f"{where}/inscrire", people=[one.hex for one in everyone])
    manager.send(undo_of(manager, where), form_at=where)
    assert "Personne n’est encore inscrit" in text(manager, where)


def test_who_leaves_gives_her_place_and_the_page_says_to_whom(
    manager: Client, people: People, course: Courses
) -> None:
    everyone = people(3)
    word = course(seats=2)
    entry = word.enrol(*everyone)
    where = f"/formations/{word.training.uid}"
    manager.send(f"/inscriptions/{entry.enrolled[0].uid}/retirer", form_at=where)
    back = undo_of(manager, where)
    fresh()
    _, waiting, left = queries.places(word.training)
    assert not waiting and [one.person.uid for one in left] == [everyone[0]]
    manager.send(back, form_at=where)
    fresh()
    seated, waiting, _ = queries.places(word.training)
    assert {one.person.uid for one in seated} == set(everyone[:2])
    assert [one.person.uid for one in waiting] == [everyone[2]]


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


def test_the_sheet_prints_who_teaches_a_box_per_half_day_and_its_number(
    manager: Client, full: Course
) -> None:
    shown = text(manager, f"/formations/{full.training.uid}/feuille")
    for words in ("Formatrice : F. B.", "COULIBALY Awa", f"F-NIO-{full.training.code}-", "mar. 24 nov."):
        assert words.replace(" :", "\u00a0:") in shown or words in shown
    one = text(manager, f"/formations/{full.training.uid}/feuille?seance={full.sittings[1].uid}")
    assert "2 sur 4" in one and "15:00" in one and "18:00" in one
    assert f"F-NIO-{full.training.code}" in text(manager, f"/formations/{full.training.uid}/feuille?seance=x")


def test_a_session_is_found_by_the_number_on_its_sheet(manager: Client, full: Course) -> None:
    number = re.search(r"F-NIO-\w{6}-\w", text(manager, f"/formations/{full.training.uid}/feuille"))
    assert number
    assert "Internet sur le téléphone" in text(manager, f"/formations?q={number[0].lower()}")


def test_forty_people_and_a_list_of_sessions_cost_few_statements(
    trainer: Client, people: People, course: Courses, statements: Callable[..., object]
) -> None:
    big = course()
    big.enrol(*people(40))
    trainer.get("/formations")
    uid = big.sittings[0].uid
    signing_in = 1
    with statements(3 + signing_in):  # type: ignore[attr-defined]
        trainer.get(f"/seances/{uid}/presences")
    with statements(2 + signing_in):  # type: ignore[attr-defined]
        trainer.get("/formations")


def test_a_session_keeps_its_state_word_when_a_newer_release_invents_one(
    manager: Client, course: Courses
) -> None:
    word = course()
    with transaction():
        word.training.state = "archived"  # type: ignore[assignment]
        word.training.audience = "elders"  # type: ignore[assignment]
    assert "archived" in text(manager, f"/formations/{word.training.uid}")
    assert word.training.state not in set(SessionState)
