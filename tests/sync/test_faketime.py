"""Whole processes that believe it is 1970, or 2099: pages, log, a TLS centre."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.desk.models import Visit
from kiosk.storage import clock
from kiosk.storage.log import sync_boot, sync_log, sync_self
from kiosk.sync import keyfile
from tests.support.cast import PIN
from tests.support.machines import Machine
from tests.support.processes import PATIENCE, Run, Served, command, free_port
from tests.sync.conftest import code_for
from tests.sync.telling import named, register, waiting
from tests.sync.tls import Door, Phone, authority, leaf

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed"),
]
YEARS = ("1970-01-01 00:05:00", "2099-06-01 12:00:00")
DAY = 86_400_000


def under(moment: str, data: Path, *words: str) -> list[str]:
    """The command line of a `kiosk` that believes it is `moment`."""
    return ["faketime", moment, *command(data, *words)]


def ran(moment: str, data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(under(moment, data, *words), capture_output=True, text=True, timeout=120)


@pytest.fixture
def serve_at(tmp_path: Path) -> Iterator[Callable[[str, Path], Served]]:
    """Serve a kiosk whose system's clock says something else."""
    started: list[Served] = []

    def serving(moment: str, data: Path) -> Served:
        log = tmp_path / f"at-{len(started)}.log"
        port = free_port()
        env = {**os.environ, "KIOSK_PORT": str(port), "KIOSK_HOST": "127.0.0.1"}
        process = subprocess.Popen(
            under(moment, data, "serve"),
            stdout=log.open("ab"),
            stderr=subprocess.STDOUT,
            env=env,
            start_new_session=True,
        )
        started.append(Served(process, data, port, log))
        started[-1].wait(PATIENCE)
        return started[-1]

    yield serving
    for served in started:
        os.killpg(served.process.pid, signal.SIGKILL)
        served.process.wait(timeout=10)


@pytest.fixture
def door(centre: Machine, serve: Callable[..., Served], tmp_path: Path) -> Iterator[Door]:
    """The served centre behind TLS, with an authority of its own."""
    ca = authority(tmp_path)
    shutil.copy(ca, centre.data / "ca.pem")
    made = Door(serve(centre.data).port, leaf(tmp_path, ca))
    yield made
    made.close()


@pytest.fixture
def linked(kiosk: Machine, centre: Machine, door: Door, run: Run) -> Machine:
    """The kiosk of Nioro, enrolled through TLS; it was last used nine days ago."""
    register(kiosk, "Awa Coulibaly")
    done = run(kiosk.data, "enrol", door.url, code_for(centre, "NIO"))
    assert done.returncode == 0, done.stderr
    last = clock.system_ms() - 9 * DAY
    with kiosk.writing() as current:
        current.execute(update(sync_self).values(hlc=last << 16))
        current.execute(sync_boot.delete())
    (kiosk.data / clock.FILE).unlink(missing_ok=True)
    kiosk.close()
    return kiosk


def signed_in(served: Served, kiosk: Machine) -> Phone:
    phone, person = Phone(served), kiosk.people["manager"]
    phone.send(f"/connexion/{person.uid}", f"/connexion/{person.uid}", secret=PIN)
    return phone


@pytest.mark.parametrize("moment", YEARS)
def test_a_day_of_work_with_a_wrong_clock_is_put_right_when_the_centre_is_met(
    moment: str, linked: Machine, centre: Machine, serve_at: Callable[[str, Path], Served]
) -> None:
    served = serve_at(moment, linked.data)
    phone = signed_in(served, linked)
    assert phone.get("/aujourdhui").count("Quelle est la date d’aujourd’hui") == 1
    for _ in range(3):
        phone.send("/visites", "/visites", sex="F", family="learn")
    assert visits(linked) == sorted(visits(linked))
    assert all(time.time() * 1000 - noted > 8 * DAY for noted in visits(linked))
    done = ran(moment, linked.data, "sync")
    assert done.returncode == 0, done.stderr
    for machine in (linked, centre):
        assert len(visits(machine)) == 3
        assert all(abs(time.time() * 1000 - noted) < 10 * 60_000 for noted in visits(machine)), moment
    time.sleep(1.2)
    assert "Quelle est la date" not in phone.get("/aujourdhui")
    assert named(centre) == ["Awa Coulibaly"]


def visits(machine: Machine) -> list[int]:
    """Return when each visit was noted, in the order of the log or of arrival."""
    with machine.open() as current:
        return list(current.scalars(select(Visit.noted_at).order_by(Visit.uid)))


def test_the_order_is_kept_through_the_years(linked: Machine, centre: Machine, run: Run) -> None:
    for turn, when in enumerate([YEARS[0], None, YEARS[1], None]):
        words = ("staff", "add", f"Fanta{turn} Diarra", "--role", "trainer", "--pin", "-")
        line = under(when, linked.data, *words) if when else command(linked.data, *words)
        subprocess.run(line, check=True, input="640218\n", capture_output=True, text=True, timeout=60)
    with linked.open() as current:
        clocks = list(current.scalars(select(sync_log.c.hlc).order_by(sync_log.c.seq)))
        newest = clock.hlc_ms(clocks[-1])
    assert clocks[-4:] == sorted(set(clocks[-4:]))
    assert abs(newest - time.time() * 1000) < 10 * DAY
    assert run(linked.data, "sync").returncode == 0
    assert waiting(linked) == 0


def test_the_one_question_is_answered_and_believed(
    linked: Machine, serve_at: Callable[[str, Path], Served]
) -> None:
    phone = signed_in(serve_at(YEARS[0], linked.data), linked)
    today = time.strftime("%Y-%m-%d")
    phone.send("/horloge", "/horloge", day=today, hour="09:15")
    page = phone.get("/aujourdhui")
    assert "Quelle est la date" not in page
    assert f"{int(today[8:])}" in page.split("<h1")[0] or today[:4] in page
    phone.send("/visites", "/visites", sex="M", family="learn")
    assert abs(visits(linked)[0] - time.time() * 1000) < DAY


def test_a_machine_out_of_its_box_is_enrolled_through_tls_whatever_its_clock(
    kiosk: Machine, centre: Machine, door: Door
) -> None:
    done = ran(YEARS[1], kiosk.data, "enrol", door.url, code_for(centre, "NIO"))
    assert done.returncode == 0, done.stderr
    assert keyfile.load(kiosk.data).authority


def test_a_certificate_that_ended_is_refused_even_in_1970(
    linked: Machine, centre: Machine, door: Door, run: Run, tmp_path: Path
) -> None:
    """The time is learnt, then the dates are checked with it."""
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(tmp_path / "ca.pem", old)
    shutil.copy(tmp_path / "ca.key", old)
    closed = Door(door.target, leaf(old, old / "ca.pem", "faketime", "2020-01-01"))
    point_at(linked, closed.url)
    done = ran(YEARS[0], linked.data, "sync")
    assert done.returncode != 0
    assert "Pas de réseau" in done.stderr
    closed.close()
    point_at(linked, door.url)
    assert ran(YEARS[0], linked.data, "sync").returncode == 0


def point_at(kiosk: Machine, address: str) -> None:
    """Make an enrolled kiosk believe that the centre moved."""
    identity = keyfile.load(kiosk.data)
    keyfile.save(kiosk.data, keyfile.Identity(**{**vars(identity), "centre": address}))
