"""A lighter commit log at the centre: what every living kiosk has heard of goes.

What may go. A commit names a row and proves a position; values stand in the rows, and who
set them last in their registers, so the newest word on each field is never here. A commit
of a scope goes once it is `KEEP_DAYS` old and every machine that reads the scope stood
beyond it: those of its space, those a row of it was lent to, all of them for `all`. A
machine silent for `STALE_DAYS` is not waited for; like a new one, it gets everything. Days
are counted in days the centre itself noted, twelve more at least: a clock that jumped says
nothing. An old copy of a disk may ask from anywhere: `floors` answers it, not a hope.

What stays for ever: the first commit of each epoch (by them a kiosk knows what a restored
centre lost), the commits where machines stand (the proof of their cursors), the newest one
of a row in each scope it has left (an erasure goes wherever she was known), and whatever a
held change waits for.

Nothing of the `inbox` goes. Each op id is what makes a change count once, for ever: a card
from a drawer may bring it again after years. Its place and chain prove a stream; its row
and fields say what to tell again to who brings it; its author is named beside a value that
lost. What is left are values that were replaced since: kiosks let theirs go because they
are here, so this is the last place where a mark that was corrected, and by whom, can be
read when a donor asks. A text that is empty already is all that a second arrival keeps.

It works in short transactions and writes down the floor before anything below it goes: a
power cut leaves a log that is longer than it need be.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, or_, select, update

from kiosk.central import distribute
from kiosk.central.journal import ALL
from kiosk.central.models import (
    HELD,
    card_grant,
    commit_floor,
    commit_log,
    field_ver,
    inbox,
    log_day,
    node,
    stream,
)
from kiosk.storage import Store, clock, fault, transaction
from kiosk.sync.outbox import chunks

KEEP_DAYS, STALE_DAYS, WITNESSES = 30, 180, 12
STEP, SLICE_SECONDS = 200, 0.025
"""Commits looked at in a step, and how long a transaction goes on with steps: half of what
anybody may have to wait for, since the last step may be a slow one."""


def lighten(
    store: Store,
    silent: int = STALE_DAYS,
    breathe: Callable[[], bool] = lambda: False,
) -> int:
    """Let go of what may go; return how many commits.

    `silent` (days) is how long a machine may be silent and still be waited for. `breathe`
    is called between transactions and says whether to stop.
    """
    gone = 0
    with store.open() as current:
        with transaction():
            aged = _note_day(current.connection(), silent)
        if aged is None:
            return 0
        wanted = _wanted(current.connection(), *aged)
        current.rollback()
        for some in chunks(sorted(wanted.items()), 400):
            with transaction():
                _raise(current.connection(), dict(some))
            if breathe():
                return gone
        fault.at("floors.raised")
        for count in _slices():
            gone += count
            if breathe():
                break
    return gone


def _note_day(connection: Connection, silent: int) -> tuple[int, int] | None:
    """Note where the log ends today; return (commit old enough to go, moment before which silence is long).

    None where the centre has not lived long enough.
    """
    today, here = clock.now_ms() // clock.DAY_MS, log_day.c
    if clock.is_plausible(clock.local(clock.now_ms()).date()) and not connection.scalar(
        select(func.count()).where(here.day == today)
    ):
        connection.execute(insert(log_day).values(day=today, n=distribute.head(connection).n))
    days = connection.execute(select(log_day).where(here.day <= today).order_by(here.day)).all()
    old, long = _before(days, KEEP_DAYS), _before(days, silent)
    if old is None:
        return None
    return old.n, (long.day if long else -1) * clock.DAY_MS


def _before(days: Collection[Any], age: int) -> Any:
    """Return the newest noted day that is that old, with enough noted since."""
    noted = list(days)
    before = noted[: max(len(noted) - WITNESSES, 0)]
    return next((one for one in reversed(before) if one.day <= noted[-1].day - age), None)


def _wanted(connection: Connection, old: int, silent_since: int) -> dict[str, int]:
    """Return where the floor of each scope may be now."""
    stands, lent = _stands(connection, silent_since), _lent(connection)
    oldest = min(stands.values(), default=old)
    found = {}
    for scope in _scopes(connection):
        readers = lent[scope] | ({uuid.UUID(hex=scope[6:])} if scope.startswith("space:") else set())
        theirs = min((stands[space] for space in readers & stands.keys()), default=old)
        found[scope] = min(old, oldest if scope == ALL else theirs)
    return found


def _stands(connection: Connection, silent_since: int) -> dict[uuid.UUID, int]:
    """Return the commit up to which every living machine of a space has heard.

    A log that its machine left for another one is dead, unless it spoke after that: a copy did.
    """
    later = stream.alias()
    left = exists().where(later.c.parent_uid == stream.c.stream_uid, later.c.opened_at >= stream.c.last_seen)
    stands = func.min(func.coalesce(stream.c.proved_n, stream.c.cursor_n))
    query = select(node.c.space_uid, stands.label("n")).join(node, node.c.node_no == stream.c.node_no)
    living = (stream.c.last_seen >= silent_since) & stream.c.left_at.is_(None) & node.c.revoked_at.is_(None)
    rows = connection.execute(query.where(living, ~left).group_by(node.c.space_uid))
    return {row.space_uid: row.n for row in rows if row.n is not None}


def _lent(connection: Connection) -> dict[str, set[uuid.UUID]]:
    """Return the spaces that rows of each scope were lent to."""
    place = (field_ver.c.tab == card_grant.c.tab) & (field_ver.c.row_uid == card_grant.c.row_uid)
    found: dict[str, set[uuid.UUID]] = defaultdict(set)
    for row in connection.execute(select(field_ver.c.scope, card_grant.c.space_uid).join(card_grant, place)):
        found[row.scope].add(row.space_uid)
    return found


def _scopes(connection: Connection) -> Iterator[str]:
    """Yield every scope of the log, one look at the index each."""
    last: str | None = ""
    while last is not None:
        last = connection.scalar(select(func.min(commit_log.c.scope)).where(commit_log.c.scope > last))
        if last is not None:
            yield last


def _raise(connection: Connection, wanted: dict[str, int]) -> None:
    """Write floors down, never a lower one."""
    query = select(commit_floor).where(commit_floor.c.scope.in_(wanted))
    known = {row.scope: row.n for row in connection.execute(query)}
    for scope, n in wanted.items():
        if scope not in known:
            connection.execute(insert(commit_floor).values(scope=scope, n=n, swept=0))
        elif n > known[scope]:
            connection.execute(update(commit_floor).where(commit_floor.c.scope == scope).values(n=n))


def _slices() -> Iterator[int]:
    """Sweep in transactions of their own until all is swept; yield how many commits went in each."""
    more = True
    while more:
        with transaction() as current:
            gone, more = _sweep(current.connection(), clock.monotonic() + SLICE_SECONDS)
        fault.at("floors.swept")
        yield gone


def _sweep(connection: Connection, until: float) -> tuple[int, bool]:
    """Sweep for a moment; return how many commits went, and whether there is more."""
    gone, floor = 0, commit_floor.c
    starts = {1, *(n + 1 for n in distribute.ends(connection).values())}
    query = select(commit_floor).where(floor.swept < floor.n).order_by(floor.scope).limit(1)
    while clock.monotonic() < until:
        row = connection.execute(query).first()
        if row is None:
            return gone, False
        log, span = commit_log.c, (commit_log.c.scope == row.scope, commit_log.c.n < row.n)
        here = select(log.n).where(*span, log.n >= row.swept).order_by(log.n).limit(STEP)
        found = connection.scalars(here).all()
        spare = log.n.in_([n for n in found if n not in starts]) & _is_spare()
        gone += connection.execute(delete(commit_log).where(spare)).rowcount
        swept = found[-1] + 1 if len(found) == STEP else row.n
        connection.execute(update(commit_floor).where(floor.scope == row.scope).values(swept=swept))
    return gone, True


def _is_spare() -> ColumnElement[bool]:
    """Return the condition that nobody needs a commit below its floor."""
    log, later = commit_log.c, commit_log.alias()
    same = (later.c.row_uid == log.row_uid) & (later.c.tab == log.tab) & (later.c.scope == log.scope)
    said_since = exists().where(same, later.c.n > log.n)
    here = (field_ver.c.tab == log.tab) & (field_ver.c.row_uid == log.row_uid)
    is_home = exists().where(here, field_ver.c.scope == log.scope)
    awaited = select(inbox.c.missing).where(inbox.c.state == HELD, inbox.c.missing.is_not(None))
    stood = [select(c).where(c.is_not(None)) for c in (stream.c.cursor_n, stream.c.proved_n)]
    kept = or_(log.row_uid.in_(awaited), *(log.n.in_(one) for one in stood))
    return or_(is_home, said_since) & ~kept
