"""What is kept, on the real code: lighter logs, declared copies, sticks, sendings set aside."""

import dataclasses
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from kiosk.central import aside, copies
from kiosk.central.models import quarantine
from kiosk.storage import NotFound, Refusal, new_uid, transaction
from kiosk.sync import compaction, exchange, frame, link, outbox
from kiosk.sync.messages import Request
from tests.sync.disks import Disk
from tests.sync.real import BATCH, PAGE, RealWorld

LETTERS = 3
SOMEBODY = new_uid()


class KeptRealWorld(RealWorld):
    """The real world with copies declared, sticks in pockets and a shelf of sendings set aside."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.mark = 0
        self.sticks: list[tuple[Disk, list[Request]]] = []
        self.revoked: set[int] = set()

    # --- copies ------------------------------------------------------------------

    def backup_centre(self) -> None:
        self.at(0)
        with self.centre.store.open(), transaction():
            self.mark = copies.mark()
        super().backup_centre()

    def declare(self) -> None:
        self.at(0)
        with self.centre.store.open(), transaction(), suppress(NotFound):
            copies.safe(self.mark)

    def lighten(self, k: int) -> None:
        disk = self.disk(k)
        self.at(disk.offset)
        with disk.store.open(), transaction() as current:
            compaction.lighten(current.connection())

    # --- sticks ------------------------------------------------------------------

    def write_stick(self, k: int) -> None:
        disk = self.disk(k)
        with disk.store.open() as current:
            connection = current.connection()
            small = dataclasses.replace(link.load(connection), batch=100_000, change_size=100_000 / BATCH)
            letters, after = [], outbox.me(connection).acked
            for _ in range(LETTERS):
                built = exchange.build(connection, small, after=after)
                where = outbox.created(connection, built.rows, built.first)
                letters.append(dataclasses.replace(built, limit=PAGE, version=2, reads=2, places=where))
                after += len(built.ops)
        self.sticks.append((disk, letters))

    def plug_stick(self, i: int, keep: bool = False) -> None:
        if self.sticks:
            at = i % len(self.sticks)
            disk, letters = self.sticks[at] if keep else self.sticks.pop(at)
            for letter in letters:
                self.arrive(disk, letter)

    def lose_stick(self, i: int) -> None:
        if self.sticks:
            self.sticks.pop(i % len(self.sticks))

    # --- withdrawn keys ----------------------------------------------------------

    def revoke(self, k: int) -> None:
        self.revoked.add(self.nodes[id(self.disk(k))])

    def allow(self) -> None:
        self.revoked.clear()

    def deliver(self, i: int, keep: bool = False) -> None:
        if not self.net:
            return
        disk, message = self.net[i % len(self.net)] if keep else self.net.pop(i % len(self.net))
        if isinstance(message, Request):
            self.arrive(disk, message)
        else:
            self.receive(disk, message)

    def round(self, k: int) -> None:
        if self.nodes[id(self.disk(k))] in self.revoked:
            self.arrive(self.disk(k), self.request(self.disk(k)))
        else:
            super().round(k)

    def arrive(self, disk: Disk, request: Request) -> None:
        """A request is answered, or set aside where its key was withdrawn."""
        node = self.nodes[id(disk)]
        if node not in self.revoked:
            self.net.append((disk, self.answer(disk, request)))
            return
        self.at(0)
        body = frame.encode(request.document(), dictionary=frame.DICTIONARY)
        with self.centre.store.open(), transaction() as current:
            aside.keep(current.connection(), node, body)

    def take(self, i: int) -> None:
        """A person takes a sending; what does not attach stays."""
        self.at(0)
        with self.centre.store.open() as current:
            rows = current.execute(select(quarantine.c.id, quarantine.c.node_no)).all()
            current.rollback()
            if rows:
                row = rows[i % len(rows)]
                with suppress(Refusal):
                    aside.accept(row.node_no, row.id, self.folder, SOMEBODY)
