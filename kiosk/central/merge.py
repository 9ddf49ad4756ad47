"""Merging what arrived: field registers with bases, whole batches at a time.

An edit carries the version it was based on. What its author had seen, or what
his own log already held, it replaces whatever the clocks say; only a truly
concurrent edit is decided by the clock, clamped to the centre's, and the loser
is kept. A change that cannot be applied is held and lets the others pass.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError, IntegrityError

from kiosk.central import conflicts, lineage
from kiosk.central.clocks import Lacks
from kiosk.central.conflicts import Loser
from kiosk.central.journal import Journal, Registers, Setting
from kiosk.central.models import APPLIED, HELD, REJECTED
from kiosk.central.verdict import Edit, Standing, Verdict, agreed, judge
from kiosk.storage.base import Synced, synced_models
from kiosk.storage.changes import INSERT, SCHEMA, Authored
from kiosk.storage.versions import lifted
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import (
    Incoming,
    Place,
    Unreadable,
    Values,
    existing,
    grouped,
    parents,
    read_fields,
    required,
    write,
)

_CLOCK_BITS = 16
_BAD = (IntegrityError, DataError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Arrived:
    """One received change: where it stands in its stream, what it says, whether it was held meanwhile."""

    seq: int
    entry: Authored
    late: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a change; `n` is the commit that covers it, None while held."""

    arrived: Arrived
    state: str
    n: int | None = None
    reason: str | None = None
    missing: uuid.UUID | None = None


@dataclass(frozen=True)
class Sender:
    """Whose changes: the stream, and the only space whose rows it may write."""

    stream: uuid.UUID
    space: uuid.UUID


def apply(connection: Connection, sender: Sender, arrived: Sequence[Arrived], now_ms: int) -> list[Outcome]:
    """Apply changes in order; what the database refuses is found by halves and held alone."""
    if not arrived:
        return []
    try:
        with connection.begin_nested():
            return Batch(connection, sender, arrived, now_ms).run()
    except _BAD:
        if len(arrived) == 1:
            return [Outcome(arrived[0], HELD, reason="value")]
    half = len(arrived) // 2
    first = apply(connection, sender, arrived[:half], now_ms)
    return first + apply(connection, sender, arrived[half:], now_ms)


