"""Every write on a synced row is logged with it, or refused."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from kiosk.places.models import Room, Space
from kiosk.storage import Store, clock, new_uid, session, set_actor, transaction
from kiosk.storage.capture import BulkWriteRefused
from kiosk.storage.changes import SCHEMA, Change, canonical, first_link, next_link, op_id
from kiosk.storage.log import sync_log, sync_self


def log() -> list[Any]:
    """The log, in order."""
    return list(session().execute(select(sync_log).order_by(sync_log.c.seq)))


def test_a_new_row_is_logged_with_its_values_in_the_same_transaction(room: Room) -> None:
    """The change holds what was authored, and nothing local."""
    last = log()[-1]
    assert (last.tab, last.op, last.row_uid, last.state) == ("room", "i", room.uid, "pending")
    body = json.loads(last.body)
    assert body == {
        "computers": 6,
        "name": "Salle bleue",
        "seats": 12,
        "space_uid": room.space_uid.hex,
    }


def test_an_edit_logs_only_the_fields_that_changed(room: Room) -> None:
    """Two people editing two fields of a row never collide."""
    with transaction():
        session().get_one(Room, room.uid).seats = 14
    assert json.loads(log()[-1].body) == {"seats": 14}
    assert log()[-1].op == "u"


def test_writing_the_same_value_again_logs_nothing(room: Room) -> None:
    """A form saved without a change costs no byte."""
    before = len(log())
    with transaction():
        session().get_one(Room, room.uid).seats = 12
    assert len(log()) == before


def test_a_soft_deletion_is_a_change_of_its_own(room: Room) -> None:
    """The row stays; a date says it is gone."""
    with transaction():
        session().get_one(Room, room.uid).deleted_at = clock.stamp()
    assert log()[-1].op == "x"


def test_the_log_says_who_acted(nioro: Space) -> None:
    """The person signed in is kept with each change."""
    kadidia = new_uid()
    set_actor(kadidia)
    with transaction():
        session().add(Room(space_uid=nioro.uid, name="Cour", seats=30))
    assert log()[-1].actor_uid == kadidia


def _write_then_fail(room: Room) -> None:
    with transaction():
        session().add(Room(space_uid=room.space_uid, name="Perdue", seats=1))
        session().flush()
        raise ZeroDivisionError("power cut")


def test_a_failed_transaction_leaves_neither_row_nor_log_nor_counter(room: Room) -> None:
    """Everything or nothing, counter included: the log has no hole."""
    before = (len(log()), session().execute(select(sync_self.c.seq)).scalar_one())
    with pytest.raises(ZeroDivisionError):
        _write_then_fail(room)
    after = (len(log()), session().execute(select(sync_self.c.seq)).scalar_one())
    assert after == before
    assert not session().scalars(select(Room).where(Room.name == "Perdue")).all()


def test_the_chain_can_be_worked_out_again_from_the_rows(room: Room, nioro: Space) -> None:
    """Each link is the hash of the one before and of the canonical row."""
    with transaction():
        session().get_one(Space, nioro.uid).name = "Nioro du Sahel"
    me = session().execute(select(sync_self)).one()
    link = first_link(me.stream_uid)
    for row in log():
        base = None if row.base_n is None else (row.base_epoch, row.base_n)
        fields = json.loads(row.body)
        change = Change(
            row.tab, row.row_uid, row.op, fields, base, row.schema, row.hlc, row.boot_no, row.actor_uid
        )
        assert op_id(row.author_stream, row.author_seq, change) == row.op_id
        link = next_link(link, row.op_id)
        assert link == row.chain
    assert link == me.chain


def test_the_canonical_row_does_not_depend_on_the_order_of_fields(room: Room) -> None:
    """The same change has one spelling, golden for ever."""
    uid = room.uid
    one = Change("room", uid, "i", {"b": 1, "a": "é"})
    other = Change("room", uid, "i", {"a": "é", "b": 1})
    head = '{"a":null,"b":null,"f":{"a":"é","b":1},"h":0,"n":0,"o":"i",'
    text = f'{head}"s":{SCHEMA},"t":"room","u":"{uid.hex}"}}'
    assert canonical(one) == canonical(other) == text.encode()
    assert len(hashlib.sha256(canonical(one)).digest()[:16]) == 16


def test_the_logical_clock_only_goes_up_when_the_machine_goes_back_in_time(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kiosk that wakes in 1970 keeps the order of its writes."""
    monkeypatch.setattr(clock, "now_ms", lambda: 0)
    with transaction():
        session().get_one(Room, room.uid).seats = 1
    assert log()[-1].hlc == log()[-2].hlc + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE room SET seats = 99",
        "DELETE FROM room",
        "INSERT OR REPLACE INTO room (uid, ver, name, seats, computers, space_uid)"
        " SELECT uid, 0, name, seats, computers, space_uid FROM room",
        "INSERT INTO room (uid, name, seats, computers, space_uid)"
        " SELECT x'00', name, 1, 1, space_uid FROM room",
    ],
)
def test_raw_sql_on_a_synced_table_is_refused_by_the_database(room: Room, statement: str) -> None:
    """The guard triggers stop what the session does not see."""
    with pytest.raises(DBAPIError, match="write outside the sync layer"), transaction():
        session().execute(text(statement))
    assert session().get_one(Room, room.uid).seats == 12


def test_bulk_statements_of_the_orm_are_refused_before_they_run(room: Room) -> None:
    """They would escape the log."""
    for statement in (update(Room).values(seats=0), delete(Room), insert(Room).values(name="x")):
        with pytest.raises(BulkWriteRefused), transaction():
            session().execute(statement)


def test_a_synced_row_is_never_deleted_for_good(room: Room) -> None:
    """`session.delete` says to set the date instead."""
    with pytest.raises(BulkWriteRefused, match="deleted_at"), transaction():
        session().delete(session().get_one(Room, room.uid))


def test_a_float_never_travels(store: Store, nioro: Space) -> None:
    """Rounding differs between machines: weights are whole numbers."""
    with pytest.raises(TypeError), transaction():
        session().add(Room(space_uid=nioro.uid, name="Demi", seats=0.5))


def test_a_transaction_does_not_nest(store: Store) -> None:
    """One door in, one door out."""
    with transaction(), pytest.raises(RuntimeError, match="nest"), transaction():
        pass
