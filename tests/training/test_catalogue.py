"""The catalogue: seeds, domains, a session of a course in one tap, the checklist, the plan of a year."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import Refusal, session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as Taught
from kiosk.training.models import SessionKind, Theme
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text, undo_of

Courses = Callable[..., Course]
People = Callable[..., list[uuid.UUID]]


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
