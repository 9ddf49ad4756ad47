"""What `deploy/install` lays on a real machine, laid in a folder instead."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from kiosk.config import load
from tests.house.source import ROOT

INSTALL = ROOT / "deploy" / "install"


def lay(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DESTDIR": str(folder)}
    return subprocess.run([str(INSTALL), *words], env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_kiosk_gets_its_program_units_and_configuration(tmp_path: Path) -> None:
    ran = lay(tmp_path, "kiosk")
    assert ran.returncode == 0, ran.stderr
    kiosk = tmp_path / "opt" / "kiosk" / "bin" / "kiosk"
    said = subprocess.run([str(kiosk), "--version"], capture_output=True, text=True, check=True)
    assert "kiosk" in said.stdout
    assert 'role = "kiosk"' in (tmp_path / "var/lib/kiosk/config.toml").read_text()
    for unit in ("kiosk.service", "kiosk-sync.service", "kiosk-backup.service", "kiosk-backup.timer"):
        assert (tmp_path / "etc/systemd/system" / unit).exists()


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A folder where the program stands already, so that only the files are laid."""
    python = tmp_path / "opt" / "kiosk" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    return tmp_path


def upstream(folder: Path) -> list[str]:
    """The processes that nginx shares the work out to."""
    site = (folder / "etc/nginx/sites-available/kiosk").read_text()
    assert "server_name centre.example.ml;" in site
    return re.findall(r"^    server (127\.0\.0\.1:\d+) max_fails=0;$", site, re.MULTILINE)


def test_a_centre_has_as_many_processes_as_asked_for(centre: Path) -> None:
    ran = lay(centre, "centre", "centre.example.ml", "--workers", "3")
    assert ran.returncode == 0, ran.stderr
    assert upstream(centre) == [f"127.0.0.1:{port}" for port in (8081, 8082, 8083)]
    units = {path.name for path in (centre / "etc/systemd/system").iterdir()}
    backup = {"kiosk-backup.service", "kiosk-backup.timer"}
    assert units == {"kiosk-centre@.service", "kiosk-centre.target", *backup}
    settings = load(centre / "var/lib/kiosk", {})
    assert (settings.role, settings.threads, settings.host) == ("central", 8, "127.0.0.1")


def test_a_centre_has_one_process_unless_told(centre: Path) -> None:
    assert lay(centre, "centre", "centre.example.ml").returncode == 0
    assert upstream(centre) == ["127.0.0.1:8081"]
    assert lay(centre, "centre", "centre.example.ml", "--workers", "2").returncode == 0
    assert upstream(centre) == ["127.0.0.1:8081", "127.0.0.1:8082"]
    for nonsense in ("", "0", "deux", "200"):
        assert lay(centre, "centre", "centre.example.ml", "--workers", nonsense).returncode == 1


def test_only_the_exchange_is_offered_to_a_second_process() -> None:
    """What is not the same when it is sent twice, nginx must not send twice."""
    site = (ROOT / "deploy" / "nginx-centre.conf").read_text()
    assert site.count("non_idempotent") == 1
    assert "non_idempotent" in site.split("location = /sync/v1/exchange {")[1].split("}")[0]


def test_the_install_command_says_how_it_is_called(tmp_path: Path) -> None:
    ran = lay(tmp_path)
    assert ran.returncode == 2
    assert "sudo ./deploy/install kiosk" in ran.stdout
    assert lay(tmp_path, "centre").returncode == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    "unit", ["kiosk.service", "kiosk-sync.service", "kiosk-backup.timer", "kiosk-centre@8081.service"]
)
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    for path in (*(ROOT / "deploy").glob("kiosk*.*er*"), ROOT / "deploy" / "kiosk-centre.target"):
        text = path.read_text(encoding="utf-8").replace("/opt/kiosk/bin/", "/usr/bin/env ")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_every_unit_names_a_command_that_exists() -> None:
    from kiosk.cli import main

    known = main.list_commands(click.Context(main))
    for path in (ROOT / "deploy").glob("*.service"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.partition("=")[2].split()
            if line.startswith("Exec") and words[0].endswith("/kiosk"):
                assert words[1] in known, line
