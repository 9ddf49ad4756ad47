"""What machines do, each with the moments that it passes: all of them are broken, one after the other."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, update

from kiosk.central import compaction
from kiosk.places.models import Space
from kiosk.storage.log import sync_self
from kiosk.sync import start
from kiosk.sync.enrol import enrol
from tests.central.ageing import grow_old
from tests.sync.carrying import content, share
from tests.sync.conftest import code_for
from tests.sync.faults.world import World
from tests.sync.telling import NIORO

Step = Callable[[World], object]
FILE_BYTES = 90_000


@dataclass(frozen=True)
class Journey:
    """`act` is what breaks, at these `points`; what people do `by_hand` they do again."""

    prepare: Step
    act: Step
    points: tuple[str, ...]
    by_hand: bool = False


def news(world: World) -> None:
    """People at Nioro, and a word of the centre on its way there."""
    world.people()
    with world.centre.writing() as current:
        current.get_one(Space, NIORO).address = f"Rue {next(world.number)}"


def upgraded(world: World) -> None:
    """Nioro had an older program once: the centre owes it a snapshot."""
    news(world)
    with world.nioro.kiosk.writing() as current:
        cursor = current.scalar(select(sync_self.c.cursor))
        current.execute(update(sync_self).values(cursor=f"{cursor}.1"))


def put_back(world: World) -> None:
    """Nioro's database of this morning is put back; what it sent since is at the centre alone."""
    kiosk = world.nioro.kiosk
    world.people()
    kiosk.close()
    shutil.copy(kiosk.data / "kiosk.db", kiosk.data.parent / "matin.db")
    world.people()
    world.nioro.exchange()
    kiosk.close()
    for tail in ("-wal", "-shm"):
        (kiosk.data / f"kiosk.db{tail}").unlink(missing_ok=True)
    shutil.copy(kiosk.data.parent / "matin.db", kiosk.data / "kiosk.db")
    world.people()


def started(world: World) -> None:
    start.check(world.nioro.kiosk.store, world.nioro.kiosk.data)
    world.start_centre()


def shared_here(world: World) -> None:
    world.shared.append(share(world.nioro.kiosk, content(FILE_BYTES, next(world.number))))


def shared_there(world: World) -> None:
    world.shared.append(share(world.yelimane.kiosk, content(FILE_BYTES, next(world.number)), space="YEL"))
    world.carry(world.yelimane)
    world.nioro.exchange()


def written(world: World) -> None:
    news(world)
    world.stick.written_at(world.nioro.kiosk)


def brought(world: World) -> None:
    written(world)
    world.stick.taken_at(world.centre)


def silent_for_long(world: World) -> None:
    """Nothing of the centre's log is young any more, and nobody spoke since."""
    news(world)
    world.carry(world.yelimane)
    grow_old(world.centre.store, silent=True)


def enrolled_anew(world: World) -> None:
    kiosk, line = world.nioro.kiosk, world.nioro.line
    enrol(kiosk.store, kiosk.data, "http://127.0.0.1", code_for(world.centre, "NIO"), "test", line)


JOURNEYS = {
    "somebody registers people": Journey(lambda w: None, World.people, ("log.appended",)),
    "an exchange": Journey(
        news,
        lambda w: w.nioro.exchange(),
        (
            *("commit.before", "commit.after", "request.built", "push.stored", "push.kept"),
            *("stream.settled", "push.applied", "reply.made", "reply.written", "note.written"),
            *("reply.heard", "reply.acknowledged", "page.taken", "reply.taken"),
        ),
    ),
    "a snapshot": Journey(
        upgraded, lambda w: w.nioro.exchange(), ("snapshot.staged", "snapshot.swapped", "page.taken")
    ),
    "a restored disk": Journey(put_back, lambda w: w.nioro.exchange(), ("stream.left", "reply.taken")),
    "a start": Journey(news, started, ("position.known", "note.written", "run.noted")),
    "a file sent": Journey(
        shared_here,
        lambda w: w.carry(w.nioro),
        ("piece.poured", "content.checked", "content.taken", "content.sent"),
    ),
    "a file fetched": Journey(
        shared_there, lambda w: w.carry(w.nioro), ("piece.poured", "content.checked", "content.taken")
    ),
    "a stick written": Journey(
        news, lambda w: w.stick.written_at(w.nioro.kiosk), ("stick.written", "stick.named"), True
    ),
    "a stick at the centre": Journey(
        written,
        lambda w: w.stick.taken_at(w.centre),
        (
            *("push.stored", "push.kept", "push.applied", "reply.written", "letter.handed_in"),
            *("answer.sealed", "answer.kept", "stick.written", "stick.named"),
        ),
        True,
    ),
    "a stick brought back": Journey(
        brought, lambda w: w.stick.read_at(w.nioro.kiosk), ("reply.acknowledged", "letter.taken"), True
    ),
    "a lighter log at the centre": Journey(
        silent_for_long,
        lambda w: compaction.lighten(w.centre.store),
        ("commit.before", "floors.raised", "floors.swept"),
    ),
    "a new key": Journey(news, enrolled_anew, ("commit.before", "note.written", "key.saved"), True),
}
