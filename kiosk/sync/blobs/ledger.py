"""What is written of each content on its way: its manifest, how far it came, what the other end said."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, literal, select, update

from kiosk.storage import clock
from kiosk.sync.blobs.manifest import Manifest
from kiosk.sync.models import sync_blob
from kiosk.sync.outbox import chunks

PART, WHOLE, SENT, REFUSED = "part", "whole", "sent", "refused"
"""Coming in; here with its manifest known; at the centre too; the centre does not take it now."""


@dataclass(frozen=True)
class Entry:
    """One content. `have` is the bitmap of its leaves, `tail` the bytes kept of the first one missing.

    Of a content that is here whole, `tail` is how many bytes the other end keeps.
    """

    sha256: str
    manifest: Manifest
    state: str
    have: bytes = b""
    tail: int = 0
    reason: str | None = None
    epoch: int | None = None

    def holds(self, index: int) -> bool:
        """Tell whether a leaf is kept and was found right."""
        return bool(self.have[index // 8] & 1 << index % 8)

    def missing(self) -> int:
        """Return the first leaf that is not kept, the number of leaves when all are."""
        return next((i for i in range(self.manifest.count) if not self.holds(i)), self.manifest.count)

    @property
    def whole(self) -> bool:
        """Tell whether no leaf is missing."""
        return self.offset == self.manifest.size

    @property
    def offset(self) -> int:
        """Return where the next byte goes; the size when there is none left."""
        if self.state != PART:
            return self.manifest.size
        return min(self.missing() * self.manifest.leaf + self.tail, self.manifest.size)

    @property
    def kept(self) -> int:
        """Return how many bytes are kept."""
        if self.state != PART:
            return self.manifest.size
        leaves = range(self.manifest.count)
        return self.tail + sum(self.manifest.length(i) for i in leaves if self.holds(i))

    def marked(self, index: int, good: bool) -> "Entry":
        """Return the entry with a leaf kept, or lost; the tail starts afresh."""
        have = bytearray(self.have)
        have[index // 8] = have[index // 8] & ~(1 << index % 8) | good << index % 8
        return replace(self, have=bytes(have), tail=0)


def coming(sha256: str, manifest: Manifest) -> Entry:
    """Return the entry of a content of which nothing is here yet."""
    return Entry(sha256, manifest, PART, bytes(-(-manifest.count // 8)))


def find(connection: Connection, sha256: str, lock: bool = False) -> Entry | None:
    """Return a content's entry; `lock` keeps it for this transaction."""
    query = select(sync_blob).where(sync_blob.c.sha256 == sha256)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return _entry(row) if row else None


def known(connection: Connection, hashes: Collection[str]) -> list[str]:
    """Return which of these contents have an entry."""
    return [
        sha256
        for some in chunks(hashes)
        for sha256 in connection.scalars(select(sync_blob.c.sha256).where(sync_blob.c.sha256.in_(some)))
    ]


def every(connection: Connection) -> dict[str, Entry]:
    """Return all entries by hash, how far each came and no more: their leaves are megabytes together."""
    light = [column for column in sync_blob.columns if column.name != "leaves"]
    rows: Any = connection.execute(select(*light, literal(b"").label("leaves")))
    return {row.sha256: _entry(row) for row in rows}


def _entry(row: Row[Any]) -> Entry:
    manifest = Manifest(row.size, row.leaf, bytes(row.leaves))
    return Entry(row.sha256, manifest, row.state, bytes(row.have), row.tail, row.reason, row.epoch)


def write(connection: Connection, entry: Entry) -> None:
    """Write an entry, known or new."""
    manifest = entry.manifest
    cut = {"size": manifest.size, "leaf": manifest.leaf, "leaves": manifest.leaves}
    way = {"have": entry.have, "tail": entry.tail, "state": entry.state, "reason": entry.reason}
    values = {**cut, **way, "epoch": entry.epoch, "touched_at": clock.now_ms()}
    known = update(sync_blob).where(sync_blob.c.sha256 == entry.sha256).values(**values)
    if connection.execute(known).rowcount == 0:
        connection.execute(insert(sync_blob).values(sha256=entry.sha256, **values))


def forget(connection: Connection, hashes: Collection[str]) -> None:
    """Strike contents out."""
    if hashes:
        connection.execute(delete(sync_blob).where(sync_blob.c.sha256.in_(hashes)))


def stale(connection: Connection, before: int) -> list[str]:
    """Return the contents on their way in that have not moved since `before` (ms)."""
    old = (sync_blob.c.state == PART) & (sync_blob.c.touched_at < before)
    return list(connection.scalars(select(sync_blob.c.sha256).where(old)))


def refuse(connection: Connection, sha256: str, reason: str) -> None:
    """Note why the centre does not take a content that is here; it is offered again later."""
    known = update(sync_blob).where(sync_blob.c.sha256 == sha256)
    if connection.execute(known.values(state=REFUSED, reason=reason, tail=0)).rowcount == 0:
        write(connection, Entry(sha256, Manifest(0, 1, b""), REFUSED, reason=reason))
