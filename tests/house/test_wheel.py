"""A built wheel, installed in an empty place, serves its pages, translations and migrations."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, kept_files
from tests.support.processes import Served, free_port

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def copied(source: Path) -> Path:
    """The project as a fresh clone holds it: a leftover `build/` would bring back removed files."""
    for path in kept_files():
        if path.relative_to(ROOT).parts[0] not in {"tests", "deploy"}:
            target = source / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return source


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with nothing in it but the built wheel, unpacked by pip."""
    made, place = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("empty place")
    source = copied(tmp_path_factory.mktemp("source"))
    build = ("wheel", str(source), "--no-deps", "--no-build-isolation", "-w", str(made))
    subprocess.run([*PIP, *build], check=True)
    (wheel,) = made.glob("*.whl")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(place), str(wheel)], check=True)
    return place


SETTLE = """
import sys
from pathlib import Path
from kiosk.accounts import services as accounts
from kiosk.config import load
from kiosk.rooms import open_store
from kiosk.storage import transaction
settings = load(Path(sys.argv[1]), {})
with open_store(settings.database_url, "kiosk").open(), transaction():
    accounts.set_up(accounts.FirstRun("NIO", "Nioro", None, "Kadidia Sissoko", "258046"))
"""


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The wheel's own `kiosk serve`, in a process that knows nothing of this checkout."""
    data, port = tmp_path_factory.mktemp("data"), free_port()
    env = {**os.environ, "PYTHONPATH": str(installed), "KIOSK_HOST": "127.0.0.1", "KIOSK_PORT": str(port)}
    kiosk = [sys.executable, "-m", "kiosk", "--data", str(data)]
    for command in ([*kiosk, "upgrade"], [sys.executable, "-c", SETTLE, str(data)]):
        subprocess.run(command, cwd=installed, env=env, check=True)
    process = subprocess.Popen(
        [*kiosk, "serve"],
        cwd=installed,
        env=env,
        start_new_session=True,
        stdout=(data / "log").open("wb"),
        stderr=subprocess.STDOUT,
    )
    running = Served(process, data, port, data / "log")
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def test_it_runs_from_the_wheel_alone(installed: Path) -> None:
    code = "import kiosk, kiosk.paths; print(kiosk.__file__, kiosk.paths.shelf('static'))"
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=installed, env=env, capture_output=True, text=True, check=True)
    assert str(ROOT) not in said.stdout


@pytest.mark.parametrize("path", ["/", "/mediatheque", "/programme"])
def test_it_serves_its_pages_and_their_style(served: Served, path: str) -> None:
    status, body = served.read(path)
    assert status == 200, served.log.read_text()
    style = body.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert served.read(style)[0] == 200


def test_it_speaks_bambara(served: Served) -> None:
    body = served.read("/mediatheque", {"Cookie": "langue=bm"})[1].decode()
    assert '<html lang="bm"' in body


def test_it_holds_no_source_of_translations(installed: Path) -> None:
    assert not [*installed.rglob("*.po"), *installed.rglob("*.pot")]


def test_it_draws_papers_with_letters_of_its_own(installed: Path) -> None:
    code = (
        "from kiosk.paper import press; facts = {'title': 'x', 'language': 'fr', 'leaves': []};"
        "from kiosk.paper.ink import Book; book = Book('x', 'bm'); book.turn();"
        "book.text(20, 20, 'ɛ ɔ ɲ ŋ'); print(press.__file__, len(press.printed('attestations', facts)) > 500)"
    )
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=installed, env=env, capture_output=True, text=True, check=True)
    assert str(installed) in said.stdout and said.stdout.strip().endswith("True")
