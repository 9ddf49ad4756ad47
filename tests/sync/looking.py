"""What a test looks at in a world of real machines."""

import re
import uuid
from typing import Any

from sqlalchemy import select, text, true

from kiosk.central.models import central_meta, inbox
from kiosk.partners.models import Organisation
from kiosk.places.models import Room
from kiosk.storage.log import sync_log, sync_self
from tests.sync.disks import SPACE, Disk

_WRITE = re.compile(r'"name":"w(\d+)"')


class Looking:
    """Questions about the machines. `moved` are rows that the centre gave away, `anew` what was said anew."""

    centre: Disk
    disks: list[Disk]
    moved: set[uuid.UUID]
    anew: set[bytes]

    def names(self, disk: Disk) -> dict[uuid.UUID, str]:
        """Return by id the rooms and organisations that the kiosks may see; all there are, on a kiosk."""
        mine = (Room.space_uid == SPACE) if disk is self.centre else true()
        with disk.store.open() as current:
            rows = [*current.execute(select(Room.uid, Room.name).where(mine))]
            rows += current.execute(select(Organisation.uid, Organisation.name))
        return {row.uid: row.name for row in rows}

    def me(self, disk: Disk) -> Any:
        with disk.store.open() as current:
            return current.execute(select(sync_self)).one()

    def held_rows(self, disk: Disk) -> set[uuid.UUID]:
        with disk.store.open() as current:
            return set(current.scalars(select(sync_log.c.row_uid).where(sync_log.c.state == "held")))

    def arrived(self, anew: bool = False) -> dict[int, list[str]]:
        """Return the state of each human write's arrivals that count, or of what was said `anew`."""
        found: dict[int, list[str]] = {}
        with self.centre.store.open() as current:
            for row in current.execute(select(inbox).where(inbox.c.first)):
                for write in _WRITE.findall(row.raw) if (row.op_id in self.anew) is anew else ():
                    found.setdefault(int(write), []).append(row.state)
        return found

    def head(self) -> int:
        with self.centre.store.open() as current:
            return int(current.scalar(select(central_meta.c.n)) or 0)

    def whole(self) -> bool:
        """Tell whether every kiosk's file still passes the database's own check."""
        for disk in self.disks:
            with disk.store.open() as current:
                if current.scalar(text("PRAGMA quick_check")) != "ok":
                    return False
        return True

    def holds(self, disk: Disk) -> None:
        """Note what a living disk shows when it hears that the centre went back."""
        shown = [name for uid, name in self.names(disk).items() if uid not in self.moved]
        disk.writes |= {int(name[1:]) for name in shown if name[1:].isdecimal()}
