"""Copies rotate, and those that still hold an erased name are told."""

import os
from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import main
from kiosk.members.models import Member
from kiosk.storage import clock, session
from kiosk.sync import erasures
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import register


def backup(machine: Machine, *words: str) -> str:
    done = CliRunner().invoke(main, ["--data", str(machine.data), "backup", *words])
    assert done.exit_code == 0, done.output
    return done.output


def aged(folder: Path, days: int) -> list[Path]:
    """Make every copy of a folder so many days older, and give them names of their own."""
    made = []
    for path in sorted(folder.glob("*.tar"), key=lambda path: path.stat().st_mtime):
        older = path.stat().st_mtime - days * 86_400
        os.utime(path, (older, older))
        made.append(path.rename(folder / f"kiosk-{int(older)}.tar"))
    return made


def test_a_folder_keeps_its_newest_copies(kiosk: Machine, tmp_path: Path) -> None:
    for _ in range(4):
        said = backup(kiosk, str(tmp_path), "--keep", "2")
        aged(tmp_path, 1)
    assert len(list(tmp_path.glob("*.tar"))) == 2
    assert "Ancienne copie effacée" in said


def test_copies_from_before_an_erasure_are_told_until_they_rotate(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    backup(nioro.kiosk, str(tmp_path))
    old = aged(tmp_path, 2)[0]
    with nioro.kiosk.writing("manager"):
        erasures.ask("member", session().query(Member).one().uid)
    for _ in range(2):
        nioro.exchange()
    assert str(old) in backup(nioro.kiosk, str(tmp_path))
    assert clock.now_ms() / 1000 > old.stat().st_mtime
    said = backup(nioro.kiosk, str(tmp_path), "--keep", "1")
    assert "gardent des noms effacés" not in said
    assert not old.exists()
