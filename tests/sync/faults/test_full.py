"""Full disks and disks that refuse: one plain sentence, nothing lost, and all goes on once there is room."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from kiosk.operator import sentence
from kiosk.storage import archive, backup, clock
from kiosk.sync import keyfile
from kiosk.sync.blobs import parts
from kiosk.sync.trouble import CentreFull, DiskFull, DiskLocked
from kiosk.sync.worker import Talker, Worker
from tests.support.processes import Run
from tests.sync.carrying import content, share, store_of
from tests.sync.faults import disks
from tests.sync.faults import world as worlds
from tests.sync.faults.breaking import Nth, watched
from tests.sync.faults.disks import Small
from tests.sync.faults.journeys import news
from tests.sync.faults.world import World
from tests.sync.telling import named

AWA = {"given_name": "Awa", "family_name": "Koné", "sex": "F", "registered_on": "2026-03-04", "agreed": "y"}
COUNT = int(os.environ.get("KIOSK_BUDGET") or 500) // 250
"""At how many moments the disk fills up: two of each side in the suite, all with `--budget 1250`."""
HERE = ["page.taken", "request.built", "reply.heard", "commit.after"]
THERE = ["reply.heard", "push.kept", "push.stored", "push.applied", "reply.made"]
Placed = Callable[[str], tuple[World, Small]]


@pytest.fixture
def placed(origin: World, tmp_path: Path) -> Iterator[Placed]:
    """A world with one machine on a small disk: `placed("nioro")`."""
    with ExitStack() as stack:

        def place(name: str) -> tuple[World, Small]:
            small = stack.enter_context(disks.mounted(tmp_path / "petit"))
            places = {name: small.path}
            return worlds.copied(origin, tmp_path, stack, fast=False, places=places), small

        yield place


def talker(world: World) -> Talker:
    """Return the worker's talker, on the line of the tests."""
    made = Talker(world.nioro.kiosk.store, world.nioro.kiosk.data, "test")
    made._line, made._known = world.nioro.line, keyfile.load(world.nioro.kiosk.data)  # type: ignore[assignment]
    return made


class Deaf:
    """A bell that nobody rings."""

    def wait(self, seconds: float) -> bool:
        return False


def test_a_page_says_that_the_disk_is_full_and_saves_once_there_is_room(placed: Placed) -> None:
    world, small = placed("nioro")
    kadidia = world.nioro.kiosk.as_("manager")
    small.fill()
    answer = kadidia.send("/membres/nouveau", **AWA)
    assert answer.status_code == 507
    assert "Le disque est plein" in answer.text
    assert "Libérez de la place" in answer.text
    for page in ("/aujourdhui", "/membres", "/envois"):
        assert kadidia.get(page).status_code == 200, "what is there can be read"
    small.clear()
    assert kadidia.send("/membres/nouveau", **AWA).status_code == 303
    world.sworn.append("Awa Koné")
    world.go_on()
    world.holds()


@pytest.mark.parametrize("point", HERE[:COUNT])
def test_an_exchange_stops_where_the_kiosks_disk_is_full_and_goes_on_alone(
    placed: Placed, point: str
) -> None:
    world, small = placed("nioro")
    kadidia = world.nioro.kiosk.as_("manager")
    news(world)
    with watched(Nth(point, small.fill)), pytest.raises(DiskFull, match="Le disque est plein"):
        talker(world).exchange()
    assert "Le disque est plein. Libérez de la place" in kadidia.get("/envois").text
    assert Worker(world.nioro.kiosk.store, world.nioro.kiosk.data, "test", talker(world))._once(Deaf()) > 0  # type: ignore[arg-type]
    small.clear()
    assert talker(world).exchange().sent > 0 or point in ("page.taken", "commit.after")
    assert "plein" not in kadidia.get("/envois").text
    world.go_on()
    world.holds()


@pytest.mark.parametrize("point", THERE[:COUNT])
def test_a_full_centre_says_so_and_takes_everything_once_there_is_room(placed: Placed, point: str) -> None:
    world, small = placed("centre")
    news(world)
    if point == "reply.heard":
        small.fill()
        point = ""
    with watched(Nth(point or "never", small.fill)), pytest.raises(CentreFull, match="disque du centre"):
        talker(world).exchange()
    assert "Le disque du centre ne prend plus rien" in world.nioro.kiosk.as_("manager").get("/envois").text
    assert 0 <= world.behind() <= world.batch()
    small.clear()
    talker(world).exchange()
    world.go_on()
    world.holds()


