"""What waits to leave, to come or to be carried by hand, in the order it will."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from kiosk.storage.carried import Carried, Rank
from kiosk.storage.files import Contents
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.allowance import Rules
from kiosk.sync.blobs.ledger import SENT, Entry
from kiosk.sync.blobs.needs import Need, needs


class Way(StrEnum):
    """Which way a content goes, and on what."""

    OUT = "out"
    IN = "in"
    OUT_BY_HAND = "out_by_hand"
    IN_BY_HAND = "in_by_hand"


@dataclass(frozen=True)
class Waiting:
    """One content that waits; `left` counts the bytes still to move, `reason` what the centre said of it."""

    content: Carried
    way: Way
    left: int
    reason: str | None = None


def waiting(
    connection: Connection, files: Contents, space: uuid.UUID, epoch: int, rules: Rules
) -> list[Waiting]:
    """Return what a kiosk of `space` still has to move, first things first.

    What the centre had in an earlier `epoch` is offered again: it may have lost it.
    """
    known = ledger.every(connection)
    found = (_one(need, known.get(need.content.sha256), files, space, epoch) for need in needs(connection))
    return [_by_hand(one, rules) for one in found if one is not None]


def _one(need: Need, entry: Entry | None, files: Contents, space: uuid.UUID, epoch: int) -> Waiting | None:
    content = need.content
    if not files.has(content.sha256):
        kept = entry.kept if entry and entry.state == ledger.PART else 0
        return Waiting(content, Way.IN, content.size - kept)
    if space not in need.owners or (entry and entry.state == SENT and entry.epoch == epoch):
        return None
    refused = entry.reason if entry and entry.state == ledger.REFUSED else None
    left = content.size - (entry.tail if entry and entry.state == ledger.WHOLE else 0)
    return Waiting(content, Way.OUT, left, refused)


def _by_hand(one: Waiting, rules: Rules) -> Waiting:
    if one.content.rank != Rank.BY_HAND and one.content.size <= rules.largest:
        return one
    way = Way.OUT_BY_HAND if one.way == Way.OUT else Way.IN_BY_HAND
    return Waiting(one.content, way, one.left, one.reason)
