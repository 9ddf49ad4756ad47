"""`kiosk doctor`: one line a check, what to do, and an exit code."""

import datetime
import os
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from kiosk import cli
from kiosk.reports import doctor
from kiosk.storage import clock
from tests.reports.test_state import stamp
from tests.support.machines import Machine

Usage = namedtuple("Usage", "total used free")
Examine = Callable[[], tuple[int, dict[str, tuple[bool, str]]]]


def run(data: Path) -> Result:
    return CliRunner().invoke(cli.main, ["--data", str(data), "doctor"])


@pytest.fixture
def examine(kiosk: Machine) -> Examine:
    """Run the command: its exit code, and each check with what it found."""
    stamp(kiosk)

    def examined() -> tuple[int, dict[str, tuple[bool, str]]]:
        kiosk.close()
        done = run(kiosk.data)
        lines = [line for line in done.output.splitlines() if line[:4] in ("bon ", "NON ")]
        checks = {}
        for line in lines:
            name, _, note = line[4:].strip().partition(" : ")
            checks[name] = (line.startswith("bon"), note)
        return done.exit_code, checks

    return examined


def test_a_machine_that_is_well_says_so_and_leaves_with_nought(examine: Examine) -> None:
    code, checks = examine()
    assert code == 0
    assert {"dossier", "disque", "base", "date", "installation"} <= checks.keys()
    assert all(good for good, _ in checks.values())


def test_a_secret_that_others_can_read_is_named_with_its_cure(kiosk: Machine, examine: Examine) -> None:
    key = kiosk.data / "node-key"
    key.write_text("secret")
    key.chmod(0o644)
    code, checks = examine()
    assert code == 1
    assert checks["node-key"] == (False, f"chmod 600 {key}")
    key.chmod(0o600)
    assert examine()[0] == 0


def test_a_wrong_date_is_named(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = int(datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC).timestamp() * 1000)
    monkeypatch.setattr(clock, "now_ms", lambda: moment)
    code, checks = examine()
    assert code == 1
    assert checks["date"] == (False, "1970-01-02 : mettez la machine à l’heure")


def test_a_full_disk_is_named(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: Usage(64 * 10**9, 64 * 10**9, 10**7))
    code, checks = examine()
    assert code == 1
    assert checks["disque"][0] is False


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path / "nulle part")
    assert done.exit_code != 0
    assert "Traceback" not in done.output
    assert "créez-le" in done.output


def test_a_database_never_made_says_which_command(kiosk: Machine, examine: Examine) -> None:
    kiosk.close()
    for file in kiosk.data.glob("kiosk.db*"):
        file.unlink()
    code, checks = examine()
    assert code == 1
    assert "kiosk upgrade" in checks["base"][1]


def test_a_database_of_a_newer_program_is_said_so(kiosk: Machine, examine: Examine) -> None:
    with kiosk.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    code, checks = examine()
    assert code == 1
    assert "plus récente" in checks["base"][1]


def test_a_damaged_database_is_found_before_it_is_needed(kiosk: Machine, examine: Examine) -> None:
    kiosk.close()
    base = kiosk.data / "kiosk.db"
    body = bytearray(base.read_bytes())
    body[len(body) // 2 : len(body) // 2 + 60_000] = b"\x5a" * 60_000
    base.write_bytes(bytes(body))
    code, checks = examine()
    assert code == 1
    assert checks["base"][0] is False


def test_a_guard_that_went_missing_is_found(kiosk: Machine, examine: Examine) -> None:
    """Without its triggers a raw write would escape the log."""
    with kiosk.store.engine.begin() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        )
        connection.execute(text(f'DROP TRIGGER "{names[0]}"'))
    code, checks = examine()
    assert code == 1
    assert "kiosk upgrade" in checks["base"][1]


def test_a_folder_one_cannot_write_in_is_said(
    kiosk: Machine, examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor.os, "access", lambda _path, mode: mode != os.W_OK)
    code, checks = examine()
    assert (code, checks["dossier"][0]) == (1, False)


def test_a_kiosk_being_served_is_examined_all_the_same(kiosk: Machine, examine: Examine) -> None:
    with kiosk.open("manager"):
        assert examine()[0] == 0


def test_a_file_that_is_no_database_is_said_in_one_line(kiosk: Machine, examine: Examine) -> None:
    kiosk.close()
    for file in kiosk.data.glob("kiosk.db*"):
        file.unlink()
    (kiosk.data / "kiosk.db").write_bytes(b"ceci n'est pas une base" * 400)
    code, checks = examine()
    assert code == 1
    assert "ne s’ouvre pas" in checks["base"][1]
