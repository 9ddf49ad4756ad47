"""What one machine does as the centre: `python -m tests.bench_centre`.

A real PostgreSQL that forces its writes to the disk, real processes of the centre,
and kiosks whose signed requests are written beforehand, so that hardly anything
but the centre is measured. Prints a Markdown table; takes about three minutes.
"""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import text

from kiosk.config import load
from kiosk.members import services as members
from kiosk.places import services as places
from kiosk.sync import exchange, frame, keyfile, link, outbox
from kiosk.sync.caller import EXCHANGE, Caller
from kiosk.sync.exchange import Exchange
from kiosk.sync.line import HttpLine
from kiosk.sync.signature import Call
from tests.support import measure, postgres
from tests.support.load import Load
from tests.support.machines import Machine, prepare
from tests.support.processes import Served, start

KIOSKS, PEOPLE, BATCH, THREADS, IDLE_S = 6, 800, 32_000, 8, 6.0
SPACES = ("NIO", "YEL", "KAY", "DIE", "BAF", "KIT")


@dataclass
class Figures:
    """One line of the table: a centre of so many processes."""

    what: str
    changes: int = 0
    seconds: float = 0.0
    idle: float = 0.0
    page: Load = field(default_factory=Load)
    memory: float = 0.0
    grown: int = 0

    def line(self) -> str:
        pages = f"{self.page.quantile(0.5) * 1e3:.0f} / {self.page.quantile(0.95) * 1e3:.0f} ms"
        rate = self.changes / self.seconds
        kept = self.grown / self.changes
        rates = f"{rate:,.0f} | {self.idle:,.0f}"
        return f"| {self.what} | {rates} | {pages} | {self.memory:.0f} MB | {kept:,.0f} |"


@dataclass
class Sender:
    """A kiosk and its requests, ready to be sent."""

    kiosk: Machine
    bodies: list[bytes] = field(default_factory=list)
    changes: int = 0

    def write(self) -> None:
        """Write the requests that bring everything, as if each were acknowledged before the next."""
        with self.kiosk.open() as current:
            connection = current.connection()
            known = replace(link.load(connection), batch=BATCH)
            after = outbox.me(connection).acked
            while after < outbox.me(connection).seq:
                request = exchange.build(connection, known, "bench", after=after)
                after += len(request.rows)
                self.changes += len(request.rows)
                self.bodies.append(body_of(connection, request))

    def idle(self) -> None:
        """Write the request of a kiosk that has nothing to say; `exchange` came before."""
        with self.kiosk.open() as current:
            connection = current.connection()
            request = exchange.build(connection, link.load(connection), "bench")
            assert not request.rows
            self.bodies = [body_of(connection, request)]

    def exchange(self) -> None:
        """Take in what the centre says, as the kiosk's worker does."""
        line = HttpLine(keyfile.load(self.kiosk.data).centre)
        Exchange(self.kiosk.store, Caller(keyfile.load(self.kiosk.data), line, "bench")).run()
        line.close()

    def send(self, until: Callable[[], bool] | None = None) -> int:
        """Send the requests once, or again and again `until` then; return how many were answered."""
        identity, count = keyfile.load(self.kiosk.data), 0
        line = HttpLine(identity.centre)
        with self.kiosk.open() as current:
            stream = outbox.me(current.connection()).stream.hex
        while True:
            for body in self.bodies:
                answer = Caller(identity, line).ask(Call("POST", EXCHANGE, stream, body), 120.0)
                assert answer.status == 200, answer.status
                count += 1
            if until is None or until():
                line.close()
                return count


def body_of(connection: outbox.Connection, request: exchange.Request) -> bytes:
    """The frame of a request in the newest form."""
    known = outbox.created(connection, request.rows, request.first)
    newest = replace(request, version=2, reads=2, places=known)
    return frame.encode(newest.document(), frame.DEFLATE, frame.DICTIONARY)


def filled(folder: Path) -> list[Path]:
    """Kiosks of different spaces, each with its people, enrolled nowhere."""
    found = [folder / code for code in SPACES[:KIOSKS]]
    for data in found:
        data.mkdir(parents=True)
        measure.timed(data, "upgrade")
        measure.settle(data, data.name, f"Espace {data.name}")
        kiosk = Machine(load(data, {}), {})
        with kiosk.writing():
            for number in range(PEOPLE):
                note = f"Village {number}"
                members.register(
                    places.space_uid(data.name), given_name=f"Awa{number}", family_name="Sacko", notes=note
                )
        kiosk.close()
    return found


