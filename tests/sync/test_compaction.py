"""A log that grows lighter: old, witnessed, safe elsewhere; and nothing breaks without what went."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from kiosk.central import copies, meta
from kiosk.central.models import stream
from kiosk.members.models import Member
from kiosk.storage import clock
from kiosk.storage.log import ACKED, REJECTED, sync_closed, sync_log, sync_self
from kiosk.sync import compaction, outbox, receiving, rehome, snapshot, status
from kiosk.sync.messages import OK, Page, Reply
from kiosk.sync.models import sync_mark, sync_witness
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import named, register
from tests.sync.timing import DAY

Meeting = Callable[[Post, float], None]
OLD = ["Awa Coulibaly", "Bintou Diallo"]


@pytest.fixture
def meet(centre_at: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Exchange on a day from now, by the centre's clock, then make the log lighter; three days witness."""
    monkeypatch.setattr(compaction, "WITNESSES", 3)
    begun = clock.now_ms()

    def meeting(post: Post, day: float) -> None:
        centre_at(begun + int(day * DAY))
        post.exchange()
        compaction.after_exchange(post.kiosk.store)

    return meeting


def declare(centre: Machine) -> None:
    """A copy of the centre is made and carried away."""
    with centre.writing():
        copies.safe(copies.mark())


def logged(machine: Machine) -> int:
    with machine.open() as current:
        return current.scalar(select(func.count()).select_from(sync_log)) or 0


def lighter(machine: Machine) -> int:
    with machine.open() as current:
        return compaction.floor(current.connection())


def years(post: Post, meet: Meeting, centre: Machine) -> None:
    """Two people registered, then half a year of meetings, with a new person at the end."""
    for name in OLD:
        register(post.kiosk, name)
    meet(post, 0)
    declare(centre)
    for visit in range(compaction.WITNESSES):
        meet(post, compaction.KEEP_DAYS + 1 + visit)


@pytest.fixture
def light(nioro: Post, centre: Machine, meet: Meeting) -> Post:
    """A kiosk whose log holds nothing of its first day any more."""
    years(nioro, meet, centre)
    assert lighter(nioro.kiosk) > 0
    return nioro


def test_what_is_old_witnessed_and_safe_elsewhere_goes(light: Post) -> None:
    with light.kiosk.open() as current:
        mine = outbox.me(current.connection())
        kept = current.scalars(select(sync_log.c.state)).all()
        marks = current.scalars(select(sync_mark.c.seq)).all()
        told = status.current()
    assert ACKED not in kept and marks == [mine.seq]
    assert (told.acknowledged, told.dropped, told.state) == (mine.seq, mine.seq, "sent")


@pytest.mark.parametrize("lacking", ["copy", "age", "witnesses"])
def test_nothing_goes_while_one_of_the_three_lacks(
    nioro: Post, centre: Machine, meet: Meeting, lacking: str
) -> None:
    for name in OLD:
        register(nioro.kiosk, name)
    meet(nioro, 0)
    if lacking != "copy":
        declare(centre)
    first = compaction.KEEP_DAYS + 1 if lacking != "age" else 1
    for visit in range(compaction.WITNESSES - (lacking == "witnesses")):
        meet(nioro, first + visit)
    assert lighter(nioro.kiosk) == 0
    assert logged(nioro.kiosk) > 0


