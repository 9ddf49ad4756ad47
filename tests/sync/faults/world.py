"""Two kiosks and a centre on real files, what people swear they wrote, and what must hold of it."""

import itertools
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table, event, func, select, text

from kiosk.central import meta
from kiosk.central.models import inbox, stream
from kiosk.config import load
from kiosk.storage import synced_columns, synced_models, transaction
from kiosk.storage.changes import first_link, next_link
from kiosk.storage.log import sync_closed, sync_log
from kiosk.sync import keyfile, link, outbox, start
from kiosk.sync.blobs.carrier import Carrier
from kiosk.sync.caller import Caller
from tests.support.machines import Machine
from tests.sync.carrying import sha_of, store_of
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick
from tests.sync.telling import named, register
from tests.sync.wire import Wsgi


@dataclass
class World:
    """What a test breaks. `sworn` are the people somebody saw registered at Nioro."""

    centre: Machine
    nioro: Post
    yelimane: Post
    stick: Stick
    sworn: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    shared: list[str] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=itertools.count)
    is_sound: bool = False

    @property
    def machines(self) -> list[Machine]:
        return [self.centre, self.nioro.kiosk, self.yelimane.kiosk]

    def people(self, count: int = 3) -> None:
        """Register people at Nioro; who saw the page that says so swears."""
        for _ in range(count):
            name = f"Awa{next(self.number)} Coulibaly"
            self.doubtful.add(name)
            register(self.nioro.kiosk, name)
            self.doubtful.discard(name)
            self.sworn.append(name)

    def carry(self, post: Post) -> None:
        """Exchange, then bring files both ways."""
        post.exchange()
        caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
        Carrier(post.kiosk.store, post.kiosk.data).carry(caller)

    def let_go(self) -> None:
        """Close every connection: a process that forks or dies leaves none behind."""
        for machine in self.machines:
            machine.store.close()

    def start_centre(self) -> bool:
        """Start the centre's process again; tell whether it thinks that it was restored."""
        with self.centre.open() as current:
            with transaction():
                restored = meta.prepare(current.connection(), self.centre.data)
            meta.remember(current.connection(), self.centre.data)
        return restored

    def go_on(self) -> None:
        """Start everything again and let it run, as the next morning does: one exchange mends it."""
        self.let_go()
        assert not self.start_centre(), "a death is no restore"
        start.check(self.nioro.kiosk.store, self.nioro.kiosk.data)
        self.carry(self.nioro)

    def behind(self) -> int:
        """Return how many changes of Nioro's stream go out again though the centre has them."""
        with self.nioro.kiosk.open() as current:
            mine = outbox.me(current.connection())
        with self.centre.open() as current:
            have = current.scalar(select(stream.c.have).where(stream.c.stream_uid == mine.stream))
        return (have or 0) - mine.acked if have is not None else 0

    def batch(self) -> int:
        """Return how many changes Nioro sends at once."""
        with self.nioro.kiosk.open() as current:
            return link.load(current.connection()).changes

    # --- what must hold ----------------------------------------------------------

    def holds(self) -> None:
        """Assert I1 to I6 of a world at rest."""
        kiosk = self.nioro.kiosk
        here, there = named(kiosk), named(self.centre)
        assert here == there, "the two registers are equal"
        assert not set(self.sworn) - set(here), "nothing that somebody saw saved is lost"
        assert not set(here) - set(self.sworn) - self.doubtful, "and nothing comes from nowhere"
        assert max(Counter(here).values(), default=1) == 1, "each person once"
        for machine in self.machines:
            is_whole(machine)
        is_chained(kiosk, self.centre)
        counted_once(self.centre)
        for sha in self.shared:
            for machine in (kiosk, self.centre):
                assert sha_of(store_of(machine).path(sha).read_bytes()) == sha, (
                    "each file, whole, on both sides"
                )
        assert views_are_equal(kiosk, self.centre)
        assert not strays(self.machines, self.stick), "nothing half done is left lying about"
        self.is_sound = True


def is_whole(machine: Machine) -> None:
    """Let SQLite check its own file; PostgreSQL answers for its own."""
    if machine.store.url.get_backend_name() != "sqlite":
        return
    with machine.open() as current:
        assert current.scalar(text("PRAGMA integrity_check")) == "ok"
        assert not current.execute(text("PRAGMA foreign_key_check")).all()