class Batch:
    """A run of changes of one stream, merged in memory and written together."""

    def __init__(
        self, connection: Connection, sender: Sender, arrived: Sequence[Arrived], now_ms: int
    ) -> None:
        self._connection, self._sender, self._arrived = connection, sender, arrived
        self._latest = now_ms << _CLOCK_BITS
        self._lacks = Lacks(connection, sender.stream, [one.entry for one in arrived])
        self._journal = Journal(connection)
        self._rows: dict[Place, Values] = {}
        self._there: set[Place] = set()
        self._own: set[bytes] = set()
        self._later: dict[bytes, set[bytes]] = {}
        self._written: dict[Place, Values] = {}
        self._losers: list[Loser] = []

    def run(self) -> list[Outcome]:
        """Decide each change, then write rows, registers, commits and losers."""
        values = [self._read(one) for one in self._arrived]
        self._load(values)
        before = dict(self._rows)
        outcomes = [self._decide(one, v) for one, v in zip(self._arrived, values, strict=True)]
        changed = [Incoming(*place, fields) for place, fields in self._written.items()]
        write(self._connection, changed, before)
        self._journal.flush()
        conflicts.keep(self._connection, self._journal, self._sender.space, self._losers)
        return outcomes

    def _read(self, one: Arrived) -> Values | str:
        """Return the typed fields of a change, or the reason why it must wait."""
        change = one.entry.change
        model = synced_models().get(change.tab)
        if model is None or change.schema > SCHEMA:
            return "schema"
        try:
            return read_fields(model, lifted(change))
        except Unreadable as error:
            return "schema" if str(error).startswith("unknown field") else "value"

    def _load(self, values: Sequence[Values | str]) -> None:
        places, wanted = set(), set()
        for one, fields in zip(self._arrived, values, strict=True):
            if isinstance(fields, dict):
                change = one.entry.change
                places.add((change.tab, change.row_uid))
                wanted |= parents(synced_models()[change.tab], fields)
        self._rows = existing(self._connection, places)
        self._there = set(self._rows) | present(self._connection, wanted - places)
        self._journal.load(places)
        seen = {s.op for r in self._journal.registers.values() for s in (r.insert, *r.fields.values())}
        self._own = lineage.own(self._connection, self._sender.stream, seen)
        waited = [one.entry.op_id for one in self._arrived if one.late]
        self._later = lineage.later(self._connection, waited, seen)

    def _decide(self, one: Arrived, fields: Values | str) -> Outcome:
        change = one.entry.change
        place = (change.tab, change.row_uid)
        if isinstance(fields, str):
            return Outcome(one, HELD, reason=fields)
        model, row = synced_models()[change.tab], self._rows.get(place)
        if row is None and change.op != INSERT:
            return Outcome(one, HELD, reason="parent", missing=change.row_uid)
        merged = {**(row or _blank(model)), **fields}
        if not self._may_write(model, change.row_uid, row, merged):
            return Outcome(one, REJECTED, n=self._show_again(place, fields), reason="scope")
        lacking = parents(model, fields) - self._there
        if lacking:
            return Outcome(one, HELD, reason="parent", missing=min(uid for _, uid in lacking))
        if row is None and any(merged[name] is None for name in required(model)):
            return Outcome(one, HELD, reason="value")
        n = self._merge(one.entry, model, place, fields)
        if one.late:  # meanwhile its author may show something else
            n = self._journal.say_again(place, fields)
        return Outcome(one, APPLIED, n=n)

    def _may_write(self, model: type[Synced], uid: uuid.UUID, row: Values | None, merged: Values) -> bool:
        owners = {model.owner(uid, merged)} | ({model.owner(uid, row)} if row else set())
        return owners == {self._sender.space} and not model.reserved(row, merged)

    def _show_again(self, place: Place, fields: Values) -> int:
        """Mention the row, so that a kiosk which shows something else receives it."""
        if place not in self._journal.registers:
            return self._journal.n
        return self._journal.say_again(place, fields)

    def _merge(self, entry: Authored, model: type[Synced], place: Place, fields: Values) -> int:
        row, known = self._rows.get(place), self._journal.registers.get(place)
        edits = {name: self._edit(entry, value) for name, value in fields.items()}
        stands = {name: _standing(row, known, name) for name in fields}
        verdicts = {n: self._judge(model, n, edits[n], stands[n]) for n in fields}
        won = {name for name, verdict in verdicts.items() if verdict in (Verdict.SAW, Verdict.WINS)}
        for name, verdict in verdicts.items():
            self._keep_loser(place, name, verdict, edits[name], stands[name])
        after = {**(row or _blank(model)), **{name: fields[name] for name in won}}
        scope, as_sent = model.scope(place[1], after), len(won) == len(fields)
        n = self._journal.mention(place, scope, self._sender.stream if as_sent else None)
        by = Setting((self._journal.epoch, n), self._eff(entry), entry.op_id, n)
        self._journal.set(place, scope, won, by, whole=row is None)
        self._journal.touch(place, fields.keys() - won, n)
        self._agree(place, [name for name in fields if verdicts[name] is Verdict.AGREES], edits, n)
        self._rows[place] = after
        self._there.add(place)
        self._own.add(entry.op_id)
        self._written.setdefault(place, {}).update({name: fields[name] for name in won})
        return n

    def _judge(self, model: type[Synced], name: str, edit: Edit, stands: Standing) -> Verdict:
        if stands.by is not None and stands.by.op in self._later.get(edit.op, ()):
            return Verdict.OVER
        return judge(model, name, edit, stands, self._own)

    def _eff(self, entry: Authored) -> int:
        """A clock in 2099 says no more than now."""
        return min(self._lacks.hlc(entry), self._latest)

    def _edit(self, entry: Authored, value: Any) -> Edit:
        return Edit(value, entry.op_id, self._eff(entry), entry.change.base)

    def _agree(self, place: Place, names: Iterable[str], edits: dict[str, Edit], n: int) -> None:
        for name in names:
            known = self._journal.registers[place]
            now = known.fields.get(name, known.insert)
            known.fields[name] = agreed(edits[name], now, (self._journal.epoch, n))

    def _keep_loser(self, place: Place, name: str, verdict: Verdict, edit: Edit, stands: Standing) -> None:
        if verdict in (Verdict.SAW, Verdict.OVER) or edit.value == stands.value or stands.by is None:
            return
        now = stands.by
        if verdict is Verdict.LOSES:
            self._losers.append(Loser(place, name, edit.value, edit.op, edit.eff, now.op, now.eff))
        else:
            self._losers.append(Loser(place, name, stands.value, now.op, now.eff, edit.op, edit.eff))


def _standing(row: Values | None, known: Registers | None, name: str) -> Standing:
    value = (row or {}).get(name)
    return Standing(value, known.current(name, value is not None) if known else None)


def _blank(model: type[Synced]) -> Values:
    return {column.name: None for column in model.__table__.columns}


def present(connection: Connection, places: Iterable[Place]) -> set[Place]:
    """Return which of these rows exist."""
    found: set[Place] = set()
    for tab, uids in grouped(places).items():
        table = synced_models()[tab].__table__
        for some in chunks(uids):
            rows = connection.scalars(select(table.c.uid).where(table.c.uid.in_(some)))
            found |= {(tab, uid) for uid in rows}
    return found
