"""A whole group enrolled by one touch: its lines on the sheet, seats and waiting line kept, undone."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.members.groups import services as groups
from kiosk.storage import session, transaction
from kiosk.training import queries
from kiosk.training.models import TrainingSession
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text, undo_of

TEAM = "Chargés de communication"
People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture
def team(people: People, space: uuid.UUID) -> uuid.UUID:
    """Eight communication managers."""
    everyone = people(8)
    with transaction():
        group = groups.open_group(space, groups.GroupCard(TEAM))
        groups.put_in(group, everyone)
        return group.uid


def enrol(client: Client, one: Course, group: uuid.UUID) -> str:
    """Enrol the group by its button; return the address of the session."""
    page = f"/formations/{one.training.uid}"
    client.send(f"{page}/inscrire/groupe", form_at=f"{page}/inscrire", groupe=group.hex)
    fresh()
    return page


def test_a_group_of_eight_is_enrolled_by_one_touch_and_its_sheet_has_eight_lines(
    manager: Client, team: uuid.UUID, course: Courses
) -> None:
    word = course()
    assert TEAM in text(manager, f"/formations/{word.training.uid}/inscrire")
    page = enrol(manager, word, team)
    assert "8 personnes sont inscrites." in text(manager, page)
    assert len(queries.sheet(word.sittings[0])) == 8


def test_the_page_of_a_group_enrols_it_in_a_session_to_come(
    manager: Client, team: uuid.UUID, course: Courses
) -> None:
    word = course()
    page = f"/membres/groupes/{team}"
    assert word.training.title in text(manager, page)
    manager.send(f"/formations/{word.training.uid}/inscrire/groupe", form_at=page, groupe=team.hex)
    fresh()
    assert len(queries.sheet(word.sittings[0])) == 8


def test_one_touch_takes_the_whole_group_back(manager: Client, team: uuid.UUID, course: Courses) -> None:
    word = course()
    page = enrol(manager, word, team)
    manager.send(undo_of(manager, page), form_at=page)
    fresh()
    assert queries.seated(word.training) == []


def test_beyond_the_seats_the_group_waits_in_order(manager: Client, team: uuid.UUID, course: Courses) -> None:
    word = course(seats=5)
    page = enrol(manager, word, team)
    seated, waiting, _ = queries.places(word.training)
    assert (len(seated), [one.rank for one in waiting]) == (5, [1, 2, 3])
    assert "Places données : 5. En attente : 3." in text(manager, page).replace("\xa0", " ")


def test_a_group_enrolled_twice_is_there_once(manager: Client, team: uuid.UUID, course: Courses) -> None:
    word = course()
    enrol(manager, word, team)
    assert "Tout le groupe est déjà inscrit" in text(manager, enrol(manager, word, team))
    assert len(queries.seated(word.training)) == 8


def test_a_session_for_a_group_points_to_it_and_offers_it_first(
    manager: Client, team: uuid.UUID, course: Courses, space: uuid.UUID, people: People
) -> None:
    someone = people(1)
    with transaction():
        groups.put_in(groups.open_group(space, groups.GroupCard("Association des femmes")), someone)
    training = course().training
    page = f"/formations/{training.uid}"
    manager.send(f"{page}/modifier", title="Atelier", audience="group", group_name="charges de communication")
    fresh()
    found = session().get(TrainingSession, training.uid)
    assert found and found.group_uid == team
    shown = text(manager, f"{page}/inscrire")
    assert shown.index(TEAM) < shown.index("Association des femmes")