def test_a_clock_of_the_centre_that_jumped_once_drops_nothing(
    nioro: Post, centre: Machine, meet: Meeting
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    meet(nioro, 0)
    declare(centre)
    for minute in range(compaction.WITNESSES * 2):
        meet(nioro, 900 + minute / 1440)
    assert lighter(nioro.kiosk) == 0


def test_an_old_member_is_still_edited_and_the_edit_arrives(light: Post, centre: Machine) -> None:
    with light.kiosk.writing("manager") as current:
        awa = current.scalars(select(Member).where(Member.given_name == "Awa")).one()
        awa.village = "Youri"
    light.exchange()
    with centre.open() as current:
        village = current.scalar(select(Member.village).where(Member.given_name == "Awa"))
    assert village == "Youri"
    assert light.tallies[-1].sent == 1


def test_what_comes_after_is_sent_as_ever(light: Post, centre: Machine, meet: Meeting) -> None:
    register(light.kiosk, "Coumba Sacko")
    meet(light, compaction.KEEP_DAYS * 2)
    assert named(centre) == named(light.kiosk) == [*OLD, "Coumba Sacko"]


def test_a_whole_snapshot_knows_the_rows_whose_records_went(light: Post) -> None:
    with light.kiosk.writing() as current:
        uids = set(current.scalars(select(Member.uid)))
        absent = snapshot._gone("member", Member.__table__)
        assert uids <= set(current.connection().scalars(absent)), "a snapshot without them takes them away"
        current.connection().execute(update(sync_self).values(cursor="0.0.all"))
    light.exchange()
    assert named(light.kiosk) == OLD


def test_a_log_that_forks_later_loses_nothing(light: Post, centre: Machine) -> None:
    """The centre heard a copy of this disk: what is kept moves to a new stream."""
    register(light.kiosk, "Coumba Sacko")
    with light.kiosk.writing() as current:
        rehome.rehome(current.connection(), 0)
    assert lighter(light.kiosk) == 0
    light.exchange()
    assert named(centre) == named(light.kiosk) == [*OLD, "Coumba Sacko"]


def test_a_centre_put_back_to_before_the_declared_copy_gets_all_that_is_kept(
    nioro: Post, centre: Machine, meet: Meeting
) -> None:
    """The promise was broken: what went is gone from the log, what stands in it goes again."""
    register(nioro.kiosk, "Fanta Keïta")
    meet(nioro, -2)
    with centre.open() as current:
        backup = {row.stream_uid: row for row in current.execute(select(stream))}
    years(nioro, meet, centre)
    register(nioro.kiosk, "Coumba Sacko")
    meet(nioro, compaction.KEEP_DAYS + 30)
    before = lighter(nioro.kiosk)
    went_back(centre, backup)
    meet(nioro, compaction.KEEP_DAYS + 31)
    with nioro.kiosk.open() as current:
        mine = outbox.me(current.connection())
    assert before > 0 and lighter(nioro.kiosk) == 0
    assert (mine.acked, mine.settled) == (mine.seq, mine.seq)
    assert "Coumba Sacko" in named(centre)


def went_back(centre: Machine, backup: dict[uuid.UUID, Any]) -> None:
    """Make the centre forget what its streams brought since a backup, and say that it was put back."""
    with centre.writing() as current:
        connection = current.connection()
        for uid, row in backup.items():
            after = text("delete from inbox where stream_uid = :uid and seq > :have")
            connection.execute(after, {"uid": uid.bytes, "have": row.have})
            about = {"have": row.have, "chain": row.chain}
            connection.execute(update(stream).where(stream.c.stream_uid == uid).values(**about))
        meta.new_epoch(connection)


def test_each_exchange_drops_only_so_much(
    nioro: Post, centre: Machine, meet: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "MOST", 1)
    years(nioro, meet, centre)
    assert lighter(nioro.kiosk) == 1
    meet(nioro, compaction.KEEP_DAYS + 20)
    assert lighter(nioro.kiosk) == 2


def test_what_a_person_still_has_to_look_at_stays(nioro: Post, centre: Machine, meet: Meeting) -> None:
    for name in OLD:
        register(nioro.kiosk, name)
    meet(nioro, 0)
    with nioro.kiosk.writing() as current:
        first = update(sync_log).where(sync_log.c.seq == 1)
        current.connection().execute(first.values(state=REJECTED, reason="scope"))
    declare(centre)
    for visit in range(compaction.WITNESSES + 1):
        meet(nioro, compaction.KEEP_DAYS + 1 + visit)
    with nioro.kiosk.open() as current:
        assert current.scalars(select(sync_log.c.seq)).all() == [1]
        assert [one.reason for one in status.withheld()] == ["scope"]


def test_closed_streams_grow_lighter_too(nioro: Post, centre: Machine, meet: Meeting) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    meet(nioro, 0)
    with nioro.kiosk.writing() as current:
        rehome.rehome(current.connection(), outbox.me(current.connection()).acked)
    register(nioro.kiosk, "Bintou Diallo")
    meet(nioro, 1)
    declare(centre)
    for visit in range(compaction.WITNESSES + 1):
        meet(nioro, compaction.KEEP_DAYS + 2 + visit)
    with nioro.kiosk.open() as current:
        assert not current.scalar(select(func.count()).select_from(sync_closed))
        assert status.current().dropped > lighter(nioro.kiosk)


def test_a_centre_that_went_back_takes_its_witness_back(nioro: Post, meet: Meeting) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    meet(nioro, 0)
    with nioro.kiosk.writing() as current:
        compaction.unsay(current.connection(), 0)
        assert current.scalar(select(func.count()).select_from(sync_witness)) == 0


def test_a_late_answer_about_what_went_moves_nothing(light: Post) -> None:
    """It was overtaken half a year ago: no reason to take another stream."""
    with light.kiosk.open() as current:
        before = outbox.me(current.connection())
        old = Reply(before.stream, before.epoch, OK, ((1, bytes(16)),), 1, Page("", ""))
    with light.kiosk.writing() as current:
        receiving.receive(current.connection(), old)
        assert outbox.me(current.connection()).stream == before.stream
