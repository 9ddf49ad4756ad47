"""The budget table, measured: `python -m tests.bench`.

Everything runs on this machine, against real processes: a kiosk filled with the
example year, a centre, a counting relay between them, a headless Chromium as the
cold phone, and beside it a bare Flask page under the same server, so that a
ratio can be quoted from any machine. It stops by itself after about two minutes.
"""

import compileall
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.example.names import FAMILIES, MEN, WOMEN
from deploy.example_data import PINS
from kiosk.accounts.models import Role
from tests.support import measure
from tests.support.load import Load, best, request
from tests.support.processes import Served, free_port, start

PEOPLE = 10_000
LISTS = ("/membres",)
SHARED = ("/programme", "/mediatheque")
WEIGHED = ("/", "/programme", "/mediatheque", "/actualites", "/aide")
WEIGHED_STAFF = ("/", "/membres", "/membres/nouveau", "/formations", "/articles", "/rapports")


@dataclass(frozen=True)
class Row:
    """One line of the table; `good` None where there is no budget."""

    what: str
    budget: str
    measured: str
    bare: str = ""
    good: bool | None = None


def show(rows: Iterator[Row], beside: str = "Bare Flask page") -> bool:
    """Print rows as they come, as a Markdown table; tell whether all budgets are kept."""
    kept = True
    print(f"| What | Budget | Measured | {beside} |\n|---|---|---|---|", flush=True)
    for row in rows:
        mark = {True: "", False: " **over**", None: ""}[row.good]
        print(f"| {row.what} | {row.budget} | {row.measured}{mark} | {row.bare} |", flush=True)
        kept = kept and row.good is not False
    return kept


def filled(folder: Path) -> Path:
    """A kiosk of Nioro with its year, of a program compiled as an installed one is."""
    compileall.compile_dir("kiosk", quiet=2)
    data = folder / "nioro"
    data.mkdir()
    measure.timed(data, "upgrade")
    subprocess.run([sys.executable, "-m", "deploy.example_data", str(data)], check=True, capture_output=True)
    return data


@contextmanager
def running(data: Path, folder: Path) -> Iterator[tuple[Served, float]]:
    """A served kiosk and the seconds it took to answer."""
    since = time.perf_counter()
    served = start(data, folder / f"{data.name}.log")
    took = measure.first_answer(served.port, since)
    try:
        yield served, took
    finally:
        served.stop()


def bare_page() -> tuple[float, float, float, Load]:
    """The yardstick: cold start, memory idle and after load, and its load."""
    port, since = free_port(), time.perf_counter()
    process = measure.bare(port)
    try:
        took = measure.first_answer(port, since)
        idle = measure.resident(process.pid)
        load = best(port, request("/", port))
        return took, idle, measure.resident(process.pid), load
    finally:
        process.terminate()
        process.wait()


def rows(folder: Path) -> Iterator[Row]:
    """Measure row by row."""
    data = filled(folder)
    starts = []
    for _ in range(2):
        with running(data, folder) as (_, took):
            starts.append(took)
    bare_start, bare_idle, bare_after, bare_load = bare_page()
    with running(data, folder) as (served, took):
        best = min(*starts, took)
        yield Row("Cold start to first 200", "≤ 1.0 s", f"{best:.2f} s", f"{bare_start:.2f} s", best <= 1.0)
        idle = measure.resident(served.process.pid)
        yield Row("Resident memory, idle", "≤ 75 MB", f"{idle:.0f} MB", f"{bare_idle:.0f} MB", idle <= 75)
        yield from pages(served)
        yield from under_load(served, bare_load)
        after = measure.resident(served.process.pid)
        yield Row("… after load", "≤ 110 MB", f"{after:.0f} MB", f"{bare_after:.0f} MB", after <= 110)
    yield from exchange(folder)
    size = measure.installed_size()
    yield Row("Installed size, without pip", "≤ 140 MB", f"{size:.0f} MB", "", size <= 140)


