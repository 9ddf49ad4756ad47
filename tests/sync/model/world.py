"""Kiosks, a centre and the messages between them, with an oracle that counts human writes.

The oracle never asks the protocol what it kept: it notes on which *disk* each
write was made, copied or acknowledged. A write may be missing at the end only
if every disk that held it was replaced by an older one.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from tests.sync.model.centre import Centre
from tests.sync.model.guards import Guards
from tests.sync.model.kiosk import Kiosk
from tests.sync.model.messages import Reply, Request

ROWS = 3
FIRST_ADDED = 100


class Broken(AssertionError):
    """An invariant does not hold; the text names it."""


@dataclass
class Disk:
    """A kiosk's disk and what a person would swear is on it."""

    kiosk: Kiosk
    writes: set[int] = field(default_factory=set)
    mine: dict[int, int] = field(default_factory=dict)
    offset: int = 0

    def copy(self) -> "Disk":
        """Return an image of the disk."""
        return Disk(self.kiosk.copy(), set(self.writes), dict(self.mine), self.offset)


class World:
    """The rules, as plain methods; indexes wrap around, so any integer will do."""

    def __init__(self, guards: Guards | None = None, kiosks: int = 2) -> None:
        self.guards = guards or Guards()
        self.minted = self.writes = self.now = 0
        self.centre = Centre(self.guards)
        self.centre_writes: set[int] = set()
        self.disks = [Disk(Kiosk(self.mint, self.guards), offset=i) for i in range(kiosks)]
        self.images: dict[int, Disk] = {}
        self.centre_image: tuple[Centre, set[int]] | None = None
        self.restored_centre = self.jumped = False
        self.net: list[tuple[int, Request | Reply]] = []
        self.row_of: dict[int, int] = {}
        self.saw: dict[int, int | None] = {}
        self.erased: set[int] = set()
        self.revoked: set[int] = set()
        self.moved: set[int] = set()

    def mint(self) -> int:
        """Return a new stream id."""
        self.minted += 1
        return self.minted

    def disk(self, k: int) -> Disk:
        """Return a kiosk's disk by any integer."""
        return self.disks[k % len(self.disks)]

    # --- people ------------------------------------------------------------------

    def edit(self, k: int, r: int, newer: bool = False) -> None:
        """Someone changes a field of a shared row, having seen what the screen shows.

        A `newer` program says it with a word that the centre learns by an upgrade.
        """
        disk, row = self.disk(k), r % ROWS
        if row not in disk.kiosk.erased:
            self.write(disk, row, disk.kiosk.view().get(row), new_table=newer)

    def add(self, k: int, child: bool = False, new_table: bool = False) -> None:
        """Someone adds a row; a child names a row seen on the screen as its parent."""
        disk = self.disk(k)
        seen = [row for row in disk.kiosk.view() if row >= FIRST_ADDED]
        parent = max(seen, default=None) if child else None
        row = FIRST_ADDED + self.writes + 1
        self.write(disk, row, None, insert=True, parent=parent, new_table=new_table)

    def write(self, disk: Disk, row: int, saw: int | None, **more: Any) -> None:
        """Number a human write and note where it was made."""
        self.now += 1
        self.writes += 1
        write = self.writes
        self.row_of[write], self.saw[write] = row, saw
        disk.kiosk.write(row, write, self.now * 10 + disk.offset, **more)
        disk.writes.add(write)
        disk.mine[row] = write

    def jump(self, k: int, by: int) -> None:
        """A kiosk's clock jumps."""
        self.jumped = True
        self.disk(k).offset = by * 10 + self.disks.index(self.disk(k))

    def erase(self, r: int) -> None:
        """The centre erases a row for good."""
        rows = sorted(self.centre.registers)
        if rows:
            self.erased.add(rows[r % len(rows)])
            self.centre.erase(rows[r % len(rows)])

    def move(self, r: int, out: bool) -> None:
        """The centre gives a row to a space that has no kiosk here, or takes it back for these."""
        rows = sorted(self.centre.registers)
        if rows:
            self.moved.add(rows[r % len(rows)])
            self.centre.move(rows[r % len(rows)], out)

    def revoke(self, k: int) -> None:
        """A kiosk's key is withdrawn: what it sends is put aside, and nothing comes back."""
        self.revoked.add(k % len(self.disks))

    def allow(self) -> None:
        """Every key is given back."""
        self.revoked.clear()

    def upgrade(self) -> None:
        """The centre learns the table that newer kiosks already use."""
        self.centre.knows_table = True
        self.centre.retry(self.now * 10)

    # --- carriers ----------------------------------------------------------------

    def send(self, k: int) -> None:
        """A kiosk hands a request to some carrier."""
        self.net.append((k % len(self.disks), self.disk(k).kiosk.request()))

    def deliver(self, i: int, keep: bool = False) -> None:
        """Any message arrives, at any time, perhaps not for the last time."""
        if not self.net:
            return
        k, message = self.net[i % len(self.net)] if keep else self.net.pop(i % len(self.net))
        if isinstance(message, Request) and k in self.revoked:
            return
        if isinstance(message, Request):
            self.net.append((k, self.centre.exchange(message, self.now * 10)))
        else:
            self.receive(self.disks[k], message)

    def drop(self, i: int) -> None:
        """A message is lost."""
        if self.net:
            self.net.pop(i % len(self.net))

    def round(self, k: int) -> None:
        """A whole exchange over a working link."""
        disk = self.disk(k)
        if k % len(self.disks) in self.revoked:
            return
        self.receive(disk, self.centre.exchange(disk.kiosk.request(), self.now * 10))

    def receive(self, disk: Disk, reply: Reply) -> None:
        """Hand over a reply; what the kiosk then calls sent is on the centre's disk, it says."""
        shown = disk.kiosk.view()
        before = disk.kiosk.epoch
        disk.kiosk.receive(reply)
        if disk.kiosk.epoch > before > 0:
            disk.writes.update(v for row, v in shown.items() if v and row not in self.moved)
        if disk.kiosk.epoch == self.centre.epoch:
            self.centre_writes.update(e.value for e in disk.kiosk.log[: disk.kiosk.acked] if e.value)

    def forge(self, k: int) -> None:
        """A faulty carrier hands over a kiosk's op ids without their content."""
        request = self.disk(k).kiosk.request()
        bare = tuple(dataclasses.replace(entry, value=None) for entry in request.rows)
        self.centre.exchange(dataclasses.replace(request, rows=bare), self.now * 10)

    # --- disks -------------------------------------------------------------------

    def backup(self, k: int) -> None:
        """Keep an image of a kiosk's disk."""
        self.images[k % len(self.disks)] = self.disk(k).copy()

    def restore(self, k: int) -> None:
        """Put an older image back: the current disk is gone."""
        place = k % len(self.disks)
        if place in self.images:
            self.disks[place] = self.images[place].copy()

    def clone(self, k: int, detected: bool) -> None:
        """A second machine starts from a copy of the disk; its own detector may see it."""
        if len(self.disks) >= 4:
            return
        twin = self.disk(k).copy()
        twin.offset += 1
        if detected:
            twin.kiosk.rehome(twin.kiosk.acked)
        self.disks.append(twin)

    def compact(self, silent: bool) -> None:
        """Months pass at the centre: its log grows lighter."""
        self.centre.compact(silent)

    def backup_centre(self) -> None:
        """Keep a backup of the centre's database."""
        self.centre_image = (self.centre.copy(), set(self.centre_writes))

    def restore_centre(self) -> None:
        """Bring the centre's backup back."""
        if self.centre_image is None:
            return
        epoch, erasures = self.centre.epoch, self.centre.erasures
        self.centre, self.centre_writes = self.centre_image[0].copy(), set(self.centre_image[1])
        self.restored_centre = True
        if self.guards.new_epoch:
            self.centre.epoch = epoch + 1
        if self.guards.erasure_outside:
            for row in sorted(erasures - self.centre.erasures):
                self.centre.erase(row)
