"""How changes are written in a frame of version 2: by position, without what follows from the rest.

An insert is `[table, step, (id,) column, column…]`, an edit `[-1-table, step, row, base,
column number, value…]`; tables and columns by their numbers in the schema, rows by
reference. The id of a new row is its distance from the row's clock and its random part,
or nothing at all where it follows from the values. An object between two rows says what
holds from there on: `a` who acts, `n` the power-up, `s` the schema, `w` the author of
changes that moved here. A row that does not fit is written as in version 1.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.storage.changes import DELETE, INSERT, UPDATE, Authored, Change
from kiosk.storage.clock import hlc_ms
from kiosk.storage.versions import Schema, Table
from kiosk.sync.refs import Names, fresh, natural_uid, short
from kiosk.sync.rows_on_wire import packed

COUNTER = 2**16
Place = tuple[uuid.UUID, int]


@dataclass
class Course:
    """What carries over from row to row, the same for who writes and who reads."""

    author: Place
    hlc: int = 0
    stamp: int = 0
    base: tuple[int, int] = (0, 0)
    said: dict[str, Any] = field(default_factory=lambda: {"a": None, "n": 0, "s": 1})

    def expected_stamp(self, hlc: int) -> int:
        """Return when the id of a new row was probably made (ms)."""
        return self.stamp if self.stamp and hlc_ms(hlc) == hlc_ms(self.hlc) else hlc_ms(hlc)


class Packer:
    """Writes the changes of a push; `places` are the positions that created rows named there."""

    def __init__(
        self, entries: Sequence[Authored], begin: Place, places: Mapping[uuid.UUID, int], schema: Schema
    ) -> None:
        self._entries, self._begin, self._schema = entries, begin, schema
        made = {e.change.row_uid: at for at, e in enumerate(entries) if e.change.op == INSERT}
        mentions = ((at, uid) for at, e in enumerate(entries) for _, uid in named_by(e.change, schema))
        self._names = Names(mentions, made, places)
        self._course = Course(begin)

    def document(self) -> dict[str, Any]:
        """Return the parts of the request's document that hold the changes."""
        rows = [part for at, entry in enumerate(self._entries) for part in self._parts(at, entry)]
        lists = {"r": self._names.whole, "q": self._names.steps, "c": rows}
        return {name: value for name, value in lists.items() if value}

    def _parts(self, at: int, entry: Authored) -> Iterator[Any]:
        course, change = self._course, entry.change
        row = None if entry.emptied else self._row(at, change)
        if row is None:
            yield packed([entry], self._begin[0], self._begin[1] + at)[0]
        else:
            yield from self._news(at, entry)
            yield row
        course.hlc = change.hlc
        course.author = (entry.author_stream, entry.author_seq + 1)

    def _news(self, at: int, entry: Authored) -> Iterator[dict[str, Any]]:
        """Yield what is not as it was for the row before."""
        course, change = self._course, entry.change
        actor = None if change.actor is None else self._names.of(change.actor, at)
        now: dict[str, Any] = {"a": actor, "n": change.boot_no, "s": change.schema}
        news: dict[str, Any] = {name: value for name, value in now.items() if course.said[name] != value}
        if course.author != (entry.author_stream, entry.author_seq):
            news["w"] = [entry.author_stream.hex, entry.author_seq]
        course.said = now
        if news:
            yield news

    def _row(self, at: int, change: Change) -> list[Any] | None:
        table = self._schema.tables.get(change.tab)
        if table is None or not change.fields.keys() <= table.names:
            return None
        coded = self._coded(at, table, change.fields)
        if coded is None:
            return None
        if change.op == INSERT:
            return self._insert(table, change, coded)
        return self._edit(at, table, change, coded)

    def _coded(self, at: int, table: Table, fields: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the values with references for ids, None where an id is none."""
        coded = dict(fields)
        for name in table.refs.keys() & fields.keys():
            uid = as_uid(fields[name])
            if fields[name] is not None:
                if uid is None:
                    return None
                coded[name] = self._names.of(uid, at)
        return coded

    def _insert(self, table: Table, change: Change, coded: dict[str, Any]) -> list[Any] | None:
        if change.base is not None or any(value is None for value in coded.values()):
            return None
        name = self._own_name(table, change)
        if name is None:
            return None
        last = max((at for at, column in enumerate(table.columns, 1) if column in coded), default=0)
        values = [coded.get(column) for column in table.columns[:last]]
        return [table.number, self._step(change.hlc), *name, *values]

    def _own_name(self, table: Table, change: Change) -> list[Any] | None:
        """Return what says a new row's id: nothing if it follows from the values."""
        if table.key:
            return [] if natural_uid(table, change.fields) == change.row_uid else None
        parts_ = fresh(change.row_uid)
        if parts_ is None:
            return [short(change.row_uid)]
        expected = self._course.expected_stamp(change.hlc)
        self._course.stamp = parts_[0]
        return [parts_[0] - expected, parts_[1]]

    def _edit(self, at: int, table: Table, change: Change, coded: dict[str, Any]) -> list[Any] | None:
        if change.op != kind_of_edit(change.fields):
            return None
        pairs = [part for n, c in enumerate(table.columns) if c in coded for part in (n, coded[c])]
        row = self._names.of(change.row_uid, at)
        return [-1 - table.number, self._step(change.hlc), row, self._base(change.base), *pairs]

    def _base(self, base: tuple[int, int] | None) -> Any:
        if base is None:
            return None
        before, self._course.base = self._course.base, base
        return base[1] - before[1] if base[0] == before[0] else list(base)

    def _step(self, hlc: int) -> Any:
        """Return the way from the clock of the row before: milliseconds, and the counter if it surprises."""
        before = self._course.hlc
        step = hlc_ms(hlc) - hlc_ms(before)
        counter = hlc % COUNTER
        return step if counter == (0 if step else before % COUNTER + 1) else [step, counter]


def kind_of_edit(fields: Mapping[str, Any]) -> str:
    """Return what an edit of these fields is: removing is the edit of a date."""
    return DELETE if fields.get("deleted_at") else UPDATE


def as_uid(value: Any) -> uuid.UUID | None:
    """Return the id a value holds, None unless it is one in its only spelling."""
    try:
        found = uuid.UUID(hex=value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.hex == value else None


def named_by(change: Change, schema: Schema) -> list[tuple[str, uuid.UUID]]:
    """Return the rows a change names, each with its table ('' for any).

    They are itself if it is an edit, what it refers to, and who acts.
    """
    table = schema.tables.get(change.tab)
    refs = table.refs.items() if table else ()
    values = ((target, as_uid(change.fields.get(name))) for name, target in refs)
    found = [(target, uid) for target, uid in values if uid]
    found += [] if change.op == INSERT else [(change.tab, change.row_uid)]
    return [*found, ("", change.actor)] if change.actor else found
