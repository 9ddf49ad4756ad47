"""Asking in a kiosk's place: the pages that would follow, had it been there to ask for them.

The centre holds the machine's key: it signs the next request as the kiosk would,
hands it to the door, and keeps the door's answers for the journey back.
"""

import base64
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, select, update

from kiosk.central import door
from kiosk.central.models import stream
from kiosk.storage import session, transaction
from kiosk.storage.changes import first_link
from kiosk.sync import frame
from kiosk.sync.bundle.letters import Letter
from kiosk.sync.caller import Caller
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Answer
from kiosk.sync.link import Link
from kiosk.sync.messages import Page, Reply, Request, read_reply
from kiosk.sync.rebuild import EVERYTHING

MOST_BYTES = 32 * 1024 * 1024
"""What is carried back to one machine at once, at most."""


class _Inside:
    """A line to the door that leaves no process; keeps the answers as letters."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.kept: list[Letter] = []

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        """Hand a request in."""
        sent = door.exchange(headers, lambda: body, self._data)
        about = {"status": sent.status, "request": headers["Signature"]}
        self.kept.append(Letter(sent.headers, sent.body, about))
        return Answer(sent.status, sent.headers, sent.body, 0, 0, 0.0)


class Asking:
    """The questions of one machine about one stream."""

    def __init__(self, machine: Row[Any], uid: uuid.UUID, data: Path) -> None:
        secret = base64.b64encode(bytes(machine.secret)).decode()
        # A sealing key that is known is not asked for.
        identity = Identity(
            machine.node_no, machine.key_id, secret, "", machine.space_uid.hex, "", (), seal="-"
        )
        self._uid, self._line = uid, _Inside(data)
        self._caller = Caller(identity, self._line)

    def pages_after(self, last: Letter) -> list[Letter]:
        """Return the answers that follow an answer, within bounds."""
        reply = read_reply(frame.decode(last.body))
        page = reply.page
        while page.more and self._size() < MOST_BYTES:
            page = self._ask(reply, page).page
        return self._line.kept

    def news_after(self, last: Letter) -> list[Letter]:
        """Return what came to the centre since an answer was made; nobody was seen meanwhile."""
        row, reply = _row(self._uid), read_reply(frame.decode(last.body))
        page = self._ask(reply, reply.page).page
        while page.more and self._size() < MOST_BYTES:
            page = self._ask(reply, page).page
        seen = {"last_seen": row.last_seen, "cursor_n": row.cursor_n, "proved_n": row.proved_n}
        with transaction() as current:
            here = stream.c.stream_uid == self._uid
            current.connection().execute(update(stream).where(here).values(**seen))
        return self._line.kept

    def everything(self) -> list[Letter]:
        """Return a snapshot of all that the machine may have; the stream it was asked in is forgotten."""
        head = first_link(self._uid)
        request = Request(
            stream=self._uid,
            origin=None,
            first=1,
            prev=head,
            rows=(),
            head=head,
            last=0,
            settled=0,
            cursor=EVERYTHING,
        )
        self._caller.exchange(request, Link())
        letters = self.pages_after(self._line.kept[-1])
        with transaction() as current:
            current.connection().execute(delete(stream).where(stream.c.stream_uid == self._uid))
        return letters

    def _size(self) -> int:
        return sum(len(letter.body) for letter in self._line.kept)

    def _ask(self, before: Reply, page: Page) -> Reply:
        row = _row(self._uid)
        request = Request(
            stream=self._uid,
            origin=None,
            first=row.have + 1,
            prev=bytes(row.chain),
            rows=(),
            head=bytes(row.chain),
            last=max(row.last, row.have),
            settled=before.settled,
            cursor=_next_cursor(page),
            epoch=before.epoch,
            resume=page.resume,
            machine=row.machine,
            program=row.program,
        )
        return self._caller.exchange(request, Link()).reply


def _next_cursor(page: Page) -> str:
    """Return where a kiosk stands after a page: in a snapshot, where it stood before."""
    return page.since if page.full and page.more else page.cursor


def _row(uid: uuid.UUID) -> Row[Any]:
    return session().execute(select(stream).where(stream.c.stream_uid == uid)).one()
