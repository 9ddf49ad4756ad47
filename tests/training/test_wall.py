"""Papers for a wall: the programme of a month, the poster of a session, no name of anybody enrolled."""

import datetime
import uuid
from collections.abc import Callable

from kiosk.paper import poster as poster_drawing
from kiosk.paper import programme as programme_drawing
from kiosk.storage import transaction
from kiosk.training import posters, services
from kiosk.training.models import Audience
from tests.paper.recording import Read
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, text

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
NOVEMBER = datetime.date(2026, 11, 1)


def month(space: uuid.UUID, first: datetime.date = NOVEMBER) -> Read:
    book = Read("", "fr")
    programme_drawing.draw(book, posters.month_of(space, first))
    assert not book.outside()
    return book


def poster(course: Course) -> Read:
    book = Read("", "fr")
    code = "http://kiosque.local/programme/x"
    training = course.training
    made = posters.poster(
        training.space_uid, training.uid, (training.trainer_name, training.trainer_sex), code
    )
    poster_drawing.draw(book, made)
    assert not book.outside()
    return book


def test_a_month_prints_its_days_hours_and_what_fell_through(full: Course, space: uuid.UUID) -> None:
    with transaction():
        services.cancel_sitting(full.sittings[3], "Coupure")
    found = month(space).page.split("\n")
    assert {"Programme, novembre 2026", "Mardi 24 novembre", "09:00", "15:00", "Annulée"} <= set(found)
    assert found.count("Internet sur le téléphone") == 4
    assert not {name for name in found if "Coulibaly" in name or "COULIBALY" in name}


def test_a_month_with_nothing_says_so_and_a_full_one_goes_on_overleaf(
    space: uuid.UUID, course: Courses
) -> None:
    assert "Rien n’est encore prévu ce mois-ci." in month(space, datetime.date(2027, 2, 1)).page
    for _ in range(15):
        course(days=5, halves=2)
    book = month(space)
    assert "Page 1 sur" in book.page and len(book.words) > 3
    assert sum(page.count("Internet sur le téléphone") for page in book.words) == 150


def test_the_months_beside_are_one_step_away(manager: Client, full: Course) -> None:
    page = manager.get("/formations/programme?mois=2026-12").get_data(as_text=True)
    assert "mois=2026-11" in page and "mois=2027-01" in page and "Rien n’est encore prévu" in page
    for odd in ("2026-13", "x", "0000-01", ""):
        assert manager.get(f"/formations/programme?mois={odd}").status_code == 200
    answer = manager.get("/formations/programme.pdf?mois=2026-11")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")


def test_a_poster_says_it_in_both_languages_where_a_word_is_attested(full: Course) -> None:
    said = set(poster(full).page.split("\n"))
    assert {"Apprendre  ·  Kalan", "Inscription", "Tɔgɔsɛbɛn", "Formatrice · Karamɔgɔmuso"} <= said
    assert "Mardi 24 novembre, 09:00 à 12:00" in said and "Tarata 24 nowanburu" in said
    assert "Lieu" in said, "no attested word: French alone"


def test_a_poster_of_many_days_says_how_many_more(course: Courses) -> None:
    said = poster(course(days=9, title="Formation-action pour les jeunes femmes élues de la commune")).page
    assert "et 5 autres séances" in said and said.count("novembre,") == posters.MOST_DAYS


def test_a_poster_without_a_day_shows_its_month(in_kiosk: object, space: uuid.UUID) -> None:
    with transaction():
        wanted = services.Plan(title="Excel", rough_month=TUESDAY.replace(day=1), audience=Audience.GIRLS)
        made = Course(services.plan_session(space, wanted, []))
    assert {"novembre 2026", "nowanburu 2026", "Filles"} <= set(poster(made).page.split("\n"))


def test_posters_open_from_the_page_of_a_session_and_from_the_list(manager: Client, full: Course) -> None:
    home = f"/formations/{full.training.uid}"
    assert f"{home}/affiche" in manager.get(home).get_data(as_text=True)
    assert "/formations/programme" in manager.get("/formations").get_data(as_text=True)
    assert "Karamɔgɔmuso" in text(manager, f"{home}/affiche")
    assert manager.get(f"{home}/affiche.pdf").data.startswith(b"%PDF-")
