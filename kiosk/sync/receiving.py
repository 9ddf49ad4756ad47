"""What the centre's reply changes here: the acknowledgement, a new stream, the page.

A reply may be late or early: what it says is compared with the log as it stands now.
"""

from dataclasses import replace

from sqlalchemy import Connection, func, select, update

from kiosk.storage import fault, numbers
from kiosk.storage.log import sync_closed, sync_self
from kiosk.sync import adopt, apply, compaction, diagnoses, leaving, link, outbox, rehome, snapshot
from kiosk.sync.messages import FORK, OK, REGRESS, Reply
from kiosk.sync.outbox import Me
from kiosk.sync.time import hearing

_CLOCK_BITS = 16


def receive(connection: Connection, reply: Reply) -> None:
    """Act on the centre's reply, whatever its age, in the caller's transaction."""
    mine = outbox.me(connection)
    if reply.stream != mine.stream or reply.epoch < mine.epoch:
        return
    grew = reply.epoch > mine.epoch
    hlc = max(mine.hlc, reply.now << _CLOCK_BITS)
    connection.execute(update(sync_self).values(centre_epoch=reply.epoch, hlc=hlc))
    _keep(connection, reply)
    if grew:  # what came of a snapshot may tell of commits that are gone
        snapshot.forget(connection)
        mine = _afresh(connection, mine)
    have, head = max(reply.probes)
    if grew and connection.scalar(select(func.count()).select_from(sync_closed)):
        rehome.replay_all(connection)
    elif have < compaction.floor(connection):
        _before_the_log(connection, mine, is_late=reply.kind == OK and not grew)
    elif outbox.link_at(connection, mine.stream, have) != head:
        common = outbox.shared(connection, mine.stream, reply.probes)
        rehome.rehome(connection, common)
    elif reply.kind != FORK:
        _acknowledge(connection, mine, have, lower=grew or reply.kind == REGRESS)
        fault.at("reply.acknowledged")
        _pull(connection, mine, reply)
        compaction.witness(connection, reply.now)
    if hearing.is_ahead(connection, reply.now):
        hearing.heal(connection, reply.now)


def _afresh(connection: Connection, mine: Me) -> Me:
    """Ask for everything where this kiosk had stopped in the middle of what the centre was saying."""
    if not snapshot.is_wanted(connection, mine.cursor):
        return mine
    connection.execute(update(sync_self).values(cursor=snapshot.AFRESH))
    return replace(mine, cursor=snapshot.AFRESH)


def _keep(connection: Connection, reply: Reply) -> None:
    """Keep what a reply says beside the log: leased numbers, how far a copy of the centre goes."""
    if reply.lease is not None:
        numbers.keep(connection, *reply.lease)
    if reply.heard:
        diagnoses.heard(connection, reply.heard)
    if reply.saved != link.load(connection).saved:
        link.change(connection, saved=reply.saved)


def _before_the_log(connection: Connection, mine: Me, is_late: bool) -> None:
    """The centre is where this log holds no change any more: all it does hold goes again, elsewhere."""
    if not is_late:
        rehome.replay_all(connection)


def _acknowledge(connection: Connection, mine: Me, have: int, lower: bool) -> None:
    outbox.acknowledge(connection, mine, have if lower else max(mine.acked, have))
    if lower:
        compaction.unsay(connection, have)


def _pull(connection: Connection, mine: Me, reply: Reply) -> None:
    """Take the page, if it starts where this kiosk stands."""
    page = reply.page
    if page.since != mine.cursor:
        return
    if page.full:
        whole = snapshot.stage(connection, page)
        if not whole:
            return
        _settle(connection, reply)
        snapshot.swap(connection, page.former)
    else:
        snapshot.forget(connection)
        _settle(connection, reply)
        apply.take(connection, page.items)
        leaving.leave(connection, page.left)
    fault.at("page.taken")
    connection.execute(update(sync_self).values(cursor=page.cursor, heard=reply.now))


def _settle(connection: Connection, reply: Reply) -> None:
    apply.settle(connection, reply)
    if reply.rejected:
        adopt.give_up(connection)
