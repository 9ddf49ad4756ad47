"""Who may be the one being registered: namesakes in any spelling, and whoever shares more than a name.

A suggestion for a person to judge, shown as she types and once before she saves; it never stops
a registration. A link between two cards asks for more (`links.scoring`).
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from kiosk.members import queries
from kiosk.members.links import names, scoring
from kiosk.members.links import queries as links
from kiosk.members.links.scoring import Sketch
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.storage import search, session

SHOWN = 5
_LOOKED_AT = 600
_FAR = 99


def may_be(space_uid: uuid.UUID, said: Mapping[str, Any]) -> Sequence[Member]:
    """Return up to SHOWN people whom somebody about to be registered may be, the nearest first."""
    mine = links.newcomer(space_uid, said)
    name = f"{said['given_name'] or ''} {said['family_name'] or ''}"
    exact = queries.may_be_known(name, mine.year)
    found = {one.uid: one for one in (*exact, *links.resembling(mine), *_namesakes(mine, name))}
    return sorted(found.values(), key=lambda one: _distance(mine, scoring.sketch(one)))[:SHOWN]


def _namesakes(mine: Sketch, name: str) -> Sequence[Member]:
    """Return the nearest people of the space who bear these very names, in any spelling and order."""
    if len(mine.all) < 2:
        return []
    columns = [getattr(Member, column) for column in scoring.COLUMNS]
    held = search.holding(Member, names.written(name), _LOOKED_AT)
    # Behind a function the space is read last: the names find far fewer.
    own = func.coalesce(Member.space_uid, Member.space_uid) == mine.space_uid
    query = select(*columns).where(held, Member.deleted_at.is_(None), own)
    if mine.year is not None:
        query = query.where(Member.birth_year.is_(None) | queries.near_year(mine.year))
    every = (scoring.sketch(row) for row in session().execute(query))
    alike = [one for one in every if one.all == mine.all and {one.sex, mine.sex} != {Sex.WOMAN, Sex.MAN}]
    nearest = sorted(alike, key=lambda one: _distance(mine, one))[:SHOWN]
    return list(queries.by_uids([one.uid for one in nearest]).values()) if nearest else []


def _distance(mine: Sketch, other: Sketch) -> tuple[Any, ...]:
    """Return what sorts the nearest first: likeness, then the village, the year, the spelling."""
    score = scoring.compare(mine, other)
    apart = abs(mine.year - other.year) if mine.year and other.year else _FAR
    elsewhere = mine.village is None or mine.village != other.village
    return -(score.value if score else 0), elsewhere, apart, mine.spelled != other.spelled, other.uid
