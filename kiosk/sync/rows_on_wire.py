"""How a change is written inside a frame.

`[table, row, op, fields, clock step, extras]`: the clock as a step from the row
before, extras only where they say something (`b` base, `a` actor, `n` boot, `s`
schema, `w` the author of a change that moved to another stream). Op ids do not
travel: both sides compute them from the canonical row. The one exception is `e`,
the op id of a change that an erasure emptied; the centre takes it for rows it erased.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kiosk.storage.changes import DELETE, INSERT, UPDATE, Authored, Change, op_id
from kiosk.sync.document import identifier, natural, octets, parts
from kiosk.sync.frame import FrameError, parsed

_HLC_LIMIT = 2**62
LONGEST_TEXT, _BEGINNING = 512 * 1024, 1_000
_UNSAID = 1
"""The schema of a row that names none; it is what it was when such rows were first written."""


@dataclass(frozen=True)
class Opaque:
    """A change that the centre could not read: its name in the chain, and its row as plain text.

    `is_cut`: it is longer than a request may be, and the text only begins it.
    """

    op_id: bytes
    text: str
    is_cut: bool = False


def packed(entries: Iterable[Authored], stream: uuid.UUID, first: int) -> list[list[Any]]:
    """Return the rows of a frame whose first change has position `first` in `stream`."""
    rows, clock = [], 0
    for seq, entry in enumerate(entries, first):
        change = entry.change
        extras = _extras(entry, stream, seq)
        row = [change.tab, change.row_uid.hex, change.op, change.fields, change.hlc - clock]
        rows.append([*row, extras] if extras else row)
        clock = change.hlc
    return rows


def _extras(entry: Authored, stream: uuid.UUID, seq: int) -> dict[str, Any]:
    change = entry.change
    moved = (entry.author_stream, entry.author_seq) != (stream, seq)
    extras = {
        "a": change.actor.hex if change.actor else None,
        "b": list(change.base) if change.base else None,
        "e": entry.op_id.hex() if entry.emptied else None,
        "n": change.boot_no or None,
        "s": change.schema if change.schema != _UNSAID else None,
        "w": [entry.author_stream.hex, entry.author_seq] if moved else None,
    }
    return {name: value for name, value in extras.items() if value is not None}


def unpacked(rows: Iterable[Any], stream: uuid.UUID, first: int) -> list[Authored]:
    """Return the changes of a frame with their op ids; raises FrameError for a malformed row."""
    found, clock = [], 0
    for seq, row in enumerate(rows, first):
        entry = _entry(row, stream, seq, clock)
        clock = entry.change.hlc
        found.append(entry)
    return found


def _entry(row: Any, stream: uuid.UUID, seq: int, clock: int) -> Authored:
    if not isinstance(row, list) or len(row) not in (5, 6):
        raise FrameError("a row of five or six parts was expected")
    extras = row[5] if len(row) == 6 else {}
    if not isinstance(extras, dict) or not isinstance(row[3], dict):
        raise FrameError("a row holds an object of fields")
    author = (stream, seq) if "w" not in extras else _author(extras["w"])
    change = _change(row, extras, clock)
    try:
        name = octets(extras["e"]) if "e" in extras else op_id(*author, change)
        return Authored(change, *author, name, emptied="e" in extras)
    except UnicodeEncodeError as error:
        raise FrameError("half a character") from error


def _author(value: Any) -> tuple[uuid.UUID, int]:
    stream, seq = parts(value, 2)
    return identifier(stream), natural(seq)


def _change(row: list[Any], extras: dict[str, Any], clock: int) -> Change:
    tab, uid, op, fields, step = row[:5]
    if not isinstance(tab, str) or len(tab) > 60 or op not in (INSERT, UPDATE, DELETE):
        raise FrameError("an unknown kind of row")
    base = tuple(natural(part) for part in parts(extras["b"], 2)) if "b" in extras else None
    actor = identifier(extras["a"]) if "a" in extras else None
    schema, boot = natural(extras.get("s", _UNSAID)), natural(extras.get("n", 0))
    return Change(tab, identifier(uid), op, fields, base, schema, _clock(clock, step), boot, actor)  # type: ignore[arg-type]


def _clock(before: int, step: Any) -> int:
    if isinstance(step, bool) or not isinstance(step, int) or not 0 <= before + step < _HLC_LIMIT:
        raise FrameError("an impossible clock")
    return before + step


def as_text(entry: Authored, stream: uuid.UUID, seq: int) -> Opaque:
    """Return a change as text that any frame carries, whatever is in it and however long it is."""
    text = json.dumps(packed([entry], stream, seq)[0])
    is_cut = len(text) > LONGEST_TEXT
    return Opaque(entry.op_id, text[:_BEGINNING] if is_cut else text, is_cut)


def from_text(opaque: Opaque, stream: uuid.UUID, seq: int) -> Authored | None:
    """Return the change of such a text, None unless it reads and is the one it is named after."""
    try:
        entry = unpacked([parsed(opaque.text.encode())], stream, seq)[0]
    except ValueError:
        return None
    return entry if entry.op_id == opaque.op_id else None
