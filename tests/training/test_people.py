"""People by form: found by half a name, enrolled at once, leaving and coming back."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from kiosk.members import services as members
from kiosk.storage import transaction, with_check
from kiosk.training import queries
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


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


def test_namesakes_are_told_apart_and_each_button_says_whom(
    manager: Client, space: uuid.UUID, course: Courses
) -> None:
    awa: dict[str, Any] = {"given_name": "Awa", "family_name": "Coulibaly", "sex": "F"}
    told: tuple[dict[str, Any], ...] = ({"birth_year": 1990, "village": "Diakha"}, {"birth_year": 2004})
    with transaction():
        both = [members.register(space, **awa, **one).uid for one in told]
    word = course()
    where = f"/formations/{word.training.uid}"
    found = text(manager, f"{where}/inscrire?q=awa")
    assert " · 1990 · Diakha" in found and " · 2004" in found
    word.enrol(*both)
    assert text(manager, where).count("Retirer : Awa Coulibaly") == 2


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


def test_a_member_s_page_shows_her_sessions_and_her_days(
    manager: Client, people: People, course: Courses
) -> None:
    (awa,) = people(1)
    assert "Jours de formation" not in text(manager, f"/membres/{awa}")
    word = course(days=3)
    word.enrol(awa)
    word.mark(word.sittings[0], present=[awa])
    shown = text(manager, f"/membres/{awa}")
    assert "Internet sur le téléphone" in shown and "Jours de formation : 0,5" in shown
    assert "du 24 au 26 novembre" in shown


def test_somebody_without_a_card_gets_it_with_her_seat_or_on_the_sheet(
    manager: Client, people: People, course: Courses
) -> None:
    people(1)
    word = course(seats=1)
    (sitting,) = word.sittings
    enrolling, arriving = f"/formations/{word.training.uid}/inscrire", f"/seances/{sitting.uid}/arrivee"
    for page, name in ((enrolling, "Fatou Bintou Dembélé"), (arriving, "Oumou Sow")):
        link = f'href="{page}/nouvelle-carte?q='
        assert link in manager.get(f"{page}?q={name}").get_data(as_text=True), "a dead end otherwise"
        form = manager.get(f"{page}/nouvelle-carte?q={name}").get_data(as_text=True)
        given, family = name.rsplit(" ", 1)
        assert f'value="{given}"' in form and f'value="{family}"' in form
        assert manager.send(f"{page}/nouvelle-carte", given_name="").status_code == 422
        told = {"given_name": given, "family_name": family, "sex": "F"}
        assert manager.send(f"{page}/nouvelle-carte", **told).status_code == 303
    fresh()
    seated, waiting, _ = queries.places(word.training)
    assert [one.person.name for one in seated] == ["Fatou Bintou Dembélé", "Oumou Sow"] and not waiting
    marks = {row.person.name: row.mark for row in queries.sheet(sitting)}
    assert marks == {"Fatou Bintou Dembélé": "", "Oumou Sow": "present"}


def test_a_phone_searched_for_is_no_name_and_a_card_of_another_space_is_made_anew_by_nobody(
    manager: Client, course: Courses
) -> None:
    page = f"/formations/{course().training.uid}/inscrire"
    form = manager.get(f"{page}/nouvelle-carte?q=76 12 34 56").get_data(as_text=True)
    assert 'value="76 12 34 56"' in form
    assert 'value="76 12 34"' not in form and 'value="56"' not in form
    card = with_check("KAY-000123")
    assert "nouvelle-carte" not in manager.get(f"{page}?q={card}").get_data(as_text=True)
    assert card not in manager.get(f"{page}/nouvelle-carte?q={card}").get_data(as_text=True)


def test_a_manager_tells_two_levels_of_a_course_apart(manager: Client, seeded: dict[str, object]) -> None:
    offered = text(manager, "/formations/nouvelle")
    assert "Word · Débutants" in offered and "Word · Niveau 2" in offered
