"""The catalogue: seeds, domains, a session of a course in one tap, the checklist, the plan of a year."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import Refusal, session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as Taught
from kiosk.training.models import SessionKind, Theme, TrainingSession
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text, undo_of

Courses = Callable[..., Course]
People = Callable[..., list[uuid.UUID]]


@pytest.fixture
def seeded(space: uuid.UUID) -> dict[str, Taught]:
    """The first courses of the space, by title and level."""
    with transaction():
        services.seed_courses(space)
    return {f"{one.title} {one.level}": one for one in queries.courses(space)}


def test_a_fresh_space_offers_word_excel_access_internet_and_digital_citizenship(
    seeded: dict[str, Taught],
) -> None:
    wanted = ("Word Débutants", "Word Niveau 2", "Excel Débutants", "Excel Niveau 2", "Access Niveau 2")
    assert {*wanted, "Internet Débutants", "Internet Niveau 2", "Citoyenneté numérique Tous"} < set(seeded)
    for course in seeded.values():
        outline = services.outline_of(course)
        assert outline.modules and outline.objectives and outline.checklist, course.title
    citizenship = services.outline_of(seeded["Citoyenneté numérique Tous"])
    assert queries.half_days(citizenship) == 4, "two days"


def test_a_course_seeded_by_a_former_release_reads_its_modules_from_the_seed(space: uuid.UUID) -> None:
    from kiosk.training.catalogue.seeds import seed_uid

    with transaction():
        uid = seed_uid("action", space)
        session().add(Taught(uid=uid, space_uid=space, title="Formation-action 2 jours", seeded=True))
    found = services.find_course(uid)
    outline = services.outline_of(found)
    assert (len(outline.modules), outline.kind, outline.theme) == (4, SessionKind.ACTION, "citizenship")


def test_what_a_space_wrote_of_a_seeded_course_is_never_written_over(
    seeded: dict[str, Taught], space: uuid.UUID
) -> None:
    from dataclasses import replace

    word = seeded["Word Débutants"]
    mine = replace(services.outline_of(word), title="Word à Nioro", modules=[("Écrire", 2, "")], checklist=[])
    with transaction():
        services.edit_course(word, mine)
    with transaction():
        assert services.seed_courses(space) == 0
    fresh()
    outline = services.outline_of(services.find_course(word.uid))
    assert (outline.title, outline.modules, outline.checklist) == ("Word à Nioro", [("Écrire", 2, "")], [])


def test_the_two_day_plan_makes_a_session_of_four_half_days_in_one_tap(
    manager: Client, seeded: dict[str, Taught]
) -> None:
    where = f"/formations/cours/{seeded['Formation-action 2 jours Tous'].uid}"
    shown = text(manager, where)
    for words in ("Mettre 4 séances au programme", "4 demi-journées", "Objectifs", "À préparer"):
        assert words in shown
    html = manager.get(where).get_data(as_text=True)
    proposed = re.search(r'name="first_day"[^>]*value="([^"]+)"', html)
    assert proposed, "the day is on the card: one tap confirms it"
    answer = manager.send(f"{where}/session", form_at=where, first_day=proposed[1])
    assert answer.status_code == 303
    fresh()
    made = services.find_session(uuid.UUID(answer.location[-36:]))
    sittings = services.sittings_of(made)
    assert [(one.starts, one.minutes, one.weight) for one in sittings] == [
        ("09:00", 210, 50), ("15:00", 210, 50), ("09:00", 210, 50), ("15:00", 210, 50)
    ]  # fmt: skip
    assert len({one.day for one in sittings}) == 2
    assert made.kind == SessionKind.ACTION and made.trainer_name
    manager.send(undo_of(manager, answer.location), form_at="/formations/nouvelle")
    assert manager.get(answer.location).status_code == 404


def test_the_lines_of_a_checklist_are_ticked_on_the_session(
    manager: Client, seeded: dict[str, Taught], space: uuid.UUID
) -> None:
    action = seeded["Formation-action 2 jours Tous"]
    with transaction():
        made = services.prepare(action, TUESDAY, services.Trainer())
    where = f"/formations/{made.uid}"
    first, *_ = services.outline_of(action).checklist
    assert "0 sur 7" in text(manager, where)
    ticked = manager.send(f"{where}/preparation", form_at=where, done=first, stray="x")
    assert ticked.status_code == 303
    fresh()
    assert services.find_session(made.uid).prepared == [first]
    assert "1 sur 7" in text(manager, where)
    manager.send(f"{where}/preparation", form_at=where, done="Une ligne inventée.")
    fresh()
    assert services.find_session(made.uid).prepared == []


def test_modules_are_typed_one_a_line_and_a_wrong_line_is_explained(
    manager: Client, space: uuid.UUID
) -> None:
    said = {"title": "Gérer une caisse", "kind": "workshop", "theme": "management"}
    wrong = manager.send("/formations/cours/nouveau", modules="99 Trop long", **said)
    assert wrong.status_code == 422 and "demi-journées" in wrong.get_data(as_text=True)
    typed = "2 Le cahier : noter chaque somme\n\nFaire les comptes"
    assert manager.send("/formations/cours/nouveau", modules=typed, **said).status_code == 303
    fresh()
    (made,) = queries.courses(space)
    assert services.outline_of(made).modules == [
        ("Le cahier", 2, "noter chaque somme"), ("Faire les comptes", 1, "")
    ]  # fmt: skip
    html = manager.get(f"/formations/cours/{made.uid}/modifier").get_data(as_text=True)
    assert "2 Le cahier : noter chaque somme" in html, "what was typed can be typed again"


def test_a_domain_is_added_put_out_of_use_and_never_deleted(
    manager: Client, space: uuid.UUID, in_kiosk: object
) -> None:
    page = "/formations/domaines"
    manager.send(f"{page}/nouveau", label="Développement durable")
    assert "Développement durable" in text(manager, page)
    again = manager.send(f"{page}/nouveau", label="développement  DURABLE")
    assert again.status_code in (303, 422)
    manager.send(f"{page}/developpement-durable/retirer", form_at=f"{page}/nouveau")
    assert "developpement-durable" not in [one.key for one in queries.themes(space)]
    manager.send(undo_of(manager, page), form_at=f"{page}/nouveau")
    fresh()
    assert "developpement-durable" in [one.key for one in queries.themes(space)]
    assert session().query(Theme).count() == 1, "those of the software have no row until they change"


def test_a_domain_that_a_space_renamed_keeps_its_key(space: uuid.UUID) -> None:
    with transaction():
        services.edit_theme(space, "governance", "Bonne gouvernance")
    assert queries.theme_names(space)["governance"] == "Bonne gouvernance"
    with transaction(), pytest.raises(Refusal):
        services.add_theme(space, "bonne gouvernance")
    with transaction():
        assert services.add_theme(space, "Gouvernance").key == "governance-2"


def test_the_plan_of_a_year_shows_four_held_of_six_and_which_are_late(
    manager: Client, seeded: dict[str, Taught], space: uuid.UUID, course: Courses
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
