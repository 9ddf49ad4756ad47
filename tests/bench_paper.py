"""Papers, measured: `python -m tests.bench_paper`.

A real kiosk process answers: a sheet of thirty people and thirty attestations as
PDF, the first one and the next ones, what the process weighs before and after,
and beside each the same paper as a page. Takes about twenty seconds.
"""

import os
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from deploy.example.names import FAMILIES, MEN, WOMEN
from kiosk.members import services as members
from kiosk.places import queries as places
from kiosk.storage import clock, transaction
from kiosk.training import services
from kiosk.training.attestations import issuing
from kiosk.training.attestations.models import Attested
from kiosk.training.models import Mark
from tests.bench import Row, show
from tests.bench_register import Phone, quantile
from tests.support import measure
from tests.support.cast import AT_A_KIOSK, PIN
from tests.support.machines import Machine, prepare
from tests.support.processes import Served, start

PEOPLE, ROUNDS = 30, 10
SHEET_S, ATTESTATIONS_S, IDLE_MB, AFTER_MB = 0.300, 1.5, 75, 110


def filled(folder: Path) -> tuple[Machine, uuid.UUID]:
    """The kiosk of Nioro and a session of four half-days that thirty people followed."""
    machine = prepare(folder / "nioro")
    with machine.open():
        space = places.here_uid()
        assert space
        with transaction():
            uids = [members.register(space, **_person(at)).uid for at in range(PEOPLE)]
            dates = services.days_from(clock.today(), 2, services.Rhythm.DAILY)
            due = [services.HalfDay(day, hour, 180) for day in dates for hour in ("09:00", "15:00")]
            plan = services.Plan(title="Internet sur le téléphone", trainer_name="F. B.", trainer_sex="F")
            training = services.plan_session(space, plan, due)
            services.enrol(training, uids)
        with transaction():
            for sitting in services.sittings_of(training):
                services.close_sheet(sitting, dict.fromkeys(uids, services.Answer(Mark.PRESENT)), sitting.day)
            signed = issuing.Signed(AT_A_KIOSK["manager"], clock.today())
            issuing.attest(training, [Attested.TRAINING], signed)
        found = training.uid
    machine.close()
    return machine, found


def _person(at: int) -> dict[str, object]:
    given = WOMEN if at % 2 else MEN
    return {
        "given_name": given[at % len(given)],
        "family_name": FAMILIES[at % len(FAMILIES)],
        "sex": "F" if at % 2 else "M",
        "birth_year": 1990 + at % 20,
    }


class Heaviest:
    """The most that a process and its children weigh while a block runs, looked at fifty times a second."""

    def __init__(self, process: int) -> None:
        self.process, self.most, self._over = process, 0.0, threading.Event()
        self._looking = threading.Thread(target=self._look)

    def __enter__(self) -> "Heaviest":
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            try:
                self.most = max(self.most, measure.resident(self.process))
            except (OSError, IndexError):  # a child ended while it was weighed
                continue


def papers(served: Served, uid: uuid.UUID) -> Iterator[Row]:
    """The first PDF of the day, then each kind again and again, its page beside it."""
    before = measure.resident(served.process.pid)
    yield Row("Resident memory before", f"≤ {IDLE_MB} MB", f"{before:.0f} MB", "", before <= IDLE_MB)
    phone = Phone(served, measure.sign_in(served, AT_A_KIOSK["manager"], PIN))
    home, asked = f"/formations/{uid}", (phone, served.process.pid)
    with Heaviest(served.process.pid) as weighed:
        first = phone.ask("GET", f"{home}/feuille.pdf", 200)
        yield Row("First PDF of the day", "", f"{first * 1e3:.0f} ms")
        yield _kind("Sheet of 30 people", asked, (f"{home}/feuille.pdf", f"{home}/feuille"), SHEET_S)
        both = f"{home}/attestations.pdf", f"{home}/attestations/imprimer"
        yield _kind("30 attestations", asked, both, ATTESTATIONS_S)
    yield Row("… with the drawing process, at its heaviest", "", f"{weighed.most:.0f} MB")
    after = measure.resident(served.process.pid)
    yield Row("Resident memory after", f"≤ {AFTER_MB} MB", f"{after:.0f} MB", "", after <= AFTER_MB)


def processor(process: int) -> float:
    """Seconds of processor time of a process and of the children it waited for."""
    spent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def _kind(what: str, asked: tuple[Phone, int], paths: tuple[str, str], budget: float) -> Row:
    """A paper and its page; processor time tells what a machine busy with other things would hide."""
    times, worked = _asked(asked, paths[0])
    pages, page_worked = _asked(asked, paths[1])
    middle = quantile(times, 0.5)
    slow, work = quantile(times, 0.95) * 1e3, worked * 1e3
    told = f"p50 {middle * 1e3:.0f} ms, p95 {slow:.0f} ms (processor {work:.0f} ms)"
    beside = f"{quantile(pages, 0.5) * 1e3:.0f} ms (processor {page_worked * 1e3:.0f} ms)"
    return Row(what, f"≤ {budget * 1e3:.0f} ms", told, beside, middle <= budget)


def _asked(asked: tuple[Phone, int], path: str) -> tuple[list[float], float]:
    phone, process = asked
    since = processor(process)
    times = [phone.ask("GET", path, 200) for _ in range(ROUNDS)]
    return times, (processor(process) - since) / ROUNDS


def main() -> int:
    """Print the table; 1 when a budget is not kept."""
    with tempfile.TemporaryDirectory() as name:
        machine, uid = filled(Path(name))
        served = start(machine.data, Path(name) / "log")
        try:
            served.wait()
            return 0 if show(papers(served, uid), "Same paper as a page") else 1
        finally:
            served.stop()


if __name__ == "__main__":
    sys.exit(main())
