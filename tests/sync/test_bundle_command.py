"""`kiosk bundle` in real processes, at both ends; killed at any moment."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.machines import Machine
from tests.support.processes import command
from tests.sync.conftest import Post
from tests.sync.telling import named, register, waiting

pytestmark = pytest.mark.process


def told(data: Path, *words: object) -> str:
    """Run the command and return what it says, on either stream."""
    found = subprocess.run(command(data, "bundle", *map(str, words)), capture_output=True, text=True)
    return f"{found.returncode} {found.stdout}{found.stderr}"


def test_the_command_carries_a_week_and_its_receipt(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    key = tmp_path / "cle"
    key.mkdir()
    written = told(nioro.kiosk.data, "write", key)
    assert written.startswith("0 ")
    assert "changements copiés" in written
    assert "Vous pouvez retirer la clé." in written
    taken = told(centre.data, "read", key)
    assert "Nioro" in taken or "NIO" in taken
    assert "changements reçus" in taken
    assert "La réponse est sur la clé" in taken
    assert named(centre) == ["Awa Coulibaly"]
    assert "Le centre a reçu" in told(nioro.kiosk.data, "read", key)
    assert waiting(nioro.kiosk) == 0
    assert "Réponse copiée pour 1 kiosque." in told(centre.data, "write", key)


def test_what_goes_wrong_is_one_line(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    empty = tmp_path / "vide"
    empty.mkdir()
    assert told(nioro.kiosk.data, "read", empty) == "1 Erreur : Rien pour cette machine sur cette clé.\n"
    assert told(centre.data, "read", empty) == "1 Erreur : Rien pour cette machine sur cette clé.\n"
    lines = told(nioro.kiosk.data, "write", tmp_path / "absente")
    assert lines == "1 Erreur : Cette clé n’est plus là. Rebranchez-la.\n"


def test_a_copy_killed_at_any_moment_is_made_again(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    key, draw = tmp_path / "cle", random.Random(7)
    key.mkdir()
    before = waiting(nioro.kiosk)
    for _ in range(6):
        process = subprocess.Popen(
            command(nioro.kiosk.data, "bundle", "write", str(key)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(draw.uniform(0.4, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert waiting(nioro.kiosk) == before
    assert told(nioro.kiosk.data, "write", key).startswith("0 ")
    assert [path.suffix for path in (key / "KIOSK").iterdir()] == [".KSE"]
    told(centre.data, "read", key)
    assert named(centre) == ["Awa Coulibaly"]
