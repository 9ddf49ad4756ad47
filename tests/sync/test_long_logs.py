"""A log of any length moves, is said anew and has its moments corrected in little memory."""

import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, update

from kiosk.partners.models import Kind, Organisation
from kiosk.storage import new_uid, session
from kiosk.storage.changes import first_link, next_link
from kiosk.storage.log import ACKED, HELD, PENDING, sync_closed, sync_log, sync_self
from kiosk.sync import adopt, outbox, rehome
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.manifest import LARGE_LEAF, Manifest
from kiosk.sync.former import Former
from kiosk.sync.time import moments
from tests.support.machines import Machine

LONG = 4_000
LITTLE = 2_000_000
"""Bytes; a log of that length gathered at once takes five times as much and more."""
STREAM = uuid.UUID(int=7)


def written(seq: int, state: str = PENDING, **more: Any) -> dict[str, Any]:
    """A change as the log keeps it: the article number `seq` of a machine whose clock ran in 1970."""
    return {
        "seq": seq, "op_id": seq.to_bytes(16, "big"), "chain": bytes(16), "author_stream": STREAM,
        "author_seq": seq, "tab": "post", "row_uid": uuid.UUID(int=seq), "op": "i", "schema": 1, "hlc": seq,
        "body": f'{{"body":"{"mot " * 60}{seq}"}}', "boot_no": 1, "state": state, **more,
    }  # fmt: skip


def keep(connection: Connection, log: range, closed: range = range(0), acked: int = 0) -> None:
    """Fill the log, and what is kept of former streams, in place of what a new machine wrote."""
    connection.execute(sync_log.delete())
    connection.execute(insert(sync_log), [written(seq, ACKED if seq <= acked else PENDING) for seq in log])
    if closed:
        former = [{**written(seq, ACKED), "stream_uid": STREAM} for seq in closed]
        connection.execute(insert(sync_closed), former)
    connection.execute(update(sync_self).values(seq=log[-1], acked=acked, settled=acked))


@pytest.fixture
def connection(kiosk: Machine) -> Iterator[Connection]:
    with kiosk.writing():
        yield session().connection()


def cost(work: Callable[[], object]) -> int:
    """The most bytes that were held at once for some work."""
    tracemalloc.start(1)
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def log(connection: Connection) -> list[Any]:
    return list(connection.execute(select(sync_log).order_by(sync_log.c.seq)))


def assert_whole(connection: Connection, count: int) -> None:
    """Positions without a gap, all to send, the chain right to the head."""
    me, link = outbox.me(connection), b""
    link = first_link(me.stream)
    rows = log(connection)
    for row in rows:
        link = next_link(link, row.op_id)
        assert row.chain == link and row.state == PENDING and row.reason is None
    assert [row.seq for row in rows] == list(range(1, count + 1))
    assert (me.seq, me.chain, me.acked, me.settled) == (count, link, 0, 0)


def test_a_long_log_moves_to_a_new_stream_in_little_memory(connection: Connection) -> None:
    keep(connection, range(1, LONG + 1), acked=LONG // 2)
    connection.execute(update(sync_log).where(sync_log.c.seq == 5).values(state=HELD, reason="parent"))
    before = outbox.me(connection)
    assert cost(lambda: rehome.rehome(connection, LONG // 2)) < LITTLE
    tail = [5, *range(LONG // 2 + 1, LONG + 1)]
    assert_whole(connection, len(tail))
    assert [(row.op_id, row.author_seq, row.body) for row in log(connection)] == [
        (one["op_id"], one["author_seq"], one["body"]) for one in map(written, tail)
    ]
    closed = connection.execute(select(sync_closed).order_by(sync_closed.c.seq)).all()
    assert [row.seq for row in closed] == [seq for seq in range(1, LONG // 2 + 1) if seq != 5]
    assert {row.stream_uid for row in closed} == {before.stream}


def test_all_that_is_retained_goes_again_once_and_in_order_in_little_memory(connection: Connection) -> None:
    """What was closed comes first, in the order in which it was; the log's word of a change stands."""
    keep(connection, range(LONG // 2, LONG + 1), closed=range(LONG // 2 + 50, 0, -1))
    twice = (sync_log.c.seq >= LONG // 2) & (sync_log.c.seq <= LONG // 2 + 50)
    connection.execute(update(sync_log).where(twice).values(emptied=True))
    assert cost(lambda: rehome.replay_all(connection)) < LITTLE
    assert_whole(connection, LONG)
    authors = [row.author_seq for row in log(connection)]
    assert authors == [*range(LONG // 2 + 50, 0, -1), *range(LONG // 2 + 51, LONG + 1)]
    emptied = {row.author_seq for row in log(connection) if row.emptied}
    assert emptied == set(range(LONG // 2, LONG // 2 + 51))
    assert not connection.scalar(select(func.count()).select_from(sync_closed))


def test_rows_that_a_centre_lost_are_found_some_at_a_time(connection: Connection) -> None:
    rows = [
        {"uid": new_uid(), "ver": 1, "cver_epoch": 1, "cver_n": 100 + n, "kind": Kind.NGO, "name": f"ONG {n}"}
        for n in range(LONG)
    ]
    connection.execute(insert(Organisation.__table__), rows)
    there = {("organisation", rows[-1]["uid"]): ({}, (1, LONG)), ("organisation", STREAM): ({}, (1, LONG))}
    former, found = Former(STREAM, {1: 10}), []

    def look() -> None:
        for some in adopt._candidates(connection, there, former, epoch=2):
            assert len(some) <= adopt.PART
            found.append(sum(1 for tab, _ in some if tab == "organisation"))

    look()  # the statements of every table are compiled once
    assert cost(look) < LITTLE // 4
    assert sum(found) == 2 * (LONG + 1)


def test_moments_of_a_long_log_are_looked_at_some_at_a_time(connection: Connection) -> None:
    keep(connection, range(1, LONG // 2 + 1), closed=range(1, LONG // 2 + 1))
    seen: list[int] = []

    def look() -> None:
        for row in moments._written(session(), {1}):
            seen.append(row.seq)
            if len(seen) % 500 == 0:  # what corrects one is logged meanwhile
                connection.execute(insert(sync_log), written(LONG + len(seen), boot_no=2))

    assert cost(look) < LITTLE
    assert seen == [*range(1, LONG // 2 + 1)] * 2


def test_films_that_wait_are_listed_in_little_memory(connection: Connection) -> None:
    """Two hundred films of a gigabyte: the marks of their leaves would be three megabytes."""
    for number in range(200):
        film = Manifest(2**30, LARGE_LEAF, bytes(16 * 2**10))
        ledger.write(connection, ledger.Entry(f"{number:064x}", film, ledger.SENT))
    assert cost(lambda: ledger.every(connection)) < LITTLE // 4
    assert len(ledger.every(connection)) == 200
