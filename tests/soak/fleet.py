"""Machines of a soak: real databases, made by the real migrations, that die, come back and are copied."""

import random
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select

from kiosk.central import meta, services
from kiosk.config import CONFIG_NAME, load
from kiosk.places import services as places
from kiosk.storage import clock, session, synced_models
from kiosk.storage.log import sync_log, sync_self
from kiosk.sync import keyfile, rehome, start
from kiosk.sync.caller import Caller
from kiosk.sync.enrol import enrol
from kiosk.sync.exchange import Exchange
from tests.soak.luck import Letter, Road
from tests.soak.people import Daily
from tests.support.machines import Machine, make_schema

_said: dict[str, Any] = {}


def blank(data: Path, role: str) -> Machine:
    """Make an empty machine."""
    data.mkdir(parents=True)
    (data / CONFIG_NAME).write_text(f'role = "{role}"\nhost = "127.0.0.1"\n')
    return opened(data, make_schema)


def opened(data: Path, prepare: Callable[..., object] = lambda _store: None) -> Machine:
    """Start a machine; its time is the world's, not that of the file beside its database."""
    machine = Machine(load(data, {}), {})
    event.listen(machine.store.engine, "connect", _unforced)
    _share(machine.store.engine)
    prepare(machine.store)
    clock._here.path = None
    return machine


def _unforced(connection: Any, _record: Any) -> None:
    """A year has half a million commits: no power is cut here, and the disk need not hear of each."""
    connection.execute("PRAGMA synchronous = OFF")


def _share(engine: Engine) -> None:
    """Twenty machines of one process say the same things: each statement is made ready once, for all."""
    engine.dialect = _said.setdefault("dialect", engine.dialect)
    engine.update_execution_options(compiled_cache=_said.setdefault("statements", {}))


@dataclass
class Post:
    """One kiosk: its machine, its road, and the changes a person would swear are on its disk.

    `shown` are the rows of its space that it showed when the centre was last put back.
    """

    machine: Machine
    code: str
    road: Road
    daily: Daily
    ops: set[bytes] = field(default_factory=set)
    offset: int = 0
    silent_until: int = 0
    sent: int = 0
    images: list[tuple[Path, set[bytes]]] = field(default_factory=list)
    shown: set[uuid.UUID] = field(default_factory=set)
    looked: tuple[uuid.UUID | None, int] = (None, 0)

    @property
    def space(self) -> uuid.UUID:
        """The space it stands in."""
        return places.space_uid(self.code)

    def settle(self) -> set[uuid.UUID]:
        """Give a copy of the blank card its own log, and its space; return the rows written."""
        with self.machine.writing():
            rehome.replay_all(session().connection())
        with self.machine.writing():
            places.settle(places.open_space(self.code, places.SpaceCard(self.code.title())))
        return self.note(0)

    def note(self, before: int) -> set[uuid.UUID]:
        """Remember the changes that a human act just wrote; return the rows they are about."""
        with self.machine.open() as current:
            query = select(sync_log.c.op_id, sync_log.c.row_uid).where(sync_log.c.seq > before)
            found = {bytes(row.op_id): row.row_uid for row in current.execute(query)}
        self.ops |= found.keys()
        return set(found.values())

    def said_anew(self) -> dict[bytes, uuid.UUID]:
        """Return the changes, and their rows, that nobody wrote: the centre had lost what they say.

        Only what was logged since the last look, where the log is still the same one.
        """
        with self.machine.open() as current:
            me = current.execute(select(sync_self.c.stream_uid, sync_self.c.seq)).one()
            since = self.looked[1] if self.looked[0] == me.stream_uid else 0
            query = select(sync_log.c.op_id, sync_log.c.row_uid).where(sync_log.c.adopted)
            self.looked = (me.stream_uid, me.seq)
            found = current.execute(query.where(sync_log.c.seq > since))
            return {bytes(row.op_id): row.row_uid for row in found}

    def look(self) -> None:
        """Note which rows of its space it shows: a living disk holds them."""
        with self.machine.open() as current:
            for model in synced_models().values():
                if "space_uid" in model.__table__.c:
                    mine = model.__table__.c.space_uid == self.space
                    self.shown |= set(current.scalars(select(model.__table__.c.uid).where(mine)))

    def seq(self) -> int:
        """How long the log is."""
        with self.machine.open() as current:
            return int(current.scalar(select(sync_self.c.seq)) or 0)

    def exchange(self) -> int:
        """Exchange as the worker does; return how many rows moved. Raises Trouble."""
        caller = Caller(keyfile.load(self.machine.data), self.road, "soak")
        talk = Exchange(self.machine.store, caller)
        try:
            tally = talk.run()
        finally:
            self.sent += talk.tally.sent
            start.remember(self.machine.store, self.machine.data)
        return tally.sent + tally.received

    def restart(self) -> None:
        """Lose the process, and start again as `kiosk serve` does."""
        self.machine.close()
        self.machine = opened(self.machine.data)
        start.check(self.machine.store, self.machine.data)

    def back_up(self, target: Path) -> None:
        """Keep an image of the disk."""
        self.machine.close()
        shutil.copytree(self.machine.data, target)
        self.images.append((target, set(self.ops)))

    def put_back(self, image: tuple[Path, set[bytes]], whole: bool) -> None:
        """Put an older image in the place of the disk; only the database unless `whole`."""
        self.machine.close()
        path, self.ops, self.shown, self.looked = image[0], set(image[1]), set(), (None, 0)
        for old in self.machine.data.glob("kiosk.db*"):
            old.unlink()
        names = [one.name for one in path.iterdir() if one.is_file()]
        for name in names if whole else [one for one in names if one.startswith("kiosk.db")]:
            shutil.copy(path / name, self.machine.data / name)
        self.restart()


class Centre:
    """The centre: replaced now and then by its backup. `held` are the changes it acknowledged."""

    def __init__(self, data: Path) -> None:
        self.machine = blank(data, "central")
        self.held: set[bytes] = set()
        self.image: tuple[Path, set[bytes]] | None = None
        self.start()

    def start(self) -> None:
        """Start the process: its door opens, it may notice that it was restored."""
        meta._heard.clear()
        assert self.machine.app
        clock._here.path = None

    def back_up(self, target: Path) -> None:
        """Keep a backup of its database."""
        self.machine.close()
        shutil.copytree(self.machine.data, target)
        self.image = (target, set(self.held))

    def put_back(self) -> None:
        """Bring the last backup back."""
        if self.image is None:
            return
        self.machine.close()
        data = self.machine.data
        for old in data.glob("*.db*"):
            old.unlink()
        for kept in self.image[0].glob("*.db*"):
            shutil.copy(kept, data / kept.name)
        self.machine, self.held = opened(data), set(self.image[1])
        self.start()


def bind(post: Post, centre: Centre) -> set[uuid.UUID]:
    """Enrol a kiosk; return the rows that this wrote."""
    with centre.machine.writing():
        code = str(services.make_code(post.code, centre.machine.data))
    post.road.is_good = True
    before = post.seq()
    enrol(post.machine.store, post.machine.data, "http://127.0.0.1", code, "soak", post.road)
    post.road.is_good = False
    return post.note(before)


def made(card: Path, data: Path, code: str, road: Road, chance: random.Random) -> Post:
    """Make a kiosk from a blank card."""
    shutil.copytree(card, data)
    return Post(opened(data), code, road, Daily(places.space_uid(code), chance))


__all__ = ["Centre", "Letter", "Post", "bind", "blank", "made", "opened"]
