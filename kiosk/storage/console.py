"""How a command reaches the store that the command line chose for it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kiosk.storage.store import Store

_KEY = "kiosk.open_store"
_SHIP = "kiosk.ship"
_ARRIVE = "kiosk.arrive"


def stores_open_with(context: click.Context, opener: Callable[[], Store]) -> None:
    """Let the command line say how its commands open their store."""
    context.meta[_KEY] = opener


def rooms_ship_with(context: click.Context, ship: Callable[[], None]) -> None:
    """Let the command line say how rooms bring the data that comes with the software."""
    context.meta[_SHIP] = ship


def ship() -> None:
    """Bring shipped data into the open store, in the caller's transaction."""
    click.get_current_context().meta[_SHIP]()


def rooms_arrive_with(context: click.Context, arrive: Callable[[uuid.UUID], None]) -> None:
    """Let the command line say how rooms take their place in a space that came from the centre."""
    context.meta[_ARRIVE] = arrive


def arrive(space_uid: uuid.UUID) -> None:
    """Take place in that space, in the caller's transaction."""
    click.get_current_context().meta[_ARRIVE](space_uid)


@contextmanager
def opened() -> Iterator[Store]:
    """Open the store of this command at the right version, with an ambient session.

    Raises StoreError with a sentence when the database is not ready.
    """
    store: Store = click.get_current_context().meta[_KEY]()
    store.check_version()
    try:
        with store.open():
            yield store
    finally:
        store.close()
