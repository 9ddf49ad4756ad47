"""What the coordination may know of its kiosks."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, func, select

from kiosk.central import floors, nodes, reach
from kiosk.central.models import (
    APPLIED,
    HELD,
    REJECTED,
    conflict,
    enrol_code,
    inbox,
    node,
    quarantine,
    stream,
)
from kiosk.language import sort_key
from kiosk.places import queries as places
from kiosk.storage import clock, session

SILENT_DAYS = 7
_DAY_MS = 86_400_000
_LIVE_DAYS = 60
_OVERLAP_MS = 2_000


@dataclass(frozen=True)
class Kiosk:
    """One enrolled machine, as it was when last seen. Moments in ms, `disk_free` in bytes.

    `waiting` is what it said it had more, `clock_offset` (ms) what its clock lacked;
    `is_behind`: the log no longer goes back to where it stands, it will get everything.
    """

    node_no: int
    space_uid: uuid.UUID
    code: str
    name: str
    enrolled_at: int
    revoked_at: int | None
    last_seen: int | None
    received: int
    held: int
    rejected: int
    position: int
    waiting: int
    program: str
    twins: bool
    quarantined: int
    replaced_by: int | None = None
    clock_offset: int | None = None
    clock_quality: int | None = None
    disk_free: int | None = None
    is_behind: bool = False

    @property
    def state(self) -> str:
        """`revoked`, `twins`, `new` (never seen), `stale` (silent, and behind), `silent` (a week) or `ok`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.twins:
            return "twins"
        if self.last_seen is None:
            return "new"
        if clock.now_ms() - self.last_seen <= SILENT_DAYS * _DAY_MS:
            return "ok"
        return "stale" if self.is_behind else "silent"


@dataclass(frozen=True)
class OpenCode:
    """A code nobody has used yet; the code itself is not kept. `replaces`: the machine that it retires."""

    code: str
    name: str
    expires_at: int
    replaces: int | None = None


def kiosks() -> list[Kiosk]:
    """Return every enrolled machine, by space and number."""
    streams, names = defaultdict(list), _names()
    for row in session().execute(select(stream)):
        streams[row.node_no].append(row)
    counts, aside, low = _counts(), _quarantined(), floors.by_scope(session().connection())
    rows = session().execute(select(node).where(nodes.enrolled())).all()
    found = [
        _kiosk(row, streams[row.node_no], counts[row.node_no], aside.get(row.node_no, 0), _low(row, low))
        for row in rows
    ]
    named = [replace(one, name=names.get(one.space_uid, one.name)) for one in found]
    return sorted(named, key=lambda one: (sort_key(one.name), one.node_no))


def _names() -> dict[uuid.UUID, str]:
    """Return what spaces are called today: a machine was often enrolled before its name was known."""
    return {one.uid: one.name for one in places.spaces()}


def kiosk(node_no: int) -> Kiosk | None:
    """Return one machine."""
    return next((one for one in kiosks() if one.node_no == node_no), None)


def _low(row: Row[Any], low: dict[str, int]) -> int:
    """Return where the log begins for the machines of a space."""
    return max(low.get(scope, 0) for scope in reach.scopes(row.space_uid))


def _kiosk(row: Row[Any], streams: list[Row[Any]], counts: dict[str, int], aside: int, low: int = 0) -> Kiosk:
    newest = max(streams, key=lambda one: (one.last_seen, one.opened_at), default=None)
    return Kiosk(
        node_no=row.node_no,
        space_uid=row.space_uid,
        code=row.code,
        name=row.name,
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
        last_seen=newest.last_seen if newest else None,
        received=counts[APPLIED],
        held=counts[HELD],
        rejected=counts[REJECTED],
        position=newest.have if newest else 0,
        waiting=max(newest.last - newest.have, 0) if newest else 0,
        program=newest.program if newest else "",
        twins=_twins(streams),
        quarantined=aside,
        replaced_by=row.replaced_by,
        clock_offset=newest.clock_offset if newest else None,
        clock_quality=newest.clock_quality if newest else None,
        disk_free=newest.disk_free if newest else None,
        is_behind=newest is not None and newest.cursor_n is not None and newest.cursor_n < low,
    )


def _counts() -> dict[int, dict[str, int]]:
    query = select(stream.c.node_no, inbox.c.state, func.count().label("total"))
    query = query.join(stream, stream.c.stream_uid == inbox.c.stream_uid).where(inbox.c.first)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in session().execute(query.group_by(stream.c.node_no, inbox.c.state)):
        found[row.node_no][row.state] = row.total
    return found


def _quarantined() -> dict[int, int]:
    query = select(quarantine.c.node_no, func.count().label("total")).group_by(quarantine.c.node_no)
    return {row.node_no: row.total for row in session().execute(query)}


@dataclass(frozen=True)
class Twin:
    """One of several machines that speak with one key: when it was heard, what it is made of."""

    last_seen: int
    received: int
    program: str
    board: str


def twins(node_no: int) -> list[Twin]:
    """Return the machines that use one key, the one heard last first; a single one is no twin."""
    live = _live(_streams(node_no))
    if not _twins(live):
        return []
    heard = sorted(live, key=lambda one: -one.last_seen)
    return [Twin(one.last_seen, one.have, one.program, one.machine.partition("|")[0][-8:]) for one in heard]


def has_twins(node_no: int) -> bool:
    """Tell whether several machines use one key."""
    return _twins(_streams(node_no))


def _streams(node_no: int) -> list[Row[Any]]:
    return list(session().execute(select(stream).where(stream.c.node_no == node_no)))


def _live(streams: list[Row[Any]]) -> list[Row[Any]]:
    recent = clock.now_ms() - _LIVE_DAYS * _DAY_MS
    return [one for one in streams if one.last_seen > recent and one.left_at is None]


def _twins(streams: list[Row[Any]]) -> bool:
    """Tell whether two machines use one key: an older stream spoke after a newer one opened."""
    live = sorted(_live(streams), key=lambda one: one.opened_at)
    return any(
        older.last_seen > newer.opened_at + _OVERLAP_MS
        for at, older in enumerate(live)
        for newer in live[at + 1 :]
    )


def open_codes() -> list[OpenCode]:
    """Return the codes that still wait for their kiosk."""
    unused = enrol_code.c.used_by.is_(None) & (enrol_code.c.expires_at >= clock.now_ms())
    rows = session().execute(select(enrol_code).where(unused).order_by(enrol_code.c.made_at))
    names = _names()
    return [
        OpenCode(row.code, names.get(row.space_uid, row.name), row.expires_at, row.replaces) for row in rows
    ]


def held_reasons(node_no: int) -> dict[str, int]:
    """Return why changes of a machine are held: code of the reason to how many."""
    query = select(inbox.c.reason, func.count()).join(stream, stream.c.stream_uid == inbox.c.stream_uid)
    mine = (stream.c.node_no == node_no) & (inbox.c.state == HELD) & inbox.c.first
    return {
        reason or "": total for reason, total in session().execute(query.where(mine).group_by(inbox.c.reason))
    }


def conflicts() -> int:
    """Return how many values lost against a concurrent one and were kept."""
    return session().scalar(select(func.count()).where(conflict.c.resolved_by.is_(None))) or 0
