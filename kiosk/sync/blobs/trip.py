"""One content on its way, out or in, piece by piece, from wherever it stopped."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.storage import Store, fault, transaction
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.calls import BlobCalls, Declined
from kiosk.sync.blobs.ledger import PART, SENT, WHOLE, Entry
from kiosk.sync.blobs.pace import Pace
from kiosk.sync.blobs.parts import BadContent, BadLeaf, Parts
from kiosk.sync.trouble import NoLink, NotTheCentre

_STRIKES = 3


class Trip:
    """Moves contents between `parts` and the centre; `goes_on` is asked before each piece.

    Between two calls nothing is held open: pages and changes are never kept waiting.
    """

    def __init__(
        self, store: Store, parts: Parts, calls: BlobCalls, pace: Pace, goes_on: Callable[[], bool]
    ) -> None:
        self._store, self._parts, self._calls = store, parts, calls
        self._pace, self._goes_on = pace, goes_on

    def send(self, sha256: str, epoch: int) -> bool:
        """Bring a content to the centre of this epoch; True once it is there whole.

        Raises Declined when the centre does not take it, Trouble when the link does not carry it.
        """
        with self._store.open():
            entry = replace(self._parts.whole(sha256), state=WHOLE, reason=None)
        place = self._place(sha256, entry)
        while place < entry.manifest.size:
            if not self._goes_on():
                return False
            try:
                place = self._piece_out(entry, place)
            except (NoLink, NotTheCentre):
                if not self._pace.cut():
                    raise
                place = self._place(sha256, entry)
        fault.at("content.sent")
        self._note(replace(entry, state=SENT, epoch=epoch, tail=0))
        return True

    def arrived(self, sha256: str, epoch: int) -> bool:
        """Note that a content of here came to the centre of this epoch by another way."""
        with self._store.open():
            entry = self._parts.whole(sha256)
        self._note(replace(entry, state=SENT, epoch=epoch, reason=None))
        return True

    def _place(self, sha256: str, entry: Entry) -> int:
        known = self._calls.look(sha256)
        if known is None:
            return self._calls.declare(sha256, entry.manifest)
        return known

    def _piece_out(self, entry: Entry, place: int) -> int:
        size = entry.manifest.size
        with self._parts.files.open(entry.sha256) as stream:
            stream.seek(place)
            data = stream.read(self._length(entry, place))
        before = self._calls.spent.seconds
        following = self._calls.send(entry.sha256, place, data, size)
        self._pace.went(self._calls.spent.seconds - before)
        self._note(replace(entry, tail=following))
        return following

    def fetch(self, sha256: str, size: int, epoch: int | None) -> bool:
        """Bring a content of `size` bytes here; True once it is whole, and known to the centre of `epoch`.

        Raises Declined when the centre cannot give it, NoRoom, or Trouble.
        """
        entry, strikes = self._begun(sha256, size), 0
        while entry.state == PART:
            if not self._goes_on():
                return False
            try:
                entry = self._piece_in(entry)
            except (NoLink, NotTheCentre):
                if not self._pace.cut():
                    raise
            except (BadLeaf, BadContent) as wrong:
                strikes += 1
                if strikes == _STRIKES:
                    raise Declined("wrong") from wrong
                entry = self._begun(sha256, size)
        if epoch is not None:
            self._note(replace(entry, state=SENT, epoch=epoch))
        return True

    def _begun(self, sha256: str, size: int) -> Entry:
        with self._store.open():
            known = self._parts.known(sha256)
        manifest = known.manifest if known else self._calls.leaves(sha256)
        if manifest.size != size:
            with self._store.open():
                self._parts.drop([sha256])
            raise Declined("wrong")
        with self._store.open():
            return self._parts.begin(sha256, manifest)

    def _piece_in(self, entry: Entry) -> Entry:
        start, before = entry.offset, self._calls.spent.seconds
        data = self._calls.fetch(entry.sha256, start, start + self._length(entry, start))
        self._pace.went(self._calls.spent.seconds - before)
        with self._store.open():
            return self._parts.add(entry.sha256, start, data)

    def _length(self, entry: Entry, place: int) -> int:
        """Return the bytes of the next piece: never beyond its leaf, so that a cut costs one at most."""
        leaf = entry.manifest.leaf
        return min(self._pace.piece, leaf - place % leaf, entry.manifest.size - place)

    def _note(self, entry: Entry) -> None:
        with self._store.open(), transaction() as current:
            ledger.write(current.connection(), entry)
