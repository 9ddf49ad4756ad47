"""What an operator meets on the command line: one line and an exit code, never a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def kiosk(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the real command on a directory."""
    command = [sys.executable, "-m", "kiosk", "--data", str(data), *words]
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environ, check=False)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Check that a command failed with one plain line that holds the words."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    said = done.stderr.strip().splitlines()
    assert len(said) == 1, done.stderr
    for word in words:
        assert word in said[0], said[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk directory brought to the present version by the real command."""
    data = tmp_path_factory.mktemp("un dossier avec des espaces") / "kiosque"
    done = kiosk(data, "upgrade")
    assert done.returncode == 0, done.stderr
    return data


def test_an_upgrade_run_again_does_nothing(made: Path) -> None:
    """Harmless at every start of the machine."""
    assert "Rien à faire" in kiosk(made, "upgrade").stdout


def test_a_database_from_a_newer_program_is_refused(tmp_path: Path) -> None:
    """Nothing is touched; the sentence says what to update."""
    kiosk(tmp_path, "upgrade")
    with sqlite3.connect(tmp_path / "kiosk.db") as base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (("serve", "--port", "0"), ("upgrade",)):
        refused(kiosk(tmp_path, *words), "plus récente")


def test_a_database_never_made_is_said_so(tmp_path: Path) -> None:
    """The next step is in the sentence."""
    refused(kiosk(tmp_path, "status"), "kiosk upgrade")


def test_an_unknown_setting_stops_every_command(tmp_path: Path) -> None:
    """Its name is in the sentence."""
    (tmp_path / "config.toml").write_text("prot = 1\n")
    refused(kiosk(tmp_path, "status"), "prot")


def test_a_file_that_is_not_a_database_is_said_so(tmp_path: Path) -> None:
    """A damaged disk does not show Python to a manager."""
    (tmp_path / "kiosk.db").write_bytes(b"not a database at all, really not" * 200)
    refused(kiosk(tmp_path, "status"), "base")


def test_a_backup_comes_back_whole(made: Path, tmp_path: Path) -> None:
    """The copy is verified when it is written, and again when it is put back."""
    (made / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (made / "files" / "ab" / "abcd").write_bytes(b"une image")
    target = tmp_path / "copie.tar"
    assert kiosk(made, "backup", str(target)).returncode == 0
    other = tmp_path / "autre"
    assert kiosk(other, "restore", str(target)).returncode == 0
    assert (other / "files" / "ab" / "abcd").read_bytes() == b"une image"
    assert kiosk(other, "upgrade").returncode == 0


def test_a_backup_holds_no_secret(made: Path, tmp_path: Path) -> None:
    """A copied database is not an identity."""
    (made / "secret").write_bytes(b"the cookie key of this machine")
    (made / "secret").chmod(0o600)
    (made / "key.json").write_bytes(b"the signing key of this machine")
    target = tmp_path / "copie.tar"
    kiosk(made, "backup", str(target))
    body = target.read_bytes()
    assert b"the cookie key" not in body
    assert b"the signing key" not in body
    (made / "key.json").unlink()


def test_a_cut_or_altered_backup_is_refused_and_nothing_moves(made: Path, tmp_path: Path) -> None:
    """A stick pulled out too early never replaces a good database."""
    target = tmp_path / "copie.tar"
    kiosk(made, "backup", str(target))
    whole = target.read_bytes()
    before = (made / "kiosk.db").read_bytes()
    middle = whole.index(b"SQLite format 3") + 5000
    altered = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for body in (whole[: len(whole) // 2], b"", b"PK\x03\x04 not a tar", altered):
        target.write_bytes(body)
        refused(kiosk(made, "restore", str(target)), "copie")
    assert (made / "kiosk.db").read_bytes() == before


def test_a_directory_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A file where a folder is meant."""
    (tmp_path / "fichier").write_text("")
    done = kiosk(tmp_path / "fichier" / "dessous", "upgrade")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_the_doctor_says_what_is_wrong_and_exits_with_one(made: Path, tmp_path: Path) -> None:
    """Every line says good or not, and what to do."""
    well = kiosk(made, "doctor")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "NON" not in well.stdout
    ill = kiosk(tmp_path / "absent", "doctor")
    assert ill.returncode == 1
    assert "NON" in ill.stdout


def test_revoking_a_kiosk_nobody_knows_says_so(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('role = "central"\n')
    assert kiosk(tmp_path, "upgrade").returncode == 0
    refused(kiosk(tmp_path, "central", "revoke", "ZZZ"), "Aucun kiosque", "ZZZ")