@contextmanager
def served(folder: Path, url: str, workers: int) -> Iterator[tuple[Machine, list[Served]]]:
    """A centre of so many processes."""
    centre = prepare(folder / "centre", "central", **({"database": url} if url else {}))
    centre.close()
    found = [
        start(centre.data, folder / f"centre-{number}.log", KIOSK_THREADS=str(THREADS))
        for number in range(workers)
    ]
    try:
        for one in found:
            one.wait()
        yield centre, found
    finally:
        for one in found:
            one.stop()


def measured(what: str, folder: Path, full: list[Path], url: str, workers: int) -> Figures:
    """Bring everything to such a centre, then exchange with nothing to say."""
    figures = Figures(what)
    copies = [Path(shutil.copytree(data, folder / data.name)) for data in full]
    kiosks = [Machine(load(data, {}), {}) for data in copies]
    with served(folder, url, workers) as (centre, processes):
        senders = [Sender(kiosk) for kiosk in kiosks]
        for number, sender in enumerate(senders):
            measure.enrol(centre.data, sender.kiosk.data, SPACES[number], processes[number % workers].port)
            sender.write()
        figures.changes = sum(sender.changes for sender in senders)
        before = size(centre)
        with reading(processes[0]) as figures.page:
            figures.seconds, _ = at_once(senders)
        figures.grown = size(centre) - before
        for sender in senders:
            sender.exchange()
            sender.idle()
        end = time.perf_counter() + IDLE_S
        took, count = at_once(senders, lambda: time.perf_counter() > end)
        figures.idle = count / took
        figures.memory = sum(measure.resident(one.process.pid) for one in processes) / workers
    for kiosk in kiosks:
        kiosk.close()
    return figures


def size(centre: Machine) -> int:
    """Bytes of the centre's database."""
    how = "pg_database_size(current_database())"
    if centre.store.url.get_backend_name() == "sqlite":
        how = "page_count * page_size from pragma_page_count(), pragma_page_size()"
    with centre.open() as current:
        found = int(current.scalar(text(f"select {how}")) or 0)
    centre.close()
    return found


def at_once(senders: list[Sender], until: Callable[[], bool] | None = None) -> tuple[float, int]:
    """Let all send at once; return the seconds it took and the number of answers."""
    counts: list[int] = []

    def send(sender: Sender) -> None:
        counts.append(sender.send(until))

    threads = [threading.Thread(target=send, args=(one,)) for one in senders]
    since = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == len(senders), "a kiosk was not answered"
    return time.perf_counter() - since, sum(counts)


@contextmanager
def reading(process: Served) -> Iterator[Load]:
    """A person who opens a page that reads the database, five times a second, for the time of the block."""
    load, ended = Load(), threading.Event()

    def read() -> None:
        while not ended.wait(0.2):
            since = time.perf_counter()
            status, _ = process.read("/connexion")
            load.latencies.append(time.perf_counter() - since)
            load.errors += status != 200

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield load
    finally:
        ended.set()
        reader.join()
        assert not load.errors


def main() -> None:
    """Print the table."""
    rates = "changes/s | idle exchanges/s | a page meanwhile, p50 / p95"
    print(f"| Centre | {rates} | memory of a process | bytes kept a change |")
    print("|---|---|---|---|---|---|", flush=True)
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-bench-")))
        full = filled(place / "full")
        print(measured("SQLite, 1 process", place / "sqlite", full, "", 1).line(), flush=True)
        server = stack.enter_context(postgres.running("fsync=on", "shared_buffers=128MB"))
        for workers in (1, 2):
            what = f"PostgreSQL, {workers} process{'es' * (workers > 1)}"
            figures = measured(what, place / str(workers), full, server.new_database(), workers)
            print(figures.line(), flush=True)
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"\n{KIOSKS} kiosks at once on this machine of {cores} cores, {THREADS} threads a process.")


if __name__ == "__main__":
    main()
