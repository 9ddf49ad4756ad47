"""What waits behind the first batch, for a centre that withdrew this machine's key.

The centre puts aside what comes with such a key, for a person to take or discard. One
batch would be all it ever saw: nothing is acknowledged, so the exchange never goes on.
Here the rest follows, once, batch by batch, each complete in itself.
"""

import uuid

from kiosk.storage import Store
from kiosk.sync import exchange, link, outbox
from kiosk.sync.caller import Caller
from kiosk.sync.messages import Request
from kiosk.sync.trouble import Revoked, Trouble

MOST = 64
"""How many batches go at a time; the next try, an hour later, goes on from there."""


class Rest:
    """Remembers, as long as its process lives, how far a log was handed in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stream: uuid.UUID | None = None
        self._upto = 0

    def hand_in(self, caller: Caller) -> int:
        """Send what the first batch left, until the key is good again or the link fails; return how many."""
        handed = 0
        for _ in range(MOST):
            request, known = self._next(caller.program)
            if not request.ops:
                break
            try:
                caller.exchange(request, known)
                break
            except Revoked:
                self._upto += len(request.ops)
                handed += len(request.ops)
            except Trouble:
                break
        return handed

    def _next(self, program: str) -> tuple[Request, link.Link]:
        with self._store.open() as session:
            connection = session.connection()
            known, mine = link.load(connection), outbox.me(connection)
            if mine.stream != self._stream or mine.acked > self._upto:
                first = exchange.build(connection, known, program)
                self._stream, self._upto = mine.stream, mine.acked + len(first.ops)
            return exchange.build(connection, known, program, after=self._upto), known
