"""The two documents of an exchange: what a kiosk asks, what the centre answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.storage import versions
from kiosk.storage.changes import SCHEMA, Authored
from kiosk.sync.asides import NOTHING, About, read_about, read_key, read_pair, read_places
from kiosk.sync.document import Reader, filled, identifier, natural, octets, parts
from kiosk.sync.former import Former, read_former
from kiosk.sync.frame import FrameError
from kiosk.sync.items import Item, by_position, in_full, read_items, told_schema
from kiosk.sync.packing import Packer
from kiosk.sync.rows_on_wire import Opaque, packed
from kiosk.sync.unpacking import Created, changes, created_nothing

VERSIONS = (1, 2)
OK, FORK, REGRESS = "ok", "fork", "regress"
Origin = tuple[uuid.UUID, int, bytes]
Place = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class Request:
    """A push and the place to pull from.

    `rows` are its changes, or else `opaque` is the only one. `first` and `prev` say
    where they attach, `head` the chain after them, `last` how far the log goes,
    `epoch` the centre's as last heard. `resume` continues a snapshot, `limit` is how
    many rows a page may hold.
    """

    stream: uuid.UUID
    origin: Origin | None
    first: int
    prev: bytes
    rows: tuple[Authored, ...]
    head: bytes
    last: int
    settled: int
    cursor: str
    epoch: int = 0
    resume: str = ""
    limit: int = 500
    machine: str = ""
    program: str = ""
    schema: int = SCHEMA
    opaque: Opaque | None = None
    wants_seal: bool = False
    about: About = NOTHING
    version: int = 1
    reads: int = 1
    places: Mapping[uuid.UUID, int] = field(default_factory=dict)

    @property
    def ops(self) -> list[bytes]:
        """The names of what is pushed, in order."""
        return [self.opaque.op_id] if self.opaque else [row.op_id for row in self.rows]

    def document(self) -> dict[str, Any]:
        """Return the JSON document of the request."""
        origin = [self.origin[0].hex, self.origin[1], self.origin[2].hex()] if self.origin else None
        heads = {"prev": self.prev.hex(), "head": self.head.hex(), "stream": self.stream.hex}
        places = {"first": self.first, "last": self.last, "settled": self.settled, "limit": self.limit}
        pull = {"cursor": self.cursor, "resume": self.resume, "epoch": self.epoch, "parent": origin}
        about = {"v": self.version, "schema": self.schema, "machine": self.machine, "program": self.program}
        raw: dict[str, Any] = {"raw": [self.opaque.op_id.hex(), self.opaque.text]} if self.opaque else {}
        raw |= {"seal": True} if self.wants_seal else {}
        raw |= {"cut": True} if self.opaque and self.opaque.is_cut else {}
        raw |= self.about.document()
        raw |= {"reads": self.reads} if self.reads > self.version else {}
        whole = self._shortened({**about, **heads, **places, **pull})
        return {**whole, **raw, **self._changes()}

    def _shortened(self, document: dict[str, Any]) -> dict[str, Any]:
        return document if self.version == 1 else filled(document)

    def _changes(self) -> dict[str, Any]:
        if self.version == 1:
            return {"c": packed(self.rows, self.stream, self.first)}
        place = (self.stream, self.first)
        return Packer(self.rows, place, self.places, versions.schema(self.schema)).document()


def read_request(document: Any, created: Created = created_nothing) -> Request:
    """Return the request of a document, op ids recomputed; raises FrameError."""
    reader = Reader(document)
    stream, first, version = reader.uid("stream"), reader.whole("first"), reader.whole("v")
    if version not in VERSIONS or first < 1:
        raise FrameError("another protocol")
    return Request(
        stream=stream,
        origin=_origin(reader),
        first=first,
        prev=reader.link("prev"),
        rows=tuple(changes(reader, version, (stream, first), created)),
        head=reader.link("head"),
        last=reader.whole("last"),
        settled=reader.whole("settled"),
        cursor=reader.text("cursor"),
        epoch=reader.whole("epoch"),
        resume=reader.text("resume", 300),
        limit=min(max(reader.whole("limit"), 1), 5000),
        machine=reader.text("machine"),
        program=reader.text("program", 40),
        schema=reader.whole("schema"),
        opaque=_opaque(reader),
        wants_seal=reader.has("seal"),
        about=read_about(reader),
        version=version,
        reads=reader.whole("reads") if reader.has("reads") else version,
    )


def _opaque(reader: Reader) -> Opaque | None:
    if not reader.has("raw"):
        return None
    name, text = parts(reader.items("raw"), 2)
    if not isinstance(text, str) or reader.items("c"):
        raise FrameError("an unreadable change travels alone, as text")
    return Opaque(octets(name), text, reader.has("cut"))


def _origin(reader: Reader) -> Origin | None:
    if not reader.has("parent"):
        return None
    stream, seq, link = parts(reader.items("parent"), 3)
    return identifier(stream), natural(seq), octets(link)


@dataclass(frozen=True)
class Page:
    """A piece of the centre's log after `since`, or of a snapshot when `full`.

    `key` is where this piece of a snapshot starts, `resume` where the next one does.
    `left` names rows that are no longer for this kiosk, `former` what a centre that was
    put back has left of its earlier times.
    """

    since: str
    cursor: str
    items: tuple[Item, ...] = ()
    full: bool = False
    key: str = ""
    resume: str = ""
    more: bool = False
    left: tuple[Place, ...] = ()
    former: Former | None = None


@dataclass(frozen=True)
class Reply:
    """The centre's answer: what it holds of the stream, and a page.

    `probes` are (position, chain) at the head and at growing distances below it;
    `settled` is the position whose outcome the page's cursor covers, except `held`.
    `seal` is the centre's public sealing key (base64), for a kiosk that asked for it,
    `lease` a block of printed numbers (first, last) for one that runs out of them;
    `saved` is the position that a declared copy of the centre, kept elsewhere, holds,
    `rekey` a new key (its name, its masked secret) that takes the old one's place once used.
    `twins`: two machines speak with this key. `heard`: when the report that came was made.
    """

    stream: uuid.UUID
    epoch: int
    kind: str
    probes: tuple[tuple[int, bytes], ...]
    settled: int
    page: Page
    held: tuple[tuple[int, str], ...] = ()
    rejected: tuple[tuple[int, str], ...] = ()
    now: int = 0
    seal: str = ""
    lease: tuple[int, int] | None = None
    twins: bool = False
    heard: int = 0
    saved: int = 0
    rekey: tuple[str, str] | None = None
    version: int = 1
    schema: int = SCHEMA

    def document(self, asked: int = SCHEMA) -> dict[str, Any]:
        """Return the JSON document of the reply to a machine of schema `asked`."""
        page = self.page
        pull = {"since": page.since, "cursor": page.cursor, "full": page.full, "more": page.more}
        places = {"key": page.key, "resume": page.resume, "settled": self.settled, "now": self.now}
        about = {"v": self.version, "stream": self.stream.hex, "epoch": self.epoch, "kind": self.kind}
        probes = [[seq, link.hex()] for seq, link in self.probes]
        held = {"held": [list(pair) for pair in self.held], "rejected": [list(p) for p in self.rejected]}
        extra: dict[str, Any] = {"seal": self.seal} if self.seal else {}
        extra |= {"lease": list(self.lease)} if self.lease else {}
        extra |= {"twins": True} if self.twins else {}
        extra |= {"heard": self.heard} if self.heard else {}
        extra |= {"saved": self.saved} if self.saved else {}
        extra |= {"rekey": list(self.rekey)} if self.rekey else {}
        extra |= {"left": [[tab, uid.hex] for tab, uid in page.left]} if page.left else {}
        extra |= page.former.document() if page.former else {}
        whole = {**about, **pull, **places, **held, "probes": probes}
        if self.version == 1:
            return {**whole, **extra, "d": [in_full(item) for item in page.items]}
        whole["schema"] = self.schema if self.schema != asked else 0
        items = by_position(page.items, self.epoch, versions.schema(min(self.schema, asked)))
        return {**filled(whole), **extra, **items}


def read_reply(document: Any) -> Reply:
    """Return the reply of a document; raises FrameError."""
    reader = Reader(document)
    version = reader.whole("v")
    if version not in VERSIONS or reader.text("kind") not in (OK, FORK, REGRESS):
        raise FrameError("another protocol")
    probes = [parts(item, 2) for item in reader.items("probes")]
    if not probes:
        raise FrameError("a reply without probes")
    return Reply(
        stream=reader.uid("stream"),
        epoch=reader.whole("epoch"),
        kind=reader.text("kind"),
        probes=tuple((natural(seq), octets(link)) for seq, link in probes),
        settled=reader.whole("settled"),
        page=_page(reader),
        held=tuple(reader.pairs("held")),
        rejected=tuple(reader.pairs("rejected")),
        now=reader.whole("now"),
        seal=reader.text("seal") if reader.has("seal") else "",
        lease=read_pair(reader, "lease"),
        twins=reader.has("twins") and reader.flag("twins"),
        heard=reader.whole("heard") if reader.has("heard") else 0,
        saved=reader.whole("saved") if reader.has("saved") else 0,
        rekey=read_key(reader),
        version=version,
        schema=told_schema(reader),
    )


def _page(reader: Reader) -> Page:
    return Page(
        since=reader.text("since"),
        cursor=reader.text("cursor"),
        items=tuple(read_items(reader)),
        full=reader.flag("full"),
        key=reader.text("key", 300),
        resume=reader.text("resume", 300),
        more=reader.flag("more"),
        left=tuple(read_places(reader, "left")),
        former=read_former(reader),
    )
