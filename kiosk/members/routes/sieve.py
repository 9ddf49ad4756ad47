"""The filters of the list of members, as the page draws them."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from kiosk.language import msg
from kiosk.members import filtering
from kiosk.members.filtering import QUICK, Filter
from kiosk.members.routes import asking
from kiosk.members.vocabulary import SEXES
from kiosk.storage import clock
from kiosk.web.steady import steady

Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Sieve:
    """A filter, what it says, whom it leaves, and what may be chosen instead."""

    only: Filter
    words: str
    people: int
    quick: list[tuple[Any, str, bool]]
    lists: dict[str, tuple[Any, str, Choices]]


def sieve(space_uid: uuid.UUID | None, keep: dict[str, str]) -> Sieve:
    """Return the filter that the address asks for; `keep` stays in the addresses of the others."""
    book = asking.book()
    only = filtering.asked(request.args, book)
    quick = [(word, _address({**keep, **one.args()}), one == only) for one, word in QUICK.items()]
    people, today = 0, clock.today()
    if only:
        people = steady(("filtered", only, space_uid, today), lambda: filtering.count(only, today, space_uid))
    return Sieve(only, filtering.words(only, book) if only else "", people, quick, _lists(only))


def _address(said: dict[str, Any]) -> str:
    return url_for("members.index", **said)


def _lists(only: Filter) -> dict[str, tuple[Any, str, Choices]]:
    book = asking.book()
    return {
        "sexe": (msg("Femme ou homme"), only.sex, list(SEXES.items())),
        "domaine": (msg("Domaine du métier"), only.profession, book.offered("profession", [only.profession])),
        "role": (msg("Rôle en ligne"), only.role, book.offered("digital_roles", [only.role])),
    }
