"""Two values for one field, written without seeing each other: told to a person, and settled by her.

Settling is an ordinary write: the chosen value on its row, if it does not stand
there already, and the settlement on the difference. Both go the way of any change.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.language import Message, msg
from kiosk.storage import NotFound, actor, clock, session, synced_models, telling
from kiosk.storage.changes import dumps
from kiosk.storage.types import plain
from kiosk.sync.matters import Chosen
from kiosk.sync.models import Difference
from kiosk.sync.rows import read_fields

_MOST = 200
Place = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class Said:
    """One of the two values: in words, by whom, when (ms)."""

    words: str
    who: str
    at: int


@dataclass(frozen=True)
class Case:
    """A difference as a person sees it. `weighty`: the coordination has to hear of it."""

    uid: uuid.UUID
    space_uid: uuid.UUID
    tab: str
    title: str
    label: Message | str
    person: uuid.UUID | None
    standing: Said
    losing: Said
    weighty: bool


def cases(named: bool = True, only: uuid.UUID | None = None) -> list[Case]:
    """Return what waits for a person, weighty ones first, then oldest first; without names unless `named`.

    A difference whose row is gone, or where the losing value stands by now, waits for nobody.
    """
    query = select(Difference).where(Difference.settled_at.is_(None), Difference.deleted_at.is_(None))
    if only is not None:
        query = query.where(Difference.uid == only)
    found = session().scalars(query.order_by(Difference.lost_at, Difference.uid).limit(_MOST)).all()
    rows = telling.rows(session().connection(), {_place(one) for one in found})
    waiting = [one for one in found if _waits(one, rows.get(_place(one)))]
    return sorted(_told(waiting, rows, named), key=lambda case: not case.weighty)


def _place(one: Difference) -> Place:
    return one.tab, one.row_uid


def _waits(one: Difference, row: telling.Row | None) -> bool:
    if row is None or row.get("deleted_at") or one.field not in row or one.losing is None:
        return False
    return dumps(plain(row[one.field])) != one.losing


def _told(found: Sequence[Difference], rows: dict[Place, telling.Row], named: bool) -> list[Case]:
    connection = session().connection()
    titles = telling.titles(connection, [_place(one) for one in found], named)
    staff = {("staff", uid) for one in found for uid in (one.kept_by, one.lost_by) if uid}
    names = telling.titles(connection, staff, True)
    return [_case(one, rows[_place(one)], titles.get(_place(one), ""), names) for one in found]


def _case(one: Difference, row: telling.Row, title: str, names: dict[Place, str]) -> Case:
    standing = telling.in_words(one.tab, one.field, plain(row[one.field]))
    losing = telling.in_words(one.tab, one.field, json.loads(one.losing or "null"))
    return Case(
        one.uid,
        one.space_uid,
        one.tab,
        title,
        telling.label(one.tab, one.field),
        telling.person(_place(one), row),
        Said(standing, _who(one.kept_by, names), one.kept_at),
        Said(losing, _who(one.lost_by, names), one.lost_at),
        telling.is_weighty(one.tab, one.field),
    )


def _who(uid: uuid.UUID | None, names: dict[Place, str]) -> str:
    """A person whose row does not come here works at the centre."""
    return (names.get(("staff", uid)) if uid else None) or str(msg("La coordination"))


def case(uid: uuid.UUID, named: bool = True) -> Case:
    """Return one difference that waits; raises NotFound once it is settled."""
    found = cases(named, uid)
    if not found:
        raise NotFound(msg("Cette différence est déjà réglée."))
    return found[0]


def settle(uid: uuid.UUID, chosen: Chosen) -> None:
    """Keep one of the two values; `unsettle` takes it back. Raises NotFound once it is settled."""
    case(uid)
    one = session().get_one(Difference, uid)
    target = _target(one)
    one.replaced = dumps(plain(getattr(target, one.field)))
    if chosen is Chosen.LOSING:
        _set(target, one.field, one.losing)
    one.chosen, one.settled_at, one.settled_by = chosen, clock.stamp(), actor()
    session().flush()


def unsettle(uid: uuid.UUID) -> None:
    """Put the difference back as it was, and the value that stood, unless somebody changed it since."""
    one = session().get(Difference, uid)
    if one is None or one.settled_at is None:
        raise NotFound(msg("Cette différence attend déjà une réponse."))
    target = _target(one)
    if one.chosen == Chosen.LOSING and dumps(plain(getattr(target, one.field))) == one.losing:
        _set(target, one.field, one.replaced)
    one.chosen = one.settled_at = one.settled_by = one.replaced = None
    session().flush()


def _target(one: Difference) -> Any:
    return session().get_one(synced_models()[one.tab], one.row_uid)


def _set(target: Any, field: str, value: str | None) -> None:
    fields = read_fields(type(target), {field: json.loads(value or "null")})
    setattr(target, field, fields[field])
