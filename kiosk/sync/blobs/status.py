"""What « Envois » says of files: what leaves, what will come, what waits for a key, and why."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from kiosk import config
from kiosk.storage import session
from kiosk.storage.files import Contents
from kiosk.storage.files import at as files_of
from kiosk.sync import keyfile, link, outbox
from kiosk.sync.blobs import allowance
from kiosk.sync.blobs.allowance import Rules
from kiosk.sync.blobs.parts import RESERVE
from kiosk.sync.blobs.queue import Waiting, Way, waiting
from kiosk.sync.trouble import Trouble

_BEST_KNOWN, _TRIP, _PIECE = 4_000.0, 2.0, 64 * 1024


@dataclass(frozen=True)
class Heap:
    """Some contents: how many, how many bytes are still to move, whether all are pictures."""

    count: int = 0
    size: int = 0
    pictures: bool = False


@dataclass(frozen=True)
class Files:
    """The files of a kiosk that wait, by way; `seconds` estimates what leaves on the link.

    `hold` says what stops all of them: `night`, `budget`, `no_room`, or None. `declined`
    counts what the centre does not take, by reason.
    """

    out: Heap = Heap()
    coming: Heap = Heap()
    out_by_hand: Heap = Heap()
    coming_by_hand: Heap = Heap()
    declined: tuple[tuple[str, int], ...] = ()
    seconds: int = 0
    hold: str | None = None

    @property
    def any(self) -> bool:
        """Tell whether there is anything to say."""
        heaps = (self.out, self.coming, self.out_by_hand, self.coming_by_hand)
        return bool(self.declined) or any(heap.count for heap in heaps)


def files(data: Path) -> Files:
    """Return what the files of this kiosk wait for; nothing before it is enrolled."""
    try:
        space = uuid.UUID(keyfile.load(data).space_uid)
    except Trouble:
        return Files()
    settings, connection = config.load(data), session().connection()
    store, rules = files_of(settings), Rules.of(settings)
    every = waiting(connection, store, space, outbox.me(connection).epoch, rules)
    going = [one for one in every if not one.reason]
    out = _heap(going, Way.OUT)
    return Files(
        out=out,
        coming=_heap(going, Way.IN),
        out_by_hand=_heap(going, Way.OUT_BY_HAND),
        coming_by_hand=_heap(going, Way.IN_BY_HAND),
        declined=tuple(sorted(Counter(one.reason for one in every if one.reason).items())),
        seconds=_estimate(connection, out),
        hold=_hold(connection, rules, store),
    )


def _heap(every: Iterable[Waiting], way: Way) -> Heap:
    some = [one for one in every if one.way == way]
    pictures = bool(some) and all(one.content.is_picture for one in some)
    return Heap(len(some), sum(one.left for one in some), pictures)


def _estimate(connection: Connection, out: Heap) -> int:
    trips = out.count + out.size / _PIECE
    return round(_TRIP * trips + out.size / (link.load(connection).rate or _BEST_KNOWN))


def _hold(connection: Connection, rules: Rules, store: Contents) -> str | None:
    if not allowance.is_open(rules):
        return "night"
    if not allowance.left(connection, rules):
        return "budget"
    return "no_room" if store.room() < RESERVE else None
