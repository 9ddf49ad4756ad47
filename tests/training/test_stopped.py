"""A session that stopped half-way: what was held stays held; one without a day left says so everywhere."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.places import services as places
from kiosk.storage import Refusal, clock, transaction
from kiosk.training import posters, queries, services
from kiosk.training.routes import pace
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
ALL_OFF = "Toutes les séances sont annulées"
WEDNESDAY = TUESDAY + datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    pace.forget()
    noon = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))


@pytest.fixture
def stopped(people: People, course: Courses) -> Course:
    """Four days: a sheet entered, one begun, one with an excuse given before; then all is cancelled."""
    excel = course(days=4, title="Excel")
    (awa,) = people(1)
    excel.enrol(awa)
    excel.close(excel.sittings[0])
    excel.mark(excel.sittings[1], present=[awa])
    excel.mark(excel.sittings[2], excused=[awa])
    with transaction():
        services.cancel(excel.training, "La salle est prise")
    return excel


def rows(page: str) -> list[str]:
    """The lines of the days of a page."""
    found = re.findall(r"<li[\s>].*?</li>", page, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)) for one in found]


def days(client: Client, path: str) -> list[str]:
    """What is said of each day of November on a page."""
    said = {"Annulée", "A eu lieu", "À venir", "Feuille saisie", "Présences"}
    listed = rows(client.get(path).get_data(as_text=True))
    return [next((word for word in said if word in one), "") for one in listed if "nov" in one]


def test_what_was_held_before_a_session_was_cancelled_stays_held(
    client: Client, manager: Client, stopped: Course, space: uuid.UUID
) -> None:
    page = f"/programme/{stopped.training.uid}"
    assert days(client, page) == ["A eu lieu", "A eu lieu", "Annulée", "Annulée"]
    assert "Je m’inscris" not in text(client, page)
    assert days(manager, f"/formations/{stopped.training.uid}") == [
        "Feuille saisie",
        "Présences",
        "Annulée",
        "Annulée",
    ]
    printed = posters.month_of(space, datetime.date(2026, 11, 1))["days"]
    assert [line[3] for day in printed for line in day["lines"]] == ["", "", "Annulée", "Annulée"]


def test_a_paper_sheet_of_before_is_still_entered_and_one_of_after_is_not(
    trainer: Client, stopped: Course
) -> None:
    _, wednesday, thursday, _ = stopped.sittings
    assert stopped.close(wednesday) == 0
    with pytest.raises(Refusal, match="n’a pas lieu"):
        stopped.close(thursday)
    assert "n’a pas lieu" in text(trainer, f"/seances/{thursday.uid}/presences")
    fresh()
    assert stopped.training.state == "cancelled"
    marks = [fact.mark for fact in queries.facts_of_session(stopped.training.uid)]
    assert marks == ["absent", "present", "excused"]


def test_cancelling_says_that_past_sheets_wait(manager: Client, course: Courses) -> None:
    path = f"/formations/{course(days=3).training.uid}/annuler"
    assert "1 feuille passée n’est pas saisie" in text(manager, path)


@pytest.fixture
def off(people: People, course: Courses) -> Course:
    """Two days, both cancelled one by one; somebody has a seat."""
    excel = course(days=2, title="Excel", seats=5)
    excel.enrol(*people(1))
    for sitting in excel.sittings:
        with transaction():
            services.cancel_sitting(sitting, "Coupure")
    return excel


def test_a_session_without_a_day_left_says_so_in_lists_on_its_page_and_to_the_public(
    client: Client, manager: Client, off: Course
) -> None:
    path, (entry, _, _) = f"/formations/{off.training.uid}", queries.places(off.training)
    assert "Séances annulées" in text(manager, "/formations")
    assert "Séances annulées" in text(manager, "/formations/annee?annee=2026")
    assert "Séances annulées" in text(manager, f"/membres/{entry[0].person.uid}")
    page = text(manager, path)
    assert ALL_OFF in page and "Prévue" not in page
    assert page.index("Annuler la formation") < page.index("Personnes"), "what to do stands first"
    assert "Feuille à imprimer" not in page and "Affiche" not in page
    shown = text(client, f"/programme/{off.training.uid}")
    assert ALL_OFF in shown and "Je m’inscris" not in shown
    assert client.get(f"/programme/{off.training.uid}/inscription").status_code == 303
    with pytest.raises(Refusal, match="ne prend plus"), transaction():
        services.ask_seat(off.training, "Awa Bah", "76123456")
    made = posters.poster(off.training.space_uid, off.training.uid, ("", ""), "x")
    assert [day[0] for day in made["days"]] == [f"{ALL_OFF}."]


def test_such_a_session_gets_other_days_or_waits_for_them(manager: Client, off: Course) -> None:
    path = f"/formations/{off.training.uid}"
    assert 'name="first_day"' not in manager.get(f"{path}/reporter").get_data(as_text=True)
    assert manager.send(f"{path}/reporter", reason="Coupure", month="2027-01").status_code == 303
    assert f"{path}/dates" in manager.get(path).get_data(as_text=True), "its days are fixed, not moved"
    when = {"first_day": "2027-01-12", "days": "1", "rhythm": "daily", "morning": "y"}
    hours = {"morning_starts": "09:00", "morning_minutes": "180"}
    assert manager.send(f"{path}/dates", **when, **hours).status_code == 303
    fresh()
    page = text(manager, path)
    assert ALL_OFF not in page and "Prévue" in page and "Séance 1" in page
    with transaction():
        services.cancel_sitting(off.sittings[2], "Coupure")
    assert ALL_OFF in text(manager, path)
    with transaction():
        services.restore_sitting(off.sittings[0])
    assert ALL_OFF not in text(manager, path)


def test_the_coordinator_reads_it_too(centre: Machine) -> None:
    with centre.writing():
        half = services.HalfDay(WEDNESDAY, "09:00", 180)
        nioro = places.open_space("NIO", places.SpaceCard("Nioro")).uid
        training = services.plan_session(nioro, services.Plan("Excel"), [half])
        services.cancel_sitting(services.sittings_of(training)[0], "Coupure")
        uid = training.uid
    salimata = centre.as_("coordinator")
    for path in ("/formations", f"/formations/{uid}"):
        assert "Séances annulées" in text(salimata, path)
