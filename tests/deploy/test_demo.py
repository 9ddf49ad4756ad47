"""The demonstration sets everything up, exchanges, and says whether all arrived."""

import contextlib
import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from deploy.demo import SWITCH, tell_cut
from deploy.relay import Switch
from tests.house.source import ROOT
from tests.support.processes import free_port, heed_the_terminal

DEMO = ROOT / "deploy" / "demo"


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(DEMO), *words], capture_output=True, text=True, timeout=300, check=False)


def ports_of_its_own(folder: Path) -> None:
    """Keep clear of a demonstration that a person runs meanwhile."""
    folder.mkdir()
    names = ("centre", "nioro", "kayes", "yelimane", "nioro-link", "kayes-link", "yelimane-link")
    (folder / "ports.json").write_text(json.dumps({name: free_port() for name in names}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four machines after their first exchange."""
    made = tmp_path_factory.mktemp("demo") / "a folder with spaces"
    ports_of_its_own(made)
    first = demo("--check", "--data", str(made))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Tout est arrivé" in first.stdout
    return made


@pytest.mark.slow
@pytest.mark.process
def test_the_check_exchanges_everything_and_exits_0_twice(folder: Path) -> None:
    again = demo("--check", "--data", str(folder))
    assert again.returncode == 0, again.stdout + again.stderr


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda end: end.name)
def test_no_server_outlives_the_demonstration(folder: Path, end: signal.Signals) -> None:
    with (folder / "said").open("w+") as said:
        running = subprocess.Popen(
            [str(DEMO), "--data", str(folder)], stdout=said, stderr=said, preexec_fn=heed_the_terminal
        )
        until = time.monotonic() + 120
        while "Prêt" not in (folder / "said").read_text() and time.monotonic() < until:
            time.sleep(0.2)
    assert len(alive(folder)) >= 8  # itself, its link, and four machines with three workers
    running.send_signal(end)
    assert running.wait(timeout=30) == (-end if end == signal.SIGKILL else 0)
    while alive(folder) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive(folder) == []


def alive(folder: Path) -> list[str]:
    """Command lines of the processes that work in this folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(one.read_bytes().replace(b"\0", b" ").decode())
    return [words for words in found if str(folder) in words]


def test_the_link_switch_names_the_kiosks(tmp_path: Path) -> None:
    assert "nioro      lien coupé" in demo("--data", str(tmp_path), "link", "off", "nioro").stdout
    assert "nioro      relié au centre" in demo("--data", str(tmp_path), "link", "on").stdout
    wrong = demo("--data", str(tmp_path), "link", "off", "bamako")
    assert wrong.returncode != 0
    assert "bamako" in wrong.stderr


def test_a_link_left_cut_is_said_at_the_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    switch = Switch(tmp_path / SWITCH)
    tell_cut(switch)
    assert capsys.readouterr().err == ""
    switch.cut(["nioro", "kayes"])
    tell_cut(switch)
    assert "kayes, nioro" in capsys.readouterr().err