def pages(served: Served) -> Iterator[Row]:
    """What a phone has to fetch."""
    weight, count = measure.cold_phone(served.url)
    good = weight <= 30_000 and count <= 5
    yield Row("First page, cold phone", "≤ 30 kB, ≤ 5 requests", f"{weight / 1e3:.1f} kB, {count}", "", good)
    cookie = manager(served)
    weights = {path: measure.page_weight(served, path) for path in WEIGHED}
    weights |= {f"{path} (staff)": measure.page_weight(served, path, cookie) for path in WEIGHED_STAFF}
    heaviest = max(weights, key=lambda path: weights[path])
    said = f"{min(weights.values()) / 1e3:.1f}–{weights[heaviest] / 1e3:.1f} kB ({heaviest})"
    yield Row("HTML of a page, compressed", "≤ 8 kB", said, "", weights[heaviest] <= 8 * 1024)


def manager(served: Served) -> str:
    """The cookie of the signed-in manager."""
    return measure.sign_in(served, "Kadidia Sissoko", PINS[Role.MANAGER])


def under_load(served: Served, bare: Load) -> Iterator[Row]:
    """Thirty phones at once."""
    cookie = {"Cookie": manager(served)}
    for path in LISTS:
        load = best(served.port, request(path, served.port, cookie))
        yield _loaded(f"`{path}`, rendered each time, 30 clients", load, 300, 0.150, bare)
    for path in SHARED:
        load = best(served.port, request(path, served.port))
        yield _loaded(f"`{path}`, anonymous, 30 clients", load, 1500, 0.040, bare)


def _loaded(what: str, load: Load, rate: int, slowest: float, bare: Load) -> Row:
    p95 = load.quantile(0.95)
    said = f"{load.rate:.0f} req/s, p95 {p95 * 1e3:.0f} ms, {load.errors} errors"
    beside = f"{bare.rate:.0f} req/s, p95 {bare.quantile(0.95) * 1e3:.0f} ms"
    good = load.rate >= rate and p95 <= slowest and not load.errors
    return Row(what, f"≥ {rate} req/s, p95 ≤ {slowest * 1e3:.0f} ms", said, beside, good)


def people(path: Path, after: int = 0) -> Path:
    """A register of ten thousand different people, as a spreadsheet saves it; `after` others."""
    given = [(name, "F") for name in WOMEN] + [(name, "H") for name in MEN]
    combined = itertools.product(given, FAMILIES, FAMILIES)
    lines = ["Prénom;Nom;Sexe;Année de naissance;Téléphone;Village"]
    drawn = itertools.islice(combined, after, after + PEOPLE)
    for number, ((name, sex), father, mother) in enumerate(drawn, after):
        lines.append(f"{name};{father} {mother};{sex};{1960 + number % 50};7{number:07d};Youri")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def exchange(folder: Path) -> Iterator[Row]:
    """Ten thousand people imported, sent to the centre, and then nothing more to send."""
    kiosk, centre = folder / "kiosk", folder / "centre"
    for data, role in ((kiosk, "kiosk"), (centre, "central")):
        data.mkdir()
        (data / "config.toml").write_text(f'role = "{role}"\n')
        measure.timed(data, "upgrade")
    measure.settle(kiosk, "KAY", "Kayes")
    took, _ = measure.timed(kiosk, "members", "import", str(people(folder / "people.csv")))
    yield Row(f"Import of {PEOPLE:,} people", "≤ 3 s", f"{took:.1f} s", "", took <= 3)
    measure.timed(kiosk, "members", "import", str(people(folder / "more.csv", PEOPLE)))
    with running(centre, folder) as (served, _), measure.wire(served.port) as wire:
        measure.enrol(centre, kiosk, "KAY", wire.port)
        wire.reset()
        waiting = measure.waiting(kiosk)
        took, _ = measure.timed(kiosk, "sync")
        sent = (wire.up + wire.down) / 1e6
        said = f"{took:.1f} s, {sent:.2f} MB"
        good = took <= 10 and sent <= 1
        yield Row(f"{waiting:,} records to the centre", "≤ 10 s, ≤ 1.0 MB", said, "", good)
        took = measure.idle_exchange(kiosk, wire)
        said = (
            f"{wire.requests} request, {wire.up / 1e3:.1f} kB up, {wire.down / 1e3:.1f} kB down, {took:.2f} s"
        )
        good = wire.requests == 1 and max(wire.up, wire.down) <= 700 and took <= 0.1
        yield Row("Sync with nothing to do", "1 request, ≤ 0.7 kB each way, ≤ 0.1 s", said, "", good)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as place:
        sys.exit(0 if show(rows(Path(place))) else 1)
