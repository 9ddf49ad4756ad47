"""Texts and hands that the tests of this room share."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.places import queries as places
from kiosk.posts import services
from kiosk.posts.channels import services as accounts
from kiosk.posts.models import Kind, Post
from kiosk.posts.people import Person
from kiosk.posts.text import Text
from tests.posts.hands import FECONG, MARKET, hand_of
from tests.support.machines import Machine
from tests.sync.conftest import Post as Station
from tests.sync.conftest import link_up


@pytest.fixture
def market() -> Callable[..., Text]:
    """A text that lacks nothing; `market(title="")` lacks its title."""
    return lambda **changes: replace(MARKET, **changes)


@pytest.fixture
def hand(kiosk: Machine) -> Callable[[str], Person]:
    """`hand("author")` is Fanta as the room sees her; the desk's people may act here too."""
    return lambda role: hand_of(kiosk, role)


@pytest.fixture
def article(hand: Callable[[str], Person], market: Callable[..., Text]) -> Callable[..., Post]:
    """A draft of Fanta's; open a transaction around."""
    return lambda **changes: services.start(hand("author"), home(), market(**changes))


@pytest.fixture
def notice(hand: Callable[[str], Person], market: Callable[..., Text]) -> Callable[..., Post]:
    """A notice of Kadidia's, not yet put up."""
    return lambda **changes: services.start(hand("manager"), home(), market(**changes), Kind.NOTICE)


def home() -> uuid.UUID:
    """The space this machine stands in."""
    here = places.here_uid()
    assert here is not None
    return here


@pytest.fixture
def nioro_with_accounts(kiosk: Machine, centre: Machine) -> Station:
    """The kiosk of Nioro, which has heard of the federation's page."""
    station = link_up(kiosk, centre)
    with centre.writing():
        accounts.add(hand_of(centre, "coordinator"), FECONG)
    station.exchange()
    return station
