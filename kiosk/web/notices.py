"""What was just done, said on the next page, with « Annuler » where it can be undone."""

from dataclasses import dataclass

from flask import session

from kiosk.language import Message

_KEY = "notices"


@dataclass(frozen=True)
class Notice:
    """A sentence of fact; `undo` is the URL to POST to take the act back."""

    text: str
    undo: str | None = None
    kind: str = "ok"


def done(message: Message, undo: str | None = None, kind: str = "ok") -> None:
    """Say `message` on the next page (kind: ok, wait, bad or info)."""
    session[_KEY] = [*session.get(_KEY, []), [str(message), undo, kind]]


def take() -> list[Notice]:
    """Return the waiting notices, once."""
    if _KEY not in session:
        return []
    return [Notice(*line) for line in session.pop(_KEY)]
