"""What a session is: one person's in two taps, its domain, a debate, a formation-action."""

import re
import uuid
from collections.abc import Callable

from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as Taught
from kiosk.training.models import SessionKind
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text, undo_of

Courses = Callable[..., Course]
People = Callable[..., list[uuid.UUID]]


def test_one_person_is_trained_in_two_taps_and_it_is_half_a_day(
    manager: Client, seeded: dict[str, Taught], people: People
) -> None:
    (awa,) = people(1)
    page = manager.get(f"/membres/{awa}").get_data(as_text=True)
    first = re.search(r'href="(/formations/seule/[0-9a-f-]{36})"', page)
    assert first, "the first tap is on her page"
    html = manager.get(first[1]).get_data(as_text=True)
    today = re.search(r'name="day"[^>]*value="([^"]+)"', html)
    assert today and f'name="course" value="{seeded["Word Débutants"].uid}"' in html
    answer = manager.send(first[1], day=today[1], course=str(seeded["Word Débutants"].uid))
    assert answer.status_code == 303
    fresh()
    facts, _ = queries.facts_of_person(awa)
    assert queries.person_days(facts) == 50
    made = services.find_session(uuid.UUID(answer.location[-36:]))
    assert (made.seats, made.state) == (1, "done")
    manager.send(undo_of(manager, answer.location), form_at="/formations/nouvelle")
    fresh()
    assert queries.facts_of_person(awa)[0] == []
    assert manager.get(answer.location).status_code == 404


def test_sessions_are_filtered_by_domain_their_own_or_that_of_their_course(
    manager: Client, seeded: dict[str, Taught], course: Courses
) -> None:
    course(title="Le budget", theme="governance")
    course(title="La lettre", course_uid=seeded["Word Débutants"].uid)
    course(title="Le marché", course_uid=seeded["Word Débutants"].uid, theme="marketing")
    shown = text(manager, "/formations?domaine=office")
    assert "La lettre" in shown and "Le budget" not in shown and "Le marché" not in shown
    assert "Le budget" in text(manager, "/formations?domaine=governance")
    assert "Aucune formation" in text(manager, "/formations?domaine=rien")


def test_a_debate_is_planned_by_form_and_says_it_is_no_training(
    manager: Client, space: uuid.UUID, people: People
) -> None:
    said = {"title": "L’eau à Nioro", "kind": "debate", "theme": "environment", "national_actor": "y"}
    when = {"first_day": "24/11/2026", "days": "1", "rhythm": "daily", "morning_minutes": "180"}
    more = {"afternoon_minutes": "120", "audience": "everyone", "morning": "y", "morning_starts": "9h"}
    answer = manager.send("/formations/nouvelle", **said, **when, **more)
    assert answer.status_code == 303
    shown = text(manager, answer.location)
    for words in ("Débat", "Environnement", "Un acteur national", "ne compte pas comme une formation"):
        assert words in shown
    assert "Personnes-jours" not in shown
    fresh()
    (sitting,) = services.sittings_of(services.find_session(uuid.UUID(answer.location[-36:])))
    page = f"/seances/{sitting.uid}/modifier"
    said = {"day": "24/11/2026", "starts": "09:00", "minutes": "180", "weight": "50", "confirmed": "0"}
    assert manager.send(page, spoke="9", spoke_women="12", **said).status_code == 422
    assert manager.send(page, spoke="9", spoke_women="4", **said).status_code == 303
    fresh()
    assert (services.find_sitting(sitting.uid).spoke, services.find_sitting(sitting.uid).spoke_women) == (
        9,
        4,
    )


def test_a_formation_action_says_who_becomes_a_relay(manager: Client, course: Courses) -> None:
    action = course(kind=SessionKind.ACTION)
    where = f"/formations/{action.training.uid}"
    assert "dites laquelle" in text(manager, where)
    with transaction():
        action.training.campaign = "Zéro déchet"
    assert "relais de la campagne « Zéro déchet »" in text(manager, where).replace("\u00a0", " ")
