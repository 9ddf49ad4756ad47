"""Texts and hands that the tests of this room share."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.places import queries as places
from kiosk.posts import services
from kiosk.posts.models import Kind, Post
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from tests.support.machines import Machine

MARKET = Text(
    title="Les femmes du marché passent au tableur",
    standfirst="À Nioro, douze commerçantes tiennent leurs comptes sur ordinateur.",
    body="Hawa Diawara ouvre sa feuille de calcul. Elle vend du riz pour nourrir sa famille.",
    author_name="Fanta Traoré",
    place="Nioro, salle 1",
    event_date=datetime.date(2026, 11, 19),
)

SIDES = {
    "author": {Side.WRITER},
    "manager": {Side.WRITER, Side.MANAGER},
    "trainer": set(),
    "editor": {Side.REVIEWER},
    "coordinator": {Side.REVIEWER},
}


@pytest.fixture
def market() -> Callable[..., Text]:
    """A text that lacks nothing; `market(title="")` lacks its title."""
    return lambda **changes: replace(MARKET, **changes)


@pytest.fixture
def hand(kiosk: Machine) -> Callable[[str], Person]:
    """`hand("author")` is Fanta as the room sees her; the desk's people may act here too."""

    def made(role: str) -> Person:
        here = places.here_uid() if role in kiosk.people else None
        uid = kiosk.people[role].uid if role in kiosk.people else None
        name = kiosk.people[role].name if role in kiosk.people else "Oumar Tounkara"
        return Person(uid, name, frozenset(SIDES[role]), here)

    return made


@pytest.fixture
def article(hand: Callable[[str], Person], market: Callable[..., Text]) -> Callable[..., Post]:
    """A draft of Fanta's; open a transaction around."""

    def made(**changes: object) -> Post:
        home = places.here_uid()
        assert home is not None
        return services.start(hand("author"), home, market(**changes))

    return made


@pytest.fixture
def notice(hand: Callable[[str], Person], market: Callable[..., Text]) -> Callable[..., Post]:
    """A notice of Kadidia's, not yet put up."""

    def made(**changes: object) -> Post:
        home = places.here_uid()
        assert home is not None
        return services.start(hand("manager"), home, market(**changes), Kind.NOTICE)

    return made