@pytest.mark.parametrize("full", ["nioro", "centre"])
def test_a_file_waits_for_room_and_goes_on_where_it_was(
    placed: Placed, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "RESERVE", 0)
    world, small = placed(full)
    kadidia, data = world.nioro.kiosk.as_("manager"), content(600_000)
    source, target = (world.yelimane, world.nioro.kiosk) if full == "nioro" else (world.nioro, world.centre)
    sha = share(source.kiosk, data, space="YEL" if full == "nioro" else "NIO")
    source.exchange()
    world.nioro.exchange()
    if full == "nioro":
        world.carry(world.yelimane)
        world.nioro.exchange()
    small.fill(but=2_000_000)
    filled = Nth("piece.poured", lambda: small.fill(but=200_000), 3)
    with watched(filled), suppress(DiskFull):
        talker(world).carry()
    assert filled.name and not store_of(target).has(sha)
    said = "Le disque est p" if full == "nioro" else "Le disque du centre est plein"
    assert said in kadidia.get("/envois").text
    small.clear()
    later = clock.monotonic() + 90_000
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    world.carry(world.nioro)
    assert store_of(target).path(sha).read_bytes() == data


def test_a_disk_that_refuses_is_said_and_read_all_the_same(placed: Placed, run: Run) -> None:
    world, small = placed("nioro")
    kiosk, kadidia = world.nioro.kiosk, world.nioro.kiosk.as_("manager")
    world.people()
    kadidia.get("/aujourdhui")
    world.let_go()
    small.lock()
    assert kadidia.get("/membres").status_code == 200
    answer = kadidia.send("/membres/nouveau", **AWA)
    assert (answer.status_code, "Le disque refuse l’écriture." in answer.text) == (507, True)
    with pytest.raises(DiskLocked, match="refuse l’écriture"):
        talker(world).exchange()
    ran = run(kiosk.data, "sync")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "refuse l’écriture" in ran.stderr
    world.let_go()
    small.lock("rw")
    world.go_on()
    world.holds()


def test_a_database_that_cannot_be_opened_is_one_calm_page(placed: Placed) -> None:
    """Without its journal a database on a locked disk is not even read."""
    world, small = placed("nioro")
    kiosk, kadidia = world.nioro.kiosk, world.nioro.kiosk.as_("manager")
    world.let_go()
    sqlite3.connect(kiosk.data / "kiosk.db").execute("PRAGMA journal_mode = DELETE").connection.close()
    sqlite3.connect(kiosk.data / "kiosk.db").execute("PRAGMA journal_mode = WAL").connection.close()
    small.lock()
    for phone in (kadidia, kiosk.client()):
        answer = phone.get("/membres")
        assert (answer.status_code, "Le disque refuse l’écriture." in answer.text) == (507, True)
    world.let_go()
    small.lock("rw")
    assert kadidia.get("/membres").status_code == 200
    world.go_on()
    world.holds()


def test_a_centre_whose_disk_refuses_takes_everything_once_it_is_mended(placed: Placed) -> None:
    world, small = placed("centre")
    news(world)
    world.centre.client().get("/")  # a centre that is served: its journal is there to be read
    world.let_go()
    small.lock()
    with pytest.raises(CentreFull):
        talker(world).exchange()
    world.let_go()
    small.lock("rw")
    world.go_on()
    world.holds()


def test_a_stick_on_a_full_machine_says_so_and_works_once_there_is_room(placed: Placed, run: Run) -> None:
    world, small = placed("nioro")
    kiosk = world.nioro.kiosk
    world.people()
    world.let_go()
    small.fill()
    for words in (("bundle", "write", str(world.stick.path)), ("backup", str(small.path / "copie.tar"))):
        ran = run(kiosk.data, *words)
        assert (ran.returncode, ran.stderr.count("\n")) == (1, 1), ran.stderr
        assert "le disque est plein" in ran.stderr.lower()
    assert not worlds.strays(world.machines, world.stick)
    small.clear()
    assert run(kiosk.data, "backup", str(small.path / "copie.tar")).returncode == 0
    world.stick.written_at(kiosk)
    world.stick.taken_at(world.centre)
    assert named(world.centre) == named(kiosk)


def test_a_stick_brought_to_a_full_centre_waits_for_room(placed: Placed, run: Run) -> None:
    world, small = placed("centre")
    world.people()
    world.stick.written_at(world.nioro.kiosk)
    world.let_go()
    small.fill()
    ran = run(world.centre.data, "bundle", "read", str(world.stick.path))
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1), ran.stderr
    assert "le disque est plein" in ran.stderr.lower()
    small.clear()
    world.stick.taken_at(world.centre)
    world.stick.read_at(world.nioro.kiosk)
    assert world.behind() == 0
    world.go_on()
    world.holds()


def test_a_backup_on_a_full_stick_leaves_what_was_there(placed: Placed) -> None:
    world, small = placed("yelimane")
    data, target = world.nioro.kiosk.data, small.path / "copie.tar"
    target.write_bytes(b"the one of last week")
    small.fill(but=300_000)
    with pytest.raises(OSError) as failed:
        backup.write(data, target, lambda done, total: None)
    assert "le disque est plein" in sentence(failed.value)
    assert target.read_bytes() == b"the one of last week"
    assert not [*small.path.glob("*.part"), *data.rglob("copie.db*")]
    small.clear()
    backup.write(data, target, lambda done, total: None)
    assert archive.read_manifest(target)
