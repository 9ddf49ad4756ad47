"""One row of a file as it is understood, and what its reading rests on."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kiosk.language import Message
from kiosk.members.fields.own import Question
from kiosk.members.importer.columns import Column
from kiosk.members.importer.sheet import Cell


@dataclass(slots=True)
class Line:
    """One row of a file.

    `said` holds only what the row says: fields of `Member`, and `consent:<purpose>`
    with (granted, day). `card` is one of our printed numbers. `skip` says why the
    row is left out, `fault` what must be corrected before it can be written,
    `remarks` what to look at. `print` is a hash of all it says. `row` holds its cells
    as the file gives them, under `titles`.
    """

    place: str
    label: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    card: str | None = None
    remarks: list[Message] = field(default_factory=list)
    skip: Message | None = None
    fault: Message | None = None
    print: str = ""
    row: Sequence[Cell] = ()
    titles: Sequence[Column] = ()


class Answer(NamedTuple):
    """A cell that holds something: as the file gives it, and as text."""

    cell: Cell
    text: str


@dataclass(frozen=True)
class Context:
    """What a row is read with.

    The day its ages were true; communes by folded name and p-code; codes by folded word, list by
    list; partners by folded name; fields of one's own by key.
    """

    file_day: datetime.date
    communes: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    partners: Mapping[str, uuid.UUID] = field(default_factory=dict)
    own: Mapping[str, Question] = field(default_factory=dict)
