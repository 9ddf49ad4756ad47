"""Bookings: an hour at a computer within one's share, a room nobody holds, given back and taken back."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.members import services as members
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.storage import transaction
from kiosk.training import services as training
from tests.desk.conftest import SATURDAY
from tests.support.machines import Machine
from tests.support.pages import Client

PAGE, COMPUTER, ROOM = "/reservations", "/reservations/ordinateur", "/reservations/salle"


@pytest.fixture
def kadidia(as_: Callable[[str], Client]) -> Client:
    return as_("manager")


@pytest.fixture
def room(kiosk: Machine, nioro: uuid.UUID) -> str:
    """A room with two computers, held by a sitting on Saturday from nine to noon."""
    with kiosk.open(), transaction():
        space = places.space(nioro)
        assert space
        made = spaces.add_room(space, "Grande salle", 20, 2)
        plan = training.Plan(title="Excel", place="grande salle")
        training.plan_session(nioro, plan, [training.HalfDay(SATURDAY, "09:00", 180)])
        return made.uid.hex


@pytest.fixture
def student(kiosk: Machine, nioro: uuid.UUID) -> Callable[[str], str]:
    def make(name: str) -> str:
        with kiosk.open(), transaction():
            given, family = name.split()
            return members.register(nioro, given_name=given, family_name=family, sex="F").uid.hex

    return make


def body(client: Client, path: str) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True))
    return re.sub(r"\s+", " ", text)


def book(client: Client, who: str, starts: str, minutes: int = 60, day: object = SATURDAY) -> str:
    """Book a computer by its form; return what the next page says."""
    answer = client.send(f"{COMPUTER}?m={who}", day=str(day), starts=starts, minutes=minutes)
    text = body(client, answer.location) if answer.location else answer.get_data(as_text=True)
    return re.sub(r"\s+", " ", text)


def test_a_second_booking_the_same_day_is_refused_with_the_reason(
    kadidia: Client, room: str, student: Callable[[str], str]
) -> None:
    awa = student("Awa Coulibaly")
    assert "Ordinateur 1 réservé." in book(kadidia, awa, "10:00")
    said = book(kadidia, awa, "14:00")
    assert "Awa Coulibaly a déjà 1 h ce jour-là. La part de chacun est de 1 h." in said
    assert "Ordinateur 1 réservé." in book(kadidia, awa, "10:00", day="2026-11-23")


def test_the_share_is_one_person_s_whatever_card_she_shows(
    kiosk: Machine, kadidia: Client, room: str, student: Callable[[str], str]
) -> None:
    awa, again, other = student("Awa Coulibaly"), student("Awa Koulibaly"), student("Hawa Diawara")
    with kiosk.open(), transaction():
        pair = uuid.UUID(hex=awa), uuid.UUID(hex=again)
        links.say(pair, LinkState.CONFIRMED, kiosk.people["manager"].uid, False)
    assert "Ordinateur 1 réservé." in book(kadidia, awa, "10:00")
    assert "a déjà 1 h ce jour-là" in book(kadidia, again, "14:00")
    assert "Ordinateur 1 réservé." in book(kadidia, other, "14:00")


def test_two_people_share_two_computers_and_the_third_waits(
    kadidia: Client, room: str, student: Callable[[str], str]
) -> None:
    assert "Ordinateur 1 réservé." in book(kadidia, student("Awa Coulibaly"), "10:00")
    assert "Ordinateur 2 réservé." in book(kadidia, student("Hawa Diawara"), "10:30")
    hawa = student("Nana Kanté")
    assert "Tous les ordinateurs sont pris" in book(kadidia, hawa, "10:30", 30)
    assert "Ordinateur 1 réservé." in book(kadidia, hawa, "11:00", 30)


def test_the_share_is_the_managers_to_say(kadidia: Client, room: str, student: Callable[[str], str]) -> None:
    awa = student("Awa Coulibaly")
    assert "La part de chacun est de 1 h" in book(kadidia, awa, "10:00", 120)
    kadidia.send("/reservations/part", minutes=120)
    assert "Ordinateur 1 réservé." in book(kadidia, awa, "10:00", 120)


def test_hours_given_back_are_free_and_may_be_taken_back(
    kadidia: Client, room: str, student: Callable[[str], str]
) -> None:
    awa = student("Awa Coulibaly")
    book(kadidia, awa, "10:00")
    shown = kadidia.get(PAGE).get_data(as_text=True)
    cancel = re.findall(r"/reservations/[0-9a-f-]{36}/annuler", shown)[0]
    kadidia.send(cancel, form_at=PAGE)
    assert "Tous les ordinateurs sont libres." in body(kadidia, PAGE)
    kadidia.send(cancel.replace("annuler", "remettre"), form_at=PAGE)
    assert "Awa Coulibaly" in body(kadidia, PAGE)


def reserve(client: Client, room: str, starts: str, who: str = "Association Benkadi") -> str:
    fields = {"room": room, "day": str(SATURDAY), "starts": starts, "minutes": 120, "who": who}
    answer = client.send(ROOM, **fields)
    text = body(client, answer.location) if answer.location else answer.get_data(as_text=True)
    return re.sub(r"\s+", " ", text)


def test_a_room_held_by_a_sitting_is_refused_and_free_after_it(kadidia: Client, room: str) -> None:
    assert "La salle est prise à cette heure : Excel." in reserve(kadidia, room, "11:00")
    shown = reserve(kadidia, room, "12:00")
    assert "La salle est réservée." in shown and "Association Benkadi" in shown


def test_a_room_is_held_once(kadidia: Client, room: str) -> None:
    reserve(kadidia, room, "15:00")
    assert "La salle est prise à cette heure" in reserve(kadidia, room, "16:30", "Club de lecture")


def test_a_cancelled_meeting_gives_way_to_another_and_cannot_come_back_over_it(
    kadidia: Client, room: str
) -> None:
    reserve(kadidia, room, "15:00")
    shown = kadidia.get(PAGE).get_data(as_text=True)
    cancel = re.findall(r"/reservations/[0-9a-f-]{36}/annuler", shown)[0]
    kadidia.send(cancel, form_at=PAGE)
    reserve(kadidia, room, "15:00", "Club de lecture")
    answer = kadidia.send(cancel.replace("annuler", "remettre"), form_at=PAGE)
    assert answer.status_code == 409


def test_without_computers_the_page_says_what_to_note_first(kadidia: Client) -> None:
    assert "Notez d’abord les ordinateurs de vos salles." in body(kadidia, PAGE)
