"""One good text, and the cast as this room sees them."""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager

from kiosk.places import queries as places
from kiosk.posts.channels.services import Card
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from tests.support.machines import Machine

Statements = Callable[[int], AbstractContextManager[list[str]]]

MARKET = Text(
    title="Les femmes du marché passent au tableur",
    standfirst="À Nioro, douze commerçantes tiennent leurs comptes sur ordinateur.",
    body="Hawa Diawara ouvre sa feuille de calcul. Elle vend du riz pour nourrir sa famille.",
    author_name="Fanta Traoré",
    place="Nioro, salle 1",
    event_date=datetime.date(2026, 11, 19),
)

FECONG = Card("facebook", "@FecongMali", "https://www.facebook.com/FecongMali")

SIDES = {
    "author": {Side.WRITER},
    "manager": {Side.WRITER, Side.MANAGER},
    "trainer": set[Side](),
    "editor": {Side.REVIEWER},
    "coordinator": {Side.REVIEWER},
}


def hand_of(machine: Machine, role: str) -> Person:
    """One of the cast; who belongs to another machine is known by name only."""
    someone = machine.people.get(role)
    sides = frozenset(SIDES[role])
    if someone is None:
        return Person(None, "Oumar Tounkara", sides)
    return Person(someone.uid, someone.name, sides, places.here_uid())


def of_posts(asked: list[str]) -> int:
    """How many statements read this room's tables; the frame around the page counts its own."""
    return sum("FROM post" in statement for statement in asked)
