"""What `deploy/install` lays on a real machine, laid in a folder instead."""

import os
import shutil
import subprocess
from pathlib import Path

import click
import pytest

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


def test_the_install_command_says_how_it_is_called(tmp_path: Path) -> None:
    ran = lay(tmp_path)
    assert ran.returncode == 2
    assert "sudo ./deploy/install kiosk" in ran.stdout
    assert lay(tmp_path, "centre").returncode == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", ["kiosk.service", "kiosk-sync.service", "kiosk-backup.timer"])
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    for path in (ROOT / "deploy").glob("kiosk*.*er*"):
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
