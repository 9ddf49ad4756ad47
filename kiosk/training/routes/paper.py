"""The attendance sheet on paper: names, numbers, one box to sign per half-day."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template, request

from kiosk.language import msg, sort_key
from kiosk.places import queries as places
from kiosk.storage import NotFound, with_check
from kiosk.training import queries, services, words
from kiosk.training.models import TrainingSession
from kiosk.training.routes.door import blueprint, reads, uid_in

PORTRAIT_ROWS, ACROSS_ROWS = 20, 12
BOXES = 4
BLANK = 3


@dataclass(frozen=True)
class Leaf:
    """One printed page: some people, some sittings; blank rows fill it."""

    people: Sequence[queries.Person | None]
    first: int
    sittings: Sequence[queries.SittingLine]


@blueprint.get("/formations/<uuid:uid>/feuille")
@reads
def paper(uid: uuid.UUID) -> str:
    """Show the sheet to print, of every sitting or of the one asked for."""
    training = services.find_session(uid)
    asked = uid_in(request.args.get("seance", ""))
    sittings = [one for one in queries.sitting_lines(uid) if one.state != "cancelled"]
    if asked:
        sittings = [one for one in sittings if one.uid == asked]
    if not sittings:
        raise NotFound(msg("Donnez d’abord une date : la feuille en a besoin."))
    here = places.space(training.space_uid)
    place = places.commune(here.commune) if here else None
    people = sorted(queries.seated(training), key=lambda one: sort_key(one.family_first))
    leaves = list(_leaves(people, sittings))
    return render_template(
        "training/paper.html",
        training=training,
        leaves=leaves,
        across=len(sittings) > 1,
        number=sheet_number(training, here.code if here else ""),
        space=here,
        under=place.parents.words if place else "",
        words=words,
    )


def sheet_number(training: TrainingSession, space_code: str) -> str:
    """Return the number printed on a session's sheets: « F-NIO-7Q2M4K-C »."""
    return with_check(f"F-{space_code}-{training.code}")


def _leaves(people: Sequence[queries.Person], sittings: Sequence[queries.SittingLine]) -> Iterator[Leaf]:
    size = ACROSS_ROWS if len(sittings) > 1 else PORTRAIT_ROWS
    wanted = -(-(len(people) + BLANK) // size) * size
    rows: list[queries.Person | None] = [*people, *[None] * (wanted - len(people))]
    for start in range(0, len(sittings), BOXES):
        for first in range(0, wanted, size):
            yield Leaf(rows[first : first + size], first, sittings[start : start + BOXES])
