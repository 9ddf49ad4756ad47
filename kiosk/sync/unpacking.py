"""Reading the changes of a version 2 frame: each value checked, or the whole refused."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kiosk.storage import versions
from kiosk.storage.changes import INSERT, Authored, Change, op_id
from kiosk.storage.clock import hlc_ms
from kiosk.storage.versions import Schema, Table
from kiosk.sync.document import Reader, identifier, natural, parts
from kiosk.sync.frame import FrameError
from kiosk.sync.packing import COUNTER, Course, Place, kind_of_edit
from kiosk.sync.refs import Named, long, natural_uid, positions, refreshed
from kiosk.sync.rows_on_wire import unpacked

_HLC_LIMIT = 2**62
Created = Callable[[uuid.UUID, Sequence[int]], Mapping[int, uuid.UUID]]
"""Tells which rows a stream's positions created."""


def created_nothing(_stream: uuid.UUID, _seqs: Sequence[int]) -> Mapping[int, uuid.UUID]:
    """Know of no position: enough for frames that name no earlier row."""
    return {}


def changes(reader: Reader, version: int, begin: Place, created: Created) -> list[Authored]:
    """Return the changes of a request's document, op ids recomputed; raises FrameError."""
    if version == 1:
        return unpacked(reader.items("c"), *begin)
    try:
        schema = versions.schema(reader.whole("schema"))
    except KeyError as error:
        raise FrameError("a schema that came later") from error
    seqs = positions(reader.items("q"))
    named = Named(reader.items("r"), reader.items("q"), created(begin[0], seqs) if seqs else {})
    return Unpacker(begin, named, schema).read(reader.items("c"))


class Unpacker:
    """Reads what a Packer wrote; raises FrameError for anything else."""

    def __init__(self, begin: Place, named: Named, schema: Schema) -> None:
        self._begin, self._named, self._schema = begin, named, schema
        self._order = schema.order
        self._course = Course(begin)

    def read(self, rows: Sequence[Any]) -> list[Authored]:
        """Return the changes with their op ids."""
        found: list[Authored] = []
        for part in rows:
            if isinstance(part, dict):
                self._hear(part)
            else:
                found.append(self._entry(part, self._begin[1] + len(found)))
                change = found[-1].change
                self._named.make(change.row_uid if change.op == INSERT else None)
                self._course.hlc = change.hlc
                self._course.author = (found[-1].author_stream, found[-1].author_seq + 1)
        return found

    def _hear(self, news: dict[str, Any]) -> None:
        if not news.keys() <= {"a", "n", "s", "w"}:
            raise FrameError("an unknown kind of news")
        if "w" in news:
            stream, seq = parts(news["w"], 2)
            self._course.author = (identifier(stream), natural(seq))
        self._course.said |= {name: value for name, value in news.items() if name != "w"}

    def _entry(self, row: Any, seq: int) -> Authored:
        if not isinstance(row, list) or len(row) < 2:
            raise FrameError("a row was expected")
        if isinstance(row[0], str):
            return unpacked([row], self._begin[0], seq)[0]
        change = self._change(row)
        author = self._course.author
        try:
            return Authored(change, *author, op_id(*author, change))
        except (UnicodeEncodeError, OverflowError) as error:
            raise FrameError("no change at all") from error

    def _change(self, row: list[Any]) -> Change:
        number, step = row[0], row[1]
        if isinstance(number, bool) or not isinstance(number, int):
            raise FrameError("a table was expected")
        index = number if number >= 0 else -1 - number
        if index >= len(self._order):
            raise FrameError("an unknown table")
        table, hlc, said = self._order[index], self._clock(step), self._course.said
        uid, op, base, fields = (
            self._insert(table, hlc, row[2:]) if number >= 0 else self._edit(table, row[2:])
        )
        actor = None if said["a"] is None else self._named.to(said["a"])
        schema, boot = natural(said["s"]), natural(said["n"])
        return Change(table.name, uid, op, fields, base, schema, hlc, boot, actor)

    def _clock(self, step: Any) -> int:
        before = self._course.hlc
        by, counter = (parts(step, 2)) if isinstance(step, list) else (step, None)
        if isinstance(by, bool) or not isinstance(by, int):
            raise FrameError("an impossible clock")
        counter = (0 if by else before % COUNTER + 1) if counter is None else natural(counter)
        hlc = (hlc_ms(before) + by) * COUNTER + counter
        if counter >= COUNTER or not 0 <= hlc < _HLC_LIMIT:
            raise FrameError("an impossible clock")
        return hlc

    def _insert(self, table: Table, hlc: int, rest: list[Any]) -> tuple[uuid.UUID, str, None, dict[str, Any]]:
        uid: uuid.UUID | None = None
        if not table.key:
            uid, rest = self._own_name(hlc, rest)
        if len(rest) > len(table.columns):
            raise FrameError("more values than columns")
        fields = dict(zip(table.columns, rest, strict=False))
        fields = self._values(table, {name: value for name, value in fields.items() if value is not None})
        uid = uid or natural_uid(table, fields)
        if uid is None:
            raise FrameError("a row without its key")
        return uid, INSERT, None, fields

    def _own_name(self, hlc: int, rest: list[Any]) -> tuple[uuid.UUID, list[Any]]:
        if rest and isinstance(rest[0], str):
            return long(rest[0]), rest[1:]
        if len(rest) < 2 or isinstance(rest[0], bool) or not isinstance(rest[0], int):
            raise FrameError("an id was expected")
        self._course.stamp = self._course.expected_stamp(hlc) + rest[0]
        return refreshed(self._course.stamp, rest[1]), rest[2:]

    def _edit(
        self, table: Table, rest: list[Any]
    ) -> tuple[uuid.UUID, str, tuple[int, int] | None, dict[str, Any]]:
        if len(rest) < 2 or len(rest) % 2:
            raise FrameError("an edit says a row, a base and pairs")
        numbers = [natural(number) for number in rest[2::2]]
        if any(number >= len(table.columns) for number in numbers) or len(set(numbers)) < len(numbers):
            raise FrameError("an unknown column")
        fields = dict(zip((table.columns[number] for number in numbers), rest[3::2], strict=True))
        fields = self._values(table, fields)
        return self._named.to(rest[0]), kind_of_edit(fields), self._base(rest[1]), fields

    def _values(self, table: Table, fields: dict[str, Any]) -> dict[str, Any]:
        for name in table.refs.keys() & fields.keys():
            if fields[name] is not None:
                fields[name] = self._named.to(fields[name]).hex
        return fields

    def _base(self, said: Any) -> tuple[int, int] | None:
        if said is None:
            return None
        before = self._course.base
        if isinstance(said, list):
            epoch, n = parts(said, 2)
        else:
            epoch, n = before[0], (said + before[1] if isinstance(said, int) else said)
        self._course.base = natural(epoch), natural(n)
        return self._course.base
