"""What the daily service runs: a dump of PostgreSQL whose password nobody can read, a tar of a kiosk."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.house.source import ROOT
from tests.support.machines import Machine

BACKUP = ROOT / "deploy" / "kiosk-backup"
SPY = """#!/bin/sh
echo "$@" >>"$SPY_LOG"
cat "$PGSERVICEFILE" >>"$SPY_LOG.service"
stat -c %a "$PGSERVICEFILE" >>"$SPY_LOG.mode"
exec {real} "$@"
"""


def back_up(data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "KIOSK_DATA": str(data), "PYTHONPATH": str(ROOT), **more}
    return subprocess.run([sys.executable, str(BACKUP)], env=env, capture_output=True, text=True, check=False)


@pytest.mark.postgres
def test_the_password_of_the_centre_is_in_no_argument(tmp_path: Path, pg: str) -> None:
    real = shutil.which("pg_dump")
    if real is None:
        pytest.skip("pg_dump is not installed")
    spy = tmp_path / "bin" / "pg_dump"
    spy.parent.mkdir()
    spy.write_text(SPY.format(real=real))
    spy.chmod(spy.stat().st_mode | stat.S_IXUSR)
    engine = create_engine(pg)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (word TEXT)"))
        connection.execute(text("INSERT INTO kept VALUES ('baobab')"))
    engine.dispose()
    url = make_url(pg).set(password="tres secret/@").render_as_string(hide_password=False)
    (tmp_path / "config.toml").write_text(f'role = "central"\ndatabase = "{url}"\n')
    log = tmp_path / "words"
    ran = back_up(tmp_path, PATH=f"{spy.parent}:{os.environ['PATH']}", SPY_LOG=str(log))
    assert ran.returncode == 0, ran.stderr
    assert "secret" not in log.read_text()
    assert "password=tres secret/@\n" in (tmp_path / "words.service").read_text()
    assert (tmp_path / "words.mode").read_text() == "600\n"
    (dump,) = (tmp_path / "backups").iterdir()
    assert dump.suffix == ".dump"
    shown = subprocess.run(["pg_restore", "-f", "-", str(dump)], capture_output=True, text=True, check=True)
    assert "baobab" in shown.stdout


@pytest.mark.postgres
def test_a_dump_that_fails_says_so_and_leaves_the_last_one(tmp_path: Path, pg: str) -> None:
    url = make_url(pg).set(database="nowhere").render_as_string(hide_password=False)
    (tmp_path / "config.toml").write_text(f'role = "central"\ndatabase = "{url}"\n')
    ran = back_up(tmp_path)
    assert ran.returncode != 0
    assert "nowhere" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list((tmp_path / "backups").glob("*.dump"))


def test_a_kiosk_gets_its_tar(kiosk: Machine) -> None:
    ran = back_up(kiosk.data)
    assert ran.returncode == 0, ran.stderr
    (tar,) = (kiosk.data / "backups").iterdir()
    assert tar.name.startswith("kiosque-")
