"""What a merge leaves for a person to look at: rooms say it, « À vérifier » shows it.

A doubt is derived each time from the rows: it goes when they no longer disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from kiosk.language import Message

_KEY = "doubts"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: what it is, what was found, and the page where it is set right."""

    icon: str
    fact: str
    found: Message | str
    url: str


def register(app: Flask, ask: Callable[[], list[Doubt]]) -> None:
    """Let a room say what it doubts."""
    app.extensions.setdefault(_KEY, []).append(ask)


def every() -> list[Doubt]:
    """Return what all rooms doubt now."""
    return [doubt for ask in current_app.extensions.get(_KEY, ()) for doubt in ask()]
