"""What the sync worker weighs, and what pages feel of it: `python -m tests.bench_worker`.

Real `kiosk sync` processes against a real centre: the peak is VmHWM of that one
process, as the system counts it. Pages are asked by a few phones while a worker
sends a backlog, and before: the same kiosk, the same minute. `--long` adds a
backlog of 100,000 changes. It stops by itself after some five minutes (twenty).
"""

import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import load
from kiosk.library import services as library
from kiosk.library.kinds import PDF
from kiosk.library.vocabulary import Kind, Licence, Part, Theme
from kiosk.places import services as places
from kiosk.storage import transaction
from kiosk.storage.files import FileStore
from tests.bench import LISTS, PEOPLE, Row, manager, people, show
from tests.bench import filled as example
from tests.bench_sync import enrol_everybody, served, store_of
from tests.support import measure
from tests.support.load import Load, press, request
from tests.support.processes import Served, command, start

MOST = 60.0
CLIENTS = 4
FILES = [200_000] * 40 + [20_000_000]
LIMITS = {"KIOSK_FILES_LARGEST": str(10**9), "KIOSK_FILES_A_DAY": str(10**10)}
PAGES = (*LISTS, "/programme")
SECONDS, SLACK = 3.0, 0.02


@dataclass(frozen=True)
class Ran:
    """How a command went: its peak in MB, seconds of wall clock and of processor."""

    peak: float
    seconds: float
    cpu: float


def weighed(data: Path, *words: str, more: Mapping[str, str] | None = None) -> Ran:
    """Run one `kiosk` command and weigh it as it goes."""
    since, peak = time.perf_counter(), 0.0
    running = subprocess.Popen(
        command(data, *words),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(more or {})},
    )
    while True:
        ended, status, used = os.wait4(running.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, _high_water(running.pid))
        time.sleep(0.01)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, words
    return Ran(peak, time.perf_counter() - since, used.ru_utime + used.ru_stime)


