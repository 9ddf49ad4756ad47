"""A change: the unit that is logged, chained, sent and merged.

The canonical row and the two hashes over it are the protocol's ground. They do
not depend on how a change is packed for the wire.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

SCHEMA = 5
INSERT, UPDATE, DELETE = "i", "u", "x"


@dataclass(frozen=True)
class Change:
    """One write to one row, as authored.

    `fields` holds plain JSON values (see `types.plain`); `base` is the centre
    version (epoch, n) the author had seen, None for a row new to the centre.
    """

    tab: str
    row_uid: uuid.UUID
    op: str
    fields: dict[str, Any]
    base: tuple[int, int] | None = None
    schema: int = SCHEMA
    hlc: int = 0
    boot_no: int = 0
    actor: uuid.UUID | None = None


@dataclass(frozen=True)
class Authored:
    """A change with its author's mark: who wrote it first and at what position.

    `emptied`: an erasure took words out of it, so that its op id is what it was and
    can no longer be computed from what is left.
    """

    change: Change
    author_stream: uuid.UUID
    author_seq: int
    op_id: bytes = field(default=b"")
    emptied: bool = False


def canonical(change: Change, body: str | None = None) -> bytes:
    """Return the canonical row: UTF-8 JSON, sorted names, hex uids, no spaces.

    `body` is `dumps(change.fields)` where the caller already has it.
    """
    actor = f'"{change.actor.hex}"' if change.actor else "null"
    base = f"[{change.base[0]},{change.base[1]}]" if change.base else "null"
    clocks = f'"h":{change.hlc},"n":{change.boot_no}'
    names = f'"o":{_named(change.op)},"s":{change.schema},"t":{_named(change.tab)},"u":"{change.row_uid.hex}"'
    fields = dumps(change.fields) if body is None else body
    return f'{{"a":{actor},"b":{base},"f":{fields},{clocks},{names}}}'.encode()


_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def dumps(value: Any) -> str:
    """Serialise to the one JSON spelling used in logs, hashes and frames."""
    return _SPELLING.encode(value)


def said(body: str) -> dict[str, Any]:
    """Return the fields of a logged body; nothing of one that a failing disk spoilt."""
    try:
        found = json.loads(body)
        dumps(found).encode()
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@lru_cache(maxsize=256)
def _named(word: str) -> str:
    return dumps(word)


def op_id(author_stream: uuid.UUID, author_seq: int, change: Change, body: str | None = None) -> bytes:
    """Return the 16-byte name of a human write, the same on every carrier."""
    head = author_stream.bytes + author_seq.to_bytes(8, "big")
    return hashlib.sha256(head + canonical(change, body)).digest()[:16]


def first_link(stream: uuid.UUID) -> bytes:
    """Return the chain value at position 0 of a stream."""
    return hashlib.sha256(b"stream" + stream.bytes).digest()[:16]


def next_link(link: bytes, op: bytes) -> bytes:
    """Return the chain value after one more change."""
    return hashlib.sha256(link + op).digest()[:16]
