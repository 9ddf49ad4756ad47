"""What a paper says: plain texts and lists, made by a room, drawn by the press.

They travel as JSON, so nothing here is anything but text, numbers and lists.
Lengths are millimetres. An empty text leaves its place empty.
"""

from typing import TypedDict


class Head(TypedDict):
    """Who makes the paper: the space, where it is, the project and its partners; `label` at right."""

    place: str
    under: str
    label: str
    lines: list[str]


class Column(TypedDict):
    """A column of a table; `wide` 0 takes what the others leave. `bold` for what is looked for."""

    word: str
    wide: float
    bold: bool
    right: bool


class Folio(TypedDict):
    """One page of a sheet: its number (« Page 1 sur 2 »), its columns, its rows."""

    page: str
    columns: list[Column]
    rows: list[list[str]]


class Sheet(TypedDict):
    """An attendance sheet. A pair whose second text is empty leaves a dotted line to write on."""

    language: str
    title: str
    head: Head
    across: bool
    pairs: list[tuple[str, str]]
    code: str
    code_word: str
    folios: list[Folio]
    totals: list[list[str]]
    sign: str
    note: str


class Attestation(TypedDict):
    """One attestation. `signs` holds (role, name) of who signs; `code` is what the QR says."""

    head: Head
    title: str
    before: str
    name: str
    after: str
    course: str
    lines: list[str]
    made: list[str]
    signs: list[tuple[str, str]]
    stamp: str
    number: str
    code: str
    check: str


class Attestations(TypedDict):
    """A batch of attestations, a page each."""

    language: str
    title: str
    leaves: list[Attestation]


class Day(TypedDict):
    """A day of a programme: (hour, what, where and for whom, « Annulée » or nothing) a line."""

    day: str
    lines: list[tuple[str, str, str, str]]


class Programme(TypedDict):
    """A month of a space on paper; `page` is « Page %s sur %s », filled in as pages come."""

    language: str
    title: str
    head: Head
    page: str
    days: list[Day]
    none: str
    note: str


class Poster(TypedDict):
    """One session for a wall: pairs are (French, Bambara or nothing), the title is what the space wrote."""

    language: str
    title: str
    head: Head
    over: tuple[str, str]
    about: str
    days: list[tuple[str, str]]
    facts: list[tuple[str, str, str]]
    call: tuple[str, str]
    code: str
    code_word: str


class Card(TypedDict):
    """One member's card; `code` is what the QR says, `photo` a file of this machine, '' for none."""

    space: str
    name: str
    number: str
    code: str
    photo: str


class Cards(TypedDict):
    """Member cards, eight to a page."""

    language: str
    title: str
    cards: list[Card]