def is_chained(kiosk: Machine, centre: Machine) -> None:
    """Compute a kiosk's chain again from its first change, and compare the centre's."""
    with kiosk.open() as current:
        mine = outbox.me(current.connection())
        rows = current.execute(select(sync_log.c.seq, sync_log.c.op_id, sync_log.c.chain)).all()
    chain = first_link(mine.stream)
    for number, row in enumerate(sorted(rows), 1):
        chain = next_link(chain, bytes(row.op_id))
        assert (row.seq, bytes(row.chain)) == (number, chain), "the log is gapless, the chain unbroken"
    assert (mine.seq, mine.chain) == (len(rows), chain)
    assert 0 <= mine.settled == mine.acked == mine.seq
    with centre.open() as current:
        known = current.execute(select(stream).where(stream.c.stream_uid == mine.stream)).first()
    assert known is None or (known.have, bytes(known.chain)) == (mine.seq, mine.chain)


def counted_once(centre: Machine) -> None:
    with centre.open() as current:
        again = select(inbox.c.op_id).where(inbox.c.first).group_by(inbox.c.op_id).having(func.count() > 1)
        assert not current.execute(again).all(), "an op counts once, however often it came"
        assert not current.execute(select(inbox).where(inbox.c.state.in_(("received", "held")))).all()


def views_are_equal(kiosk: Machine, centre: Machine) -> bool:
    """Compare field by field every row that a kiosk wrote or received."""
    with kiosk.open() as current:
        wrote = {tuple(row) for log in (sync_log, sync_closed) for row in current.execute(_places(log))}
    mine = {place: row for place, row in _rows(kiosk).items() if row[0] is not None or place in wrote}
    theirs = _rows(centre)
    return bool(mine) and all(place in theirs and theirs[place][1:] == mine[place][1:] for place in mine)


def _places(log: Table) -> Any:
    return select(log.c.tab, log.c.row_uid).distinct()


def _rows(machine: Machine) -> dict[Any, tuple[Any, ...]]:
    """Return every synced row by its place: the centre's version of it, then its fields."""
    found: dict[Any, tuple[Any, ...]] = {}
    with machine.open() as current:
        for name, model in synced_models().items():
            table: Table = model.__table__  # type: ignore[assignment]
            for row in current.connection().execute(
                select(table.c.uid, table.c.cver_n, *synced_columns(table))
            ):
                found[name, row.uid] = tuple(row)[1:]
    return found


def strays(machines: list[Machine], stick: Stick) -> list[Path]:
    found = [path for machine in machines for path in machine.data.rglob("*.part")]
    return [*found, *stick.path.rglob("*.TMP")]


def made(folder: Path, parts: dict[str, Machine]) -> World:
    """Link two kiosks to a centre; the centre's application stands once."""
    nioro = link_up(parts["nioro"], parts["centre"])
    yelimane = link_up(parts["yelimane"], parts["centre"], "YEL")
    (folder / "cle").mkdir(exist_ok=True)
    world = World(parts["centre"], nioro, yelimane, Stick(folder / "cle"))
    world.people(2)
    for _ in range(2):
        world.carry(nioro)
        world.carry(yelimane)
    return world


NOWHERE: Mapping[str, Path] = MappingProxyType({})


def copied(
    world: World, folder: Path, stack: ExitStack, fast: bool = True, places: Mapping[str, Path] = NOWHERE
) -> World:
    """Return a world of its own, on copies of the files of another; `places` are other disks, by machine."""
    homes = [places.get(name, folder) for name in ("centre", "nioro", "yelimane")]
    parts = [
        Machine(load(copy_of(one.data, home), {}), one.people)
        for one, home in zip(world.machines, homes, strict=True)
    ]
    for part in parts:
        stack.callback(part.close)
        if fast:
            event.listen(part.store.engine, "connect", _fast)
    centre, nioro, yelimane = parts
    (folder / "cle").mkdir()
    posts = [Post(one, Wsgi(centre.app)) for one in (nioro, yelimane)]
    return World(centre, *posts, Stick(folder / "cle"), list(world.sworn), number=itertools.count(1_000))


def copy_of(source: Path, folder: Path) -> Path:
    target = folder / source.name
    shutil.copytree(source, target)
    return target


def _fast(connection: Any, _record: Any) -> None:
    """A process that dies takes nothing of what it wrote along: only a power cut needs the disk forced."""
    connection.execute("PRAGMA synchronous = OFF")
