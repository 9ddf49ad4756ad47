"""The rules of the model, played on the real code over real SQLite files."""

import dataclasses
import itertools
import shutil
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.central import exchange as centre_side
from kiosk.central import merge, meta, nodes
from kiosk.central.models import enrol_code
from kiosk.partners.models import Kind, Organisation
from kiosk.places import services as places
from kiosk.places.models import Room, Space
from kiosk.storage import SCHEMA, clock, derived_uid, new_uid, session, transaction
from kiosk.storage.log import sync_log
from kiosk.sync import exchange, link, outbox, rehome
from kiosk.sync.messages import Reply, Request
from tests.central.ageing import compacted
from tests.sync import carried
from tests.sync.disks import SPACE, Disk, Writing
from tests.sync.looking import Looking

OTHER = places.space_uid("KAY")
ROWS, BATCH, PAGE, MOST = 3, 4, 3, 4
START_MS = 1_800_000_000_000


class RealWorld(Looking):
    """Two kiosks of one space and a centre; the same rules as the model's world."""

    def __init__(self, folder: Path, templates: dict[str, Path], centre: Disk | None = None) -> None:
        self.folder, self.count = folder, itertools.count()
        self.now = self.written = self.epochs = 0
        self.saw: dict[int, int | None] = {}
        self.moved: set[uuid.UUID] = set()
        self.anew: set[bytes] = set()
        self.restored = False
        self.net: list[tuple[Disk, Request | Reply]] = []
        self.images: dict[int, Path | Disk] = {}
        self.centre = centre or self.fresh(templates["central"], "central")
        self.disks = [self.fresh(templates["kiosk"], "kiosk") for _ in range(2)]
        self.nodes = {id(disk): number for number, disk in enumerate(self.disks, 1)}
        self.centre_image: Disk | None = None
        merge.SCHEMA = SCHEMA
        meta._heard.clear()
        self.start_centre()
        with self.centre.store.open(), transaction():
            session().add(Space(uid=OTHER, code="KAY", name="Kayes", hours={}, exceptions=[]))
        for disk in self.disks:
            self.prepare(disk)

    def prepare(self, disk: Disk) -> None:
        """Give a fresh kiosk its own stream, and the centre a machine to know it by."""
        with disk.store.open(), transaction() as current:
            rehome.replay_all(current.connection())
        with self.centre.store.open(), transaction() as current:
            made = nodes.make_code(nodes.Place(SPACE, "NIO", "Nioro"), self.folder)
            row = current.execute(select(enrol_code).where(enrol_code.c.code_id == made.key.key_id)).one()
            nodes.grant(row, nodes.Asked(new_uid()), "", self.folder)

    def fresh(self, template: Path, role: str) -> Disk:
        path = self.folder / f"{next(self.count)}.db"
        shutil.copy(template, path)
        disk = Disk(path, role)
        disk.offset = next(self.count)
        return disk

    def close(self) -> None:
        for disk in [self.centre, *self.disks]:
            disk.store.close()

    def at(self, offset: int) -> None:
        """Set the clock that the code reads."""
        clock.now_ms = lambda: START_MS + self.now * 1000 + offset  # type: ignore[assignment]

    def disk(self, k: int) -> Disk:
        return self.disks[k % len(self.disks)]

    # --- people ------------------------------------------------------------------

    def edit(self, k: int, r: int, newer: bool = False) -> None:
        disk, uid = self.disk(k), derived_uid(f"room-{r % ROWS}")
        with self.writing(disk, newer) as name:
            room = session().get(Room, uid)
            self.saw[self.written] = int(room.name[1:]) if room else None
            if room is None:
                session().add(Room(uid=uid, space_uid=SPACE, name=name, seats=0, computers=0))
            else:
                room.name = name

    def add(self, k: int, child: bool = False, new_table: bool = False) -> None:
        disk = self.disk(k)
        with self.writing(disk, new_table) as name:
            seen = list(session().scalars(select(Organisation.uid).order_by(Organisation.uid)))
            parent = seen[-1] if child and seen else None
            kind = next(iter(Kind))
            row = Organisation(uid=new_uid(), kind=kind, name=name, parent_uid=parent, space_uid=SPACE)
            session().add(row)

    def writing(self, disk: Disk, newer: bool = False) -> Any:
        return Writing(self, disk, newer)

    def jump(self, k: int, by: int) -> None:
        self.disk(k).offset = by

    def move(self, r: int, out: bool) -> None:
        """The centre gives a room to a space that has no kiosk here, or takes it back for these."""
        self.at(0)
        with self.centre.store.open(), transaction():
            rooms = session().scalars(select(Room).order_by(Room.uid)).all()
            if rooms:
                rooms[r % len(rooms)].space_uid = OTHER if out else SPACE
                self.moved.add(rooms[r % len(rooms)].uid)

    def hide(self, word: str) -> None:
        """The other space writes in its rooms."""
        self.at(0)
        with self.centre.store.open(), transaction():
            for room in session().scalars(select(Room).where(Room.space_uid == OTHER)):
                room.name = word

    def compact(self, silent: bool) -> None:
        """Months pass at the centre: its log grows lighter."""
        self.at(0)
        compacted(self.centre.store, silent)

    def upgrade(self) -> None:
        merge.SCHEMA = SCHEMA + 1
        self.start_centre()

    # --- carriers ----------------------------------------------------------------

    def request(self, disk: Disk) -> Request:
        with disk.store.open() as current:
            known = link.load(current.connection())
            small = dataclasses.replace(known, batch=100_000, change_size=100_000 / BATCH)
            built = exchange.build(current.connection(), small)
            places = outbox.created(current.connection(), built.rows, built.first)
        return dataclasses.replace(built, limit=PAGE, version=2, reads=2, places=places)

    def answer(self, disk: Disk, request: Request) -> Reply:
        self.at(0)
        with self.centre.store.open():
            asked = carried.up(request)
            return carried.down(centre_side.answer(self.nodes[id(disk)], SPACE, asked, self.folder), asked)

    def receive(self, disk: Disk, reply: Reply) -> None:
        self.at(disk.offset)
        if reply.epoch > (self.me(disk).centre_epoch or reply.epoch):
            self.holds(disk)
        with disk.store.open(), transaction() as current:
            exchange.receive(current.connection(), reply)
            said_anew = select(sync_log.c.op_id).where(sync_log.c.adopted)
            self.anew |= {bytes(op) for op in current.scalars(said_anew)}

    def send(self, k: int) -> None:
        self.net.append((self.disk(k), self.request(self.disk(k))))

    def deliver(self, i: int, keep: bool = False) -> None:
        if not self.net:
            return
        disk, message = self.net[i % len(self.net)] if keep else self.net.pop(i % len(self.net))
        if isinstance(message, Request):
            self.net.append((disk, self.answer(disk, message)))
        else:
            self.receive(disk, message)

    def drop(self, i: int) -> None:
        if self.net:
            self.net.pop(i % len(self.net))

    def round(self, k: int) -> None:
        disk = self.disk(k)
        self.receive(disk, self.answer(disk, self.request(disk)))

    # --- disks -------------------------------------------------------------------

    def backup(self, k: int) -> None:
        place = k % len(self.disks)
        self.images[place] = self.disk(k).image(self.folder / f"{next(self.count)}.db")

    def restore(self, k: int) -> None:
        place = k % len(self.disks)
        if place in self.images:
            self.disk(k).replace(self.images[place])  # type: ignore[arg-type]

    def clone(self, k: int, detected: bool) -> None:
        if len(self.disks) >= MOST:
            return
        twin = self.disk(k).image(self.folder / f"{next(self.count)}.db")
        twin.offset = next(self.count)
        self.nodes[id(twin)] = self.nodes[id(self.disk(k))]
        if detected:
            with twin.store.open(), transaction() as current:
                rehome.rehome(current.connection(), outbox.me(current.connection()).acked)
        self.disks.append(twin)

    def backup_centre(self) -> None:
        self.centre_image = self.centre.image(self.folder / f"{next(self.count)}.db")

    def restore_centre(self) -> None:
        if self.centre_image is not None:
            self.centre.replace(self.centre_image)
            self.restored = True
            self.start_centre()

    def start_centre(self) -> None:
        """Start the centre's process: it may notice that it was restored."""
        with self.centre.store.open() as current:
            with transaction():
                meta.prepare(current.connection(), self.folder)
            meta.remember(current.connection(), self.folder)
