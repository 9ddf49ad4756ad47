"""One writer at a time over PostgreSQL, and one file beside it, whatever the number of processes."""

import subprocess
import threading
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from kiosk.central import meta
from kiosk.config import CONFIG_NAME
from kiosk.partners import services as partners
from kiosk.partners.models import Kind
from kiosk.rooms import open_store
from kiosk.storage import server, session, transaction
from kiosk.web.security import secret_key
from tests.central.logs import add_federation, assert_one_chain
from tests.support.machines import Machine
from tests.support.processes import command

pytestmark = pytest.mark.postgres


def test_a_process_that_starts_while_another_works_is_no_restore(centre_pg: Machine) -> None:
    """The second process's run is in the file before it is in the database."""
    other, data = open_store(centre_pg.settings.database_url, "central"), centre_pg.data
    assert not started(centre_pg)
    with other.open() as second, transaction():
        assert not meta.prepare(second.connection(), data)
        with centre_pg.open() as first:
            meta.remember(first.connection(), data)
    assert not started(centre_pg)
    other.close()


def test_a_slow_process_does_not_take_the_file_back(centre_pg: Machine) -> None:
    """What it read before others committed is older than what they wrote."""
    data = centre_pg.data
    assert not started(centre_pg)
    with centre_pg.open() as slow:
        slow.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        slow.execute(text("select n from central_meta"))
        add_federation(centre_pg, "Ben Kadi")
        with centre_pg.open() as quick:
            meta.remember(quick.connection(), data)
        before = (data / meta.FILE).read_text()
        meta.remember(slow.connection(), data)
    assert (data / meta.FILE).read_text() == before


def test_a_database_put_back_under_several_processes_is_noticed(centre_pg: Machine) -> None:
    data = centre_pg.data
    assert not started(centre_pg)
    with centre_pg.open() as current:
        old = current.execute(text("select run_id, epoch, n, chain from central_meta")).one()
    add_federation(centre_pg, "Ben Kadi")
    assert not started(centre_pg)
    assert not started(centre_pg)
    with centre_pg.store.engine.begin() as connection:
        back = "update central_meta set run_id = :run_id, epoch = :epoch, n = :n, chain = :chain"
        connection.execute(text(back), dict(old._mapping))
    with centre_pg.open() as running:
        meta.remember(running.connection(), data)
    assert started(centre_pg)
    assert not started(centre_pg)


def started(centre: Machine) -> bool:
    """Start a process of the centre; tell whether it saw an older database."""
    with centre.open() as current:
        with transaction():
            restored = meta.prepare(current.connection(), centre.data)
        meta.remember(current.connection(), centre.data)
    return restored


def test_two_writers_never_wait_for_each_other_in_a_ring(centre_pg: Machine) -> None:
    """Without the one lock, each holds a row that the other wants."""
    with centre_pg.writing("coordinator"):
        first, second = (
            partners.add_organisation(partners.OrganisationCard(Kind.FEDERATION, name)).uid for name in "AB"
        )
    failures: list[Exception] = []
    both = threading.Barrier(2)

    def write(order: tuple[uuid.UUID, uuid.UUID], word: str) -> None:
        both.wait()
        for number in range(20):
            try:
                with centre_pg.writing("coordinator"):
                    for uid in order:
                        card = partners.OrganisationCard(Kind.FEDERATION, f"{uid.hex} {word}{number}")
                        partners.change_organisation(uid, card)
                        session().flush()
            except DBAPIError as error:
                failures.append(error)

    threads = [
        threading.Thread(target=write, args=args) for args in (((first, second), "x"), ((second, first), "y"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert_one_chain(centre_pg)


def test_a_stuck_writer_is_not_waited_for_without_end(
    centre_pg: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_ALONE", server._ALONE.replace(f"'{server.PATIENCE_S}s'", "'200ms'"))
    with centre_pg.writing(), centre_pg.store.engine.connect() as other:
        with pytest.raises(OperationalError, match="lock timeout"):
            other.execution_options(immediate=True).begin()
        other.rollback()
        other.execution_options(beside=True).begin()


@pytest.mark.process
def test_processes_that_prepare_one_empty_database_at_once_agree(pg: str, tmp_path: Path) -> None:
    (tmp_path / CONFIG_NAME).write_text(f'role = "central"\ndatabase = "{pg}"\n')
    upgrades = [
        subprocess.Popen(
            command(tmp_path, "upgrade"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(3)
    ]
    said = [one.communicate(timeout=120)[0] for one in upgrades]
    assert [one.returncode for one in upgrades] == [0, 0, 0], said


def test_processes_that_start_at_once_share_one_cookie_key(tmp_path: Path) -> None:
    """Whoever signs in at one process is known at the others."""
    both, keys = threading.Barrier(8), set()

    def make() -> None:
        both.wait()
        keys.add(secret_key(tmp_path))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1
