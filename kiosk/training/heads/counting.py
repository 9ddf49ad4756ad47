"""Writing and reading the people without a name of a sitting, one crowd a trade."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from kiosk.language import msg
from kiosk.storage import Refusal, derived_uid, session
from kiosk.training.agenda import SittingLine
from kiosk.training.marking import check_open
from kiosk.training.models import Headcount, Sitting

MOST_HEADS = 500
Square = tuple[str, str]
"""A sex and an age band, both in the register's words."""


@dataclass(frozen=True)
class Crowd:
    """People without a name who share a trade ("": not said): how many in each square.

    `about` where they were not counted one by one.
    """

    counts: Mapping[Square, int] = field(default_factory=dict)
    profession: str = ""
    about: bool = False

    @property
    def total(self) -> int:
        """All of them, in people."""
        return sum(self.counts.values())


def crowds_of(sitting: Sitting | SittingLine) -> dict[str, Crowd]:
    """Return the people without a name at a sitting by trade, empty squares left out (one statement)."""
    rows = _rows(sitting.uid)
    trades = dict.fromkeys(row.profession for row in rows)
    return {trade: _crowd(trade, (row for row in rows if row.profession == trade)) for trade in trades}


def _crowd(trade: str, rows: Iterable[Headcount]) -> Crowd:
    some = [row for row in rows if row.count]
    return Crowd({(row.sex, row.band): row.count for row in some}, trade, any(row.about for row in some))


def _rows(sitting_uid: uuid.UUID) -> list[Headcount]:
    query = select(Headcount).where(Headcount.sitting_uid == sitting_uid, Headcount.deleted_at.is_(None))
    return list(session().scalars(query.order_by(Headcount.profession, Headcount.uid)))


def count_heads(
    sitting: Sitting, counts: Mapping[Square, int], profession: str = "", about: bool = False
) -> int:
    """Write how many people of one trade came without a name; return their total.

    Raises Refusal where the sitting takes no attendance or a count makes no sense.
    """
    check_open(sitting)
    if any(not 0 <= count <= MOST_HEADS for count in counts.values()):
        raise Refusal(msg("Un compte va de 0 à %(n)s personnes.", n=MOST_HEADS), field="heads")
    known = {(row.sex, row.band): row for row in _rows(sitting.uid) if row.profession == profession}
    for square, count in counts.items():
        _write(sitting, square, Crowd({square: count}, profession, about), known.get(square))
    session().flush()
    return sum(counts.values())


def _write(sitting: Sitting, square: Square, crowd: Crowd, row: Headcount | None) -> None:
    about = crowd.about and bool(crowd.total)
    if row is not None:
        row.count, row.about = crowd.total, about
    elif crowd.total:
        sex, band = square
        keys = {"space_uid": sitting.space_uid, "sitting_uid": sitting.uid}
        said = {"sex": sex, "band": band, "profession": crowd.profession, "about": about}
        session().add(
            Headcount(uid=_uid(sitting.uid, square, crowd.profession), count=crowd.total, **keys, **said)
        )


def _uid(sitting_uid: uuid.UUID, square: Square, profession: str) -> uuid.UUID:
    """Return the id two machines give one count; without a trade, the one it had before there were any."""
    return derived_uid(".".join(["head", *square, *filter(None, [profession])]), sitting_uid)