def _high_water(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0


def row(what: str, ran: Ran) -> Row:
    """Return the line of a worker that was weighed."""
    said = f"{ran.peak:.1f} MB"
    return Row(what, f"≤ {MOST:.0f} MB", said, f"{ran.seconds:.1f} s, {ran.cpu:.1f} s CPU", ran.peak <= MOST)


def machine(folder: Path, name: str, role: str = "kiosk") -> Path:
    """Return an empty data directory, ready."""
    data = folder / name
    data.mkdir()
    (data / "config.toml").write_text(f'role = "{role}"\n')
    measure.timed(data, "upgrade")
    return data


def filled(folder: Path, tens: int) -> Path:
    """Return a kiosk with that many times ten thousand members, ten thousand of them enrolled."""
    data = machine(folder, f"kiosk-{tens}")
    measure.settle(data, "KAY", "Kayes")
    for number in range(tens):
        measure.timed(data, "members", "import", str(people(folder / "people.csv", number * PEOPLE)))
    with store_of(data) as store:
        enrol_everybody(store)
    return data


def share(data: Path) -> None:
    """Put files on a kiosk's shelves: forty pictures' worth and a film's."""
    settings = load(data, {})
    files = FileStore(settings.files, settings.spool)
    card = library.Card("Souder une lampe", Kind.BOOK, "fr", Theme.WORK, Licence.CC_BY)
    with store_of(data) as store, store.open():
        for number, size in enumerate(FILES):
            kept = files.keep(io.BytesIO(random.Random(number).randbytes(size)), 10**9)
            with transaction():
                one = library.add(card, places.space_uid("KAY"))
                library.attach(one, Part.MAIN, kept, PDF, "lampe.pdf")


@contextmanager
def linked(folder: Path, tens: int, with_files: bool = False) -> Iterator[tuple[Path, Path, int]]:
    """A filled kiosk that has sent nothing yet, its centre and the port of it."""
    place = folder / f"{tens}-{with_files}"
    place.mkdir()
    kiosk, centre = filled(place, tens), machine(place, "centre", "central")
    if with_files:
        share(kiosk)
    with served(centre, place) as port:
        measure.enrol(centre, kiosk, "KAY", port)
        yield kiosk, centre, port
    shutil.rmtree(place)


# --- what the worker weighs ----------------------------------------------------------------


def sending(folder: Path, tens: int) -> Iterator[Row]:
    """A backlog sent, a lost machine rebuilt from it."""
    with linked(folder, tens) as (kiosk, centre, port):
        count = measure.waiting(kiosk)
        yield row(f"Worker that sends {count:,} changes", weighed(kiosk, "sync"))
        yield row("… with nothing to send", weighed(kiosk, "sync"))
        new = machine(folder, f"new-{tens}")
        _, code = measure.timed(centre, "central", "code", "--replaces", "1")
        asked = ("enrol", "--replace", f"http://127.0.0.1:{port}", code.split()[-1])
        yield row(f"A lost machine's place taken: {count:,} rows received", weighed(new, *asked))
        shutil.rmtree(new)


def carrying(folder: Path) -> Iterator[Row]:
    """A backlog with files, and by a stick."""
    with linked(folder, 1, with_files=True) as (kiosk, _, _):
        ran = weighed(kiosk, "sync", more=LIMITS)
        yield row(f"Worker that sends 20,000 changes and {sum(FILES) / 1e6:.0f} MB of files", ran)
    with linked(folder, 1) as (kiosk, centre, _):
        stick = folder / "stick"
        stick.mkdir()
        yield row("20,000 changes written to a stick", weighed(kiosk, "bundle", "write", str(stick)))
        measure.timed(centre, "bundle", "read", str(stick))
        yield row("The centre's answer read from it", weighed(kiosk, "bundle", "read", str(stick)))


# --- what pages feel of it -------------------------------------------------------------------


def pages(folder: Path) -> Iterator[Row]:
    """Each page by a few phones, on a kiosk with its year: alone, and while a worker sends."""
    kiosk, centre = example(folder), machine(folder, "pages-centre", "central")
    measure.timed(kiosk, "members", "import", str(people(folder / "people.csv")))
    with served(centre, folder) as far:
        measure.enrol(centre, kiosk, "NIO", far)
        near = start(kiosk, folder / "pages.log")
        near.wait()
        try:
            yield from _beside_a_worker(kiosk, near)
        finally:
            near.stop()


def _beside_a_worker(kiosk: Path, near: Served) -> Iterator[Row]:
    cookie = {"Cookie": manager(near)}
    asked = {path: request(path, near.port, cookie if path in LISTS else None) for path in PAGES}
    alone = {path: press(near.port, one, CLIENTS, SECONDS) for path, one in asked.items()}
    worker = subprocess.Popen(command(kiosk, "sync"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for path, one in asked.items():
        beside = press(near.port, one, CLIENTS, SECONDS)
        yield _felt(path, beside, alone[path], worker.poll() is None)
    worker.wait()


def _felt(path: str, beside: Load, alone: Load, worked: bool) -> Row:
    what = f"`{path}`, {CLIENTS} phones, while a worker sends" + ("" if worked else " (it ended before)")
    good = beside.quantile(0.95) <= 1.5 * alone.quantile(0.95) + SLACK and not beside.errors
    return Row(
        what, "p95 as without, half more at most", _latency(beside), f"{_latency(alone)} without", good
    )


def _latency(load: Load) -> str:
    p50, p95 = (load.quantile(share) * 1e3 for share in (0.5, 0.95))
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {load.rate:.0f} req/s"


def rows(folder: Path, long: bool = False) -> Iterator[Row]:
    """Measure row by row."""
    yield from pages(folder)
    yield from sending(folder, 1)
    yield from carrying(folder)
    if long:
        yield from sending(folder, 9)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as place:
        sys.exit(0 if show(rows(Path(place), "--long" in sys.argv), "Beside") else 1)
