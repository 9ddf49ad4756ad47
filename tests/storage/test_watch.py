"""Every commit is noticed, whoever makes it, and nothing else is."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.storage.watch import Watch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE word (text)")
    connection.close()
    return path


def write(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_commit_of_another_connection_or_process_is_noticed(path: Path) -> None:
    watch = Watch(path)
    moments = [watch.moment()]
    write(path, "INSERT INTO word VALUES ('kalan')")
    moments.append(watch.moment())
    other = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('DELETE FROM word'); c.commit()"
    subprocess.run([sys.executable, "-c", other, str(path)], check=True)
    moments.append(watch.moment())
    write(path, "PRAGMA wal_checkpoint(TRUNCATE)", "INSERT INTO word VALUES ('sira')")
    moments.append(watch.moment())
    watch.close()
    assert len(set(moments)) == len(moments)


def test_reading_and_what_was_rolled_back_change_nothing(path: Path) -> None:
    watch = Watch(path)
    before = watch.moment()
    reader = sqlite3.connect(path)
    reader.execute("SELECT count(*) FROM word").fetchall()
    reader.execute("INSERT INTO word VALUES ('bolo')")
    reader.rollback()
    assert watch.moment() == before
    reader.close()
    watch.close()


def test_a_file_without_a_wal_index_is_watched_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    write(path, "CREATE TABLE word (text)")
    watch = Watch(path)
    before = watch.moment()
    assert before == watch.moment()
    write(path, "INSERT INTO word VALUES ('dugu')")
    assert watch.moment() != before
    watch.close()


def test_watching_gives_up_no_lock_of_this_process(path: Path) -> None:
    """SQLite takes an index whose lock (byte 128) nobody holds for an abandoned one, and empties it."""
    watch = Watch(path)
    watch.moment()
    ask = (
        "import fcntl, sys; file = open(sys.argv[1] + '-shm', 'r+b')\n"
        "fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)"
    )
    taken = subprocess.run([sys.executable, "-c", ask, str(path)], capture_output=True, check=False)
    watch.close()
    assert taken.returncode != 0
    assert b"BlockingIOError" in taken.stderr or b"PermissionError" in taken.stderr


def test_the_wal_index_is_read_where_there_is_one(path: Path) -> None:
    watch = Watch(path)
    assert len(watch.moment()) > 8
    watch.close()
