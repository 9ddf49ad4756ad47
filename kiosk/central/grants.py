"""Lending one row to another space, where somebody showed the card of her own.

The loan ends by the centre's decision, never by a kiosk's clock: the coordination
takes it back, or the centre does after a season. Where the host's own records
name her, a row without a name stays there, so that figures stay right.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kiosk.central.faults import apart
from kiosk.central.journal import Journal
from kiosk.central.models import card_grant
from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.storage import NotFound, clock, session
from kiosk.storage.base import synced_models
from kiosk.sync.matters import CardState
from kiosk.sync.models import CardRequest
from kiosk.sync.rows import Place

DAYS = 90
MOST_A_DAY = 100
"""Cards lent to one space in a day; the others wait for the next. Numbers follow one another:
without a bound, one machine in wrong hands would read every register through."""

_DAY_MS = 86_400_000
_TAB = "member"


@dataclass(frozen=True)
class Loan:
    """One card lent: to which space, whose, since when (ms)."""

    space_uid: uuid.UUID
    row_uid: uuid.UUID
    card: str
    granted_at: int


def run() -> None:
    """Answer the cards asked for, and end the loans of a past season; in the caller's transaction."""
    query = select(CardRequest).where(CardRequest.state == CardState.ASKED, CardRequest.deleted_at.is_(None))
    waiting = session().scalars(query.order_by(CardRequest.uid)).all()
    lent = _lent_today() if waiting else {}
    for asked in waiting:
        if lent.get(asked.space_uid, 0) < MOST_A_DAY:
            with apart(f"card request {asked.uid}"):
                lent[asked.space_uid] = lent.get(asked.space_uid, 0) + _answer(asked)
    session().flush()
    old = card_grant.c.granted_at < clock.now_ms() - DAYS * _DAY_MS
    query_old = select(card_grant).where(card_grant.c.ended_at.is_(None), old)
    for row in session().execute(query_old).all():
        with apart(f"loan of {row.row_uid}"):
            end(row.space_uid, row.row_uid)


def _lent_today() -> dict[uuid.UUID, int]:
    """Return how many rows were lent to each space in the last day."""
    fresh = card_grant.c.granted_at > clock.now_ms() - _DAY_MS
    query = select(card_grant.c.space_uid, func.count()).where(fresh).group_by(card_grant.c.space_uid)
    return {row[0]: row[1] for row in session().execute(query)}


def _answer(asked: CardRequest) -> bool:
    """Answer one request; return True if a row is lent by it."""
    found = members.by_card(asked.card)
    if found is None or found.is_erased:
        asked.state = CardState.UNKNOWN
        return False
    asked.state, asked.member_uid = CardState.GRANTED, found.uid
    if found.space_uid == asked.space_uid:
        return False
    grant(asked.space_uid, found.uid)
    return True


def grant(space: uuid.UUID, uid: uuid.UUID) -> None:
    """Lend a member's row to a space; lending it again renews the loan."""
    connection = session().connection()
    _forget(connection, space, uid)
    values = {"space_uid": space, "tab": _TAB, "row_uid": uid, "granted_at": clock.now_ms()}
    connection.execute(insert(card_grant).values(**values))
    _say(connection, space, (_TAB, uid))


def end(space: uuid.UUID, uid: uuid.UUID) -> None:
    """Take a row back. What the space recorded of her stays counted, without her name."""
    connection = session().connection()
    if _is_named(connection, space, uid):
        here = (card_grant.c.space_uid == space) & (card_grant.c.row_uid == uid)
        connection.execute(update(card_grant).where(here).values(ended_at=clock.now_ms()))
    else:
        _forget(connection, space, uid)
    asked = select(CardRequest).where(CardRequest.space_uid == space, CardRequest.member_uid == uid)
    for one in session().scalars(asked):
        one.state = CardState.ENDED
    session().flush()
    _say(connection, space, (_TAB, uid))


def take_back(space: uuid.UUID, uid: uuid.UUID) -> None:
    """End a loan because somebody decided so. Raises NotFound where there never was one."""
    _lent(space, uid)
    end(space, uid)


def lend_again(space: uuid.UUID, uid: uuid.UUID) -> None:
    """Lend a row once more, as it was asked for: the undo of `take_back`; raises NotFound as it does."""
    requests = _lent(space, uid)
    for one in requests:
        if one.state == CardState.ENDED:
            one.state = CardState.GRANTED
    session().flush()
    grant(space, uid)


def _lent(space: uuid.UUID, uid: uuid.UUID) -> Sequence[CardRequest]:
    """Return what that space asked of this card, which is why it has it or had it."""
    mine = (CardRequest.space_uid == space, CardRequest.member_uid == uid, CardRequest.deleted_at.is_(None))
    found = session().scalars(select(CardRequest).where(*mine)).all()
    known = members.by_uids({uid}).get(uid)
    if not found or known is None or known.is_erased:
        raise NotFound(msg("Cette carte n’est pas prêtée à cet espace."))
    return found


def _forget(connection: Connection, space: uuid.UUID, uid: uuid.UUID) -> None:
    here = (card_grant.c.space_uid == space) & (card_grant.c.row_uid == uid)
    connection.execute(delete(card_grant).where(here))


def _say(connection: Connection, space: uuid.UUID, place: Place) -> None:
    """Mention the row in that space's scope: its kiosks receive it, or hear that it left."""
    journal = Journal(connection)
    journal.load([place])
    if place in journal.registers:
        n = journal.mention(place, f"space:{space.hex}")
        journal.registers[place].tell(n)
        journal.flush()


def _is_named(connection: Connection, space: uuid.UUID, uid: uuid.UUID) -> bool:
    """Tell whether a record of that space names her by a key."""
    for model in synced_models().values():
        table: Any = model.__table__
        if "space_uid" not in table.c or model.__tablename__ == _TAB:
            continue
        keys = [key.parent for key in table.foreign_keys if key.column.table.name == _TAB]
        for column in keys:
            mine = select(column).where(column == uid, table.c.space_uid == space).limit(1)
            if connection.scalar(mine) is not None:
                return True
    return False


def loans() -> list[Loan]:
    """Return the cards lent now, the oldest loan first."""
    query = select(card_grant).where(card_grant.c.ended_at.is_(None)).order_by(card_grant.c.granted_at)
    rows = session().execute(query).all()
    known = members.by_uids({row.row_uid for row in rows})
    return [
        Loan(
            row.space_uid,
            row.row_uid,
            known[row.row_uid].card if row.row_uid in known else "",
            row.granted_at,
        )
        for row in rows
    ]
