"""What was just done, said on the next page, with « Annuler » where it can be undone."""

from dataclasses import dataclass

from flask import Flask, session

from kiosk.language import Message

_KEY = "notice"


@dataclass(frozen=True)
class Notice:
    """A sentence of fact; `undo` is the URL to POST to take the act back."""

    text: str
    undo: str | None = None
    kind: str = "ok"


def done(message: Message, undo: str | None = None, kind: str = "ok") -> None:
    """Say `message` on the next page (kind: ok, wait or bad)."""
    session[_KEY] = [str(message), undo, kind]


def take() -> Notice | None:
    """Return the waiting notice, once. Only staff and forms ever set one."""
    if _KEY not in session:
        return None
    text, undo, kind = session.pop(_KEY)
    return Notice(text, undo, kind)


def register(app: Flask) -> None:
    """Give templates `take_notice()`."""
    app.jinja_env.globals["take_notice"] = take
