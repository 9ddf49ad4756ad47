"""The filters of the list of members, as the page draws them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup

from kiosk.language import msg
from kiosk.members import filtering
from kiosk.members.fields.words import Book
from kiosk.members.filtering import QUICK, Filter
from kiosk.members.routes import asking
from kiosk.members.vocabulary import SEXES
from kiosk.storage import clock
from kiosk.web import kept
from kiosk.web.addresses import address
from kiosk.web.steady import steady

Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Sieve:
    """A filter, what it says, whom it leaves, and the panel to choose another."""

    only: Filter
    words: str
    people: int
    panel: Callable[[], Markup]


def sieve(space_uid: uuid.UUID | None, code: str | None) -> Sieve:
    """Return the filter that the address asks for; the space's `code` stays in the other addresses."""
    book = asking.book()
    only = filtering.asked(request.args, book)
    people, today = 0, clock.today()
    if only:
        people = steady(("filtered", only, space_uid, today), lambda: filtering.count(only, today, space_uid))

    def panel() -> Markup:
        return kept.part((only, code), "members/_steady.html", "filters", lambda: _told(only, code, book))

    return Sieve(only, filtering.words(only, book) if only else "", people, panel)


def _told(only: Filter, code: str | None, book: Book) -> tuple[Any, ...]:
    quick = [(word, _address(code, one), one == only) for one, word in QUICK.items()]
    return only, quick, _lists(only, book), code


def _address(code: str | None, only: Filter) -> str:
    return address("members.index", espace=code, **only.args())


def _lists(only: Filter, book: Book) -> dict[str, tuple[Any, str, Choices]]:
    return {
        "sexe": (msg("Femme ou homme"), only.sex, list(SEXES.items())),
        "domaine": (msg("Domaine du métier"), only.profession, book.offered("profession", [only.profession])),
        "role": (msg("Rôle en ligne"), only.role, book.offered("digital_roles", [only.role])),
    }
