"""Groups of people that a room knows and another serves: a session whose cards are printed at once."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from kiosk.language import Message


@dataclass(frozen=True)
class Group:
    """People who belong together. `key` names the group in addresses; `people` finds their ids."""

    key: str
    name: str
    note: Message | str
    people: Callable[[], Sequence[uuid.UUID]]


Offer = Callable[[], Sequence[Group]]


def register(app: Flask, offer: Offer) -> None:
    """Let a room offer its groups."""
    app.extensions.setdefault("groups", []).append(offer)


def offered() -> list[Group]:
    """Return the groups of every room, each room's in its own order."""
    return [group for offer in current_app.extensions.get("groups", ()) for group in offer()]


def find(key: str) -> Group | None:
    """Return the group of that key, None where it is no more."""
    return next((group for group in offered() if group.key == key), None)
