"""Looking for cards that may be one person, little by little: only cards that changed are looked at.

A card is compared with the few that share a key with it, never with all. What is
found is this machine's own suggestion: a word of a person alone makes a link.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, or_, select

from kiosk.members.links.models import Likeness, PersonKey, PersonSketch
from kiosk.members.links.names import rules
from kiosk.members.links.scoring import COLUMNS, Score, Sketch, compare, sketch
from kiosk.members.models import Member
from kiosk.storage import Base, session
from kiosk.storage.putting import put

AT_ONCE = 150
"""Cards in one transaction: nobody at the counter waits for it."""
_PART = 500
FIRST = uuid.UUID(int=0)
_CROWD = 40
"""A key shared by more cards than this says nothing: the phone of an office, a family of a big town."""


@dataclass(frozen=True)
class Looked:
    """How many cards were looked at, and the last of them in the order of uids."""

    count: int
    last: uuid.UUID


def some(after: uuid.UUID = FIRST, limit: int = AT_ONCE) -> Looked | None:
    """Look at up to `limit` cards that changed and stand after that uid; None when there is none.

    Call it in a transaction.
    """
    rows = session().execute(_unseen().where(Member.uid > after).order_by(Member.uid).limit(limit)).all()
    if not rows:
        return None
    people = [sketch(row) for row in rows if row.deleted_at is None]
    _forget([row.uid for row in rows if row.seen is not None])
    _remember(rows, people)
    _suggest(people)
    return Looked(len(rows), rows[-1].uid)


def waiting() -> bool:
    """Tell whether a card changed since it was looked at."""
    return session().execute(_unseen().limit(1)).first() is not None


def everything() -> int:
    """Look at all that changed, in the caller's transaction; return how many cards there were."""
    total, at = 0, FIRST
    while looked := some(at):
        total, at = total + looked.count, looked.last
    return total


def _unseen() -> Select[Any]:
    columns = [getattr(Member, name) for name in COLUMNS]
    seen = PersonSketch.member_uid == Member.uid
    changed = or_(PersonSketch.ver.is_(None), PersonSketch.ver != Member.ver, PersonSketch.rules != rules())
    about = (Member.ver, Member.deleted_at, PersonSketch.ver.label("seen"))
    return select(*columns, *about).outerjoin(PersonSketch, seen).where(changed)


def _forget(uids: Sequence[uuid.UUID]) -> None:
    for part in parts(uids):
        session().execute(delete(PersonSketch).where(PersonSketch.member_uid.in_(part)))
        session().execute(delete(PersonKey).where(PersonKey.member_uid.in_(part)))
        session().execute(delete(Likeness).where(or_(Likeness.a.in_(part), Likeness.b.in_(part))))


def _remember(rows: Iterable[Row[Any]], people: Iterable[Sketch]) -> None:
    seen = [{"member_uid": row.uid, "ver": row.ver, "rules": rules()} for row in rows]
    _add(PersonSketch, seen)
    _add(PersonKey, [{"key": key, "member_uid": one.uid} for one in people for key in one.held_keys()])


def _add(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of a table of this machine: as objects they would cost ten times as much."""
    if rows:
        put(session().connection(), model.__table__, rows)


def _suggest(people: Sequence[Sketch]) -> None:
    met = meeting(people)
    known = {one.uid: one for one in people}
    known |= sketches({uid for found in met.values() for uid in found} - known.keys())
    _add(Likeness, [_row(known[a], known[b], score) for a, b, score in _scored(met, known)])


def meeting(people: Iterable[Sketch]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return, for each card, the others that share a key with it."""
    probes = {one.uid: one.probes() for one in people}
    holders: dict[str, list[uuid.UUID]] = defaultdict(list)
    for part in parts({key for keys in probes.values() for key in keys}):
        query = select(PersonKey.key, PersonKey.member_uid).where(PersonKey.key.in_(part))
        for key, uid in session().execute(query):
            holders[key].append(uid)
    return {
        uid: {other for key in keys if len(holders[key]) <= _CROWD for other in holders[key]} - {uid}
        for uid, keys in probes.items()
    }


def sketches(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, Sketch]:
    """Return the sketches of these cards, those taken out of the register left aside."""
    columns = [getattr(Member, name) for name in COLUMNS]
    found: dict[uuid.UUID, Sketch] = {}
    for part in parts(uids):
        query = select(*columns).where(Member.uid.in_(part), Member.deleted_at.is_(None))
        found |= {row.uid: sketch(row) for row in session().execute(query)}
    return found


def _scored(
    met: Mapping[uuid.UUID, set[uuid.UUID]], known: Mapping[uuid.UUID, Sketch]
) -> Iterator[tuple[uuid.UUID, uuid.UUID, Score]]:
    pairs = {(min(a, b), max(a, b)) for a, others in met.items() for b in others if b in known}
    for a, b in pairs:
        if score := compare(known[a], known[b]):
            yield a, b, score


def _row(a: Sketch, b: Sketch, score: Score) -> dict[str, Any]:
    found = {"score": score.value, "reasons": [str(reason) for reason in score.reasons]}
    return {"a": a.uid, "b": b.uid, **found, "across": a.space_uid != b.space_uid}


def parts(values: Collection[Any]) -> Iterator[list[Any]]:
    """Yield the values in lists that one statement may hold."""
    every = list(values)
    for start in range(0, len(every), _PART):
        yield every[start : start + _PART]
