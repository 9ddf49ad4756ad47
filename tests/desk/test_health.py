"""The machine in plain words."""

import os
import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.desk import health
from kiosk.language import formats
from kiosk.storage import backup, clock
from tests.support.machines import Machine

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _clock() -> None:
    formats.configure("Africa/Bamako", lambda: clock.now_ms())


def signs(data: Path, supplies: Path | None = None) -> dict[str, tuple[str, str]]:
    found = health.machine(data, supplies or data / "none")
    return {str(sign.name): (str(sign.note), sign.state) for sign in found}


def battery(tmp_path: Path, capacity: str, status: str) -> Path:
    place = tmp_path / "supplies" / "BAT0"
    place.mkdir(parents=True)
    for name, text in (("type", "Battery"), ("capacity", capacity), ("status", status)):
        (place / name).write_text(f"{text}\n")
    return place.parent


def test_a_machine_without_battery_says_nothing_of_current(tmp_path: Path) -> None:
    assert "Courant" not in signs(tmp_path)


@pytest.mark.parametrize(
    ("capacity", "status", "words", "state"),
    [("82", "Discharging", "sur batterie", "wait"), ("12", "Discharging", "sur batterie", "bad"),
     ("82", "Charging", "branché", "ok"), ("100", "Full", "branché", "ok")],
)  # fmt: skip
def test_the_current_is_said_as_the_kernel_sees_it(
    tmp_path: Path, capacity: str, status: str, words: str, state: str
) -> None:
    note, found = signs(tmp_path, battery(tmp_path, capacity, status))["Courant"]
    assert note.startswith(words)
    assert capacity in note
    assert found == state


def test_a_battery_that_says_nonsense_is_left_out(tmp_path: Path) -> None:
    assert "Courant" not in signs(tmp_path, battery(tmp_path, "beaucoup", "Unknown"))


def test_the_last_backup_is_known_wherever_it_was_written(kiosk: Machine, tmp_path: Path) -> None:
    """A copy on a key that was taken away was a copy all the same."""
    assert signs(kiosk.data)["Copie de secours"] == ("pas encore faite", "wait")
    key = tmp_path / "cle"
    key.mkdir()
    kiosk.store.close()
    backup.write(kiosk.data, key / "copie.tar", lambda done, total: None)
    shutil.rmtree(key)
    note, state = signs(kiosk.data)["Copie de secours"]
    assert state in ("ok", "wait")
    assert note != "pas encore faite"


def test_a_backup_of_last_month_is_to_do_again(tmp_path: Path) -> None:
    mark = tmp_path / backup.LAST
    mark.touch()
    for days, state in ((1, "ok"), (7, "ok"), (30, "wait")):
        moment = clock.now_ms() / 1000 - days * 86_400
        os.utime(mark, (moment, moment))
        assert signs(tmp_path)["Copie de secours"][1] == state


def test_a_disk_that_fills_asks_for_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(64 * 10**9, 63.7 * 10**9, 300 * 10**6))
    found = health.machine(tmp_path, tmp_path / "none")
    assert signs(tmp_path)["Place libre"][1] == "bad"
    assert str(health.verdict(found)) == "La machine demande de l’aide"


def test_a_clock_that_lost_its_battery_is_to_correct(tmp_path: Path, at: Callable[[str], None]) -> None:
    assert signs(tmp_path)["Date de la machine"] == ("21/11/2026", "ok")
    at("1970-01-01 00:10")
    note, state = signs(tmp_path)["Date de la machine"]
    assert (state, "à corriger" in note) == ("bad", True)
