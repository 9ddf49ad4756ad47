"""What the system refuses is said in the operator's words."""

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from kiosk.operator import sentence
from kiosk.storage import backup

FULL = sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize(
    "error", [FULL, OperationalError("INSERT", None, FULL), OSError(errno.ENOSPC, "No space left on device")]
)
def test_a_full_disk_is_called_so_wherever_it_is_met(error: Exception) -> None:
    assert "le disque est plein" in sentence(error)


def test_a_refusal_of_the_system_names_its_file() -> None:
    assert sentence(PermissionError(errno.EACCES, "Permission denied", "/x")) == "accès refusé : /x"
    assert "port" in sentence(OSError(errno.EADDRINUSE, "Address already in use"))


def test_a_copy_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(b"pas une base" * 500)
    with pytest.raises(sqlite3.Error):
        backup.copy_database(tmp_path / "kiosk.db", tmp_path / "copie.db")
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.db"]
