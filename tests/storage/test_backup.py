"""Copies and upgrades: what a hostile file, a full disk or a power cut may not do."""

import hashlib
import io
import json
import shutil
import sqlite3
import stat
import tarfile
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from kiosk.cli import main
from kiosk.members.disability.models import Difficulties
from kiosk.paths import shelf
from kiosk.storage import Store, StoreError, backup
from kiosk.storage import archive as archives
from kiosk.storage import upgrade as upgrading
from kiosk.storage.lock import SENDING, SERVING, only_one
from kiosk.sync.worker import Worker
from tests.support.machines import Machine


def quiet(_done: int, _total: int) -> None:
    pass


def archive(path: Path, members: dict[str, bytes], manifest: object = None) -> Path:
    """Write a tar whose manifest fits its members, unless another is given."""
    told = {
        name: {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in members.items()
    }
    with tarfile.open(path, "w") as tar:
        for name, body in {"manifest.json": json.dumps(manifest or told).encode(), **members}.items():
            head = tarfile.TarInfo(name)
            head.size = len(body)
            tar.addfile(head, io.BytesIO(body))
    return path


@pytest.mark.parametrize("name", ["../out", "/etc/out", "files/../../out", "files", "secret", "node.key", ""])
def test_a_copy_that_reaches_outside_its_files_is_refused(tmp_path: Path, name: str) -> None:
    made = archive(tmp_path / "copie.tar", {"kiosk.db": b"x", name: b"y"})
    with pytest.raises(StoreError):
        backup.restore(made, tmp_path / "data", quiet)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "manifest", [["kiosk.db"], {"kiosk.db": None}, "kiosk.db", {"kiosk.db": {"sha256": 1}}]
)
def test_a_manifest_of_another_shape_is_one_refusal(tmp_path: Path, manifest: object) -> None:
    with pytest.raises(StoreError):
        archives.read_manifest(archive(tmp_path / "copie.tar", {"kiosk.db": b"x"}, manifest))


def test_a_copy_is_for_its_owner_alone(kiosk: Machine, tmp_path: Path) -> None:
    backup.write(kiosk.data, tmp_path / "copie.tar", quiet)
    backup.copy_database(kiosk.data / "kiosk.db", tmp_path / "copie.db")
    for name in ("copie.tar", "copie.db"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_rubbish_left_by_a_power_cut_does_not_stop_the_next_copy(kiosk: Machine, tmp_path: Path) -> None:
    (tmp_path / "copie.db.part").write_bytes(b"not a database" * 1000)
    backup.copy_database(kiosk.data / "kiosk.db", tmp_path / "copie.db")
    assert sqlite3.connect(tmp_path / "copie.db").execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_a_power_cut_while_private_rows_go_leaves_no_journal_to_spoil_the_next_copy(
    kiosk: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kiosk.writing("manager") as session:
        session.add(Difficulties(member_uid=uuid.UUID(int=7), asked_on=date(2026, 3, 4)))
    beside: list[str] = []

    def half_way(_copy: sqlite3.Connection) -> Iterator[str]:
        yield "member_difficulties"
        beside.extend(path.name for path in (kiosk.data / "spool").glob("copie.db*"))

    monkeypatch.setattr(backup, "_private_tables", half_way)
    backup.write(kiosk.data, tmp_path / "copie.tar", quiet)
    assert beside == ["copie.db"]


def test_no_earlier_database_is_written_over(kiosk: Machine, tmp_path: Path) -> None:
    backup.write(kiosk.data, tmp_path / "copie.tar", quiet)
    kiosk.close()
    kept = [one for _ in range(3) if (one := backup.restore(tmp_path / "copie.tar", kiosk.data, quiet))]
    kept[0].unlink()
    assert backup.restore(tmp_path / "copie.tar", kiosk.data, quiet) not in kept[1:]
    assert all(one.exists() for one in kept[1:])


@pytest.mark.parametrize("held", [SERVING, SENDING])
def test_nothing_is_restored_under_a_running_process(kiosk: Machine, tmp_path: Path, held: str) -> None:
    backup.write(kiosk.data, tmp_path / "copie.tar", quiet)
    with only_one(kiosk.data / held, "busy"):
        done = CliRunner().invoke(main, ["--data", str(kiosk.data), "restore", str(tmp_path / "copie.tar")])
    assert done.exit_code == 1
    assert "Arrêtez d’abord le kiosque" in done.output
    assert not list(kiosk.data.glob("avant-restauration-*"))


@pytest.fixture
def broken_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release whose last migration fails half way, after it changed the schema and the rows."""
    steps = shutil.copytree(shelf("migrations"), tmp_path / "steps")
    last = max(path.name[:4] for path in (steps / "versions").glob("0*.py"))
    (steps / "versions" / "9999_broken.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision, branch_labels, depends_on = '9999', '{last}', None, None\n"
        "def upgrade():\n"
        "    op.add_column('here', sa.Column('extra', sa.Text))\n"
        "    op.execute('DELETE FROM here')\n"
        "    op.execute('SELECT nothing FROM nowhere')\n"
    )
    monkeypatch.setattr(upgrading, "shelf", lambda _name: steps)
    monkeypatch.setattr(upgrading, "head", lambda: "9999")


def test_an_upgrade_that_fails_half_way_leaves_the_database_as_it_was(
    kiosk: Machine, broken_step: None
) -> None:
    def dump() -> list[str]:
        with sqlite3.connect(kiosk.data / "kiosk.db") as connection:
            return sorted(connection.iterdump())

    before = dump()
    with pytest.raises(StoreError, match="rien n’a changé"):
        upgrading.upgrade(kiosk.store)
    assert dump() == before
    with kiosk.store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_the_same_on_postgresql(centre_pg: Machine, broken_step: None) -> None:
    with pytest.raises(StoreError):
        upgrading.upgrade(centre_pg.store)
    with centre_pg.store.engine.connect() as connection:
        columns = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'extra'"
        assert connection.scalar(text(columns)) == 0


def test_a_worker_of_the_former_program_leaves_an_upgraded_database_alone(kiosk: Machine) -> None:
    with kiosk.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="plus récente"):
        Worker(kiosk.store, kiosk.data, "test").run(rounds=1)


def test_a_failed_statement_is_told_without_its_values(store: Store) -> None:
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError) as failed, store.engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Awa Coulibaly"})
    assert "Awa" not in str(failed.value)
