"""A change that cannot be read delays nobody: it is kept at the centre as text, and shown."""

import random
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from kiosk.central import merge, meta
from kiosk.central.merge import Arrived, Outcome
from kiosk.central.models import HELD, central_meta, commit_log, inbox
from kiosk.places.models import Room
from kiosk.storage import new_uid, session, transaction
from kiosk.storage.log import sync_log
from kiosk.sync import keyfile
from kiosk.sync.bundle.letters import Desk
from kiosk.sync.frame import FrameError
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, waiting

SPOILT = {
    "another text": '{"name":"Autre salle","computers":0,"seats":0,"space_uid":"' + NIORO.hex + '"}',
    "a fraction": '{"name":"Salle 9","computers":0.5}',
    "half a character": '{"name":"\\ud800"}',
    "no document": '{"name":"Salle 9',
    "no object": "[1]",
    "nesting without end": "[" * 200 + "]" * 200,
}


def write_rooms(kiosk: Machine, count: int = 24) -> None:
    with kiosk.writing():
        session().add_all([Room(space_uid=NIORO, name=f"Salle {number}") for number in range(count)])


def spoil(kiosk: Machine, body: str, back: int = 9) -> int:
    """Change what stands in the log, as a failing card would; return the position."""
    with kiosk.writing() as current:
        seq = current.scalar(text("select seq from sync_self")) - back
        current.connection().execute(update(sync_log).where(sync_log.c.seq == seq).values(body=body))
    return seq


@pytest.mark.parametrize("body", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_change_goes_as_text_and_the_others_arrive(nioro: Post, centre: Machine, body: str) -> None:
    write_rooms(nioro.kiosk)
    seq = spoil(nioro.kiosk, body)
    nioro.exchange()
    assert nioro.line.calls < 20
    assert waiting(nioro.kiosk) == 0
    with centre.open() as current:
        assert current.scalar(text("select count(*) from room where name like 'Salle %'")) == 23
        held = current.execute(select(inbox.c.seq, inbox.c.reason).where(inbox.c.state == HELD)).all()
    assert held == [(seq, "wire")]
    page = nioro.kiosk.as_("manager").get("/envois").text
    assert "Le centre n’a pas pu lire cette fiche." in page
    calls = nioro.line.calls
    assert nioro.exchange().sent == 0
    assert nioro.line.calls == calls + 1


@pytest.mark.parametrize("told", [False, True], ids=["by itself", "told by the centre"])
def test_a_change_longer_than_a_request_is_held_and_the_others_arrive(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """The kiosk does not even try; a centre that takes less says so."""
    nioro.exchange()
    write_rooms(nioro.kiosk, 3)
    seq = long_room(nioro.kiosk)
    write_rooms(nioro.kiosk, 3)
    short_requests(monkeypatch, told)
    before = nioro.line.calls
    nioro.exchange()
    assert nioro.line.calls - before < 12
    assert waiting(nioro.kiosk) == 0
    with centre.open() as current:
        assert current.scalar(text("select count(*) from room")) == 6
        held = current.execute(select(inbox.c.seq, inbox.c.reason).where(inbox.c.state == HELD)).all()
        with transaction():
            meta.prepare(current.connection(), centre.data)
    assert held == [(seq, "size")]
    nioro.exchange()
    with centre.open() as current:
        assert current.execute(select(inbox.c.reason).where(inbox.c.state == HELD)).all() == [("size",)]
        assert current.scalar(text("select max(length(raw)) from inbox")) < 2_000
    assert "Fiche trop longue pour partir." in nioro.kiosk.as_("manager").get("/envois").text
    with nioro.kiosk.open() as current:
        kept = current.execute(select(sync_log.c.state, sync_log.c.body).where(sync_log.c.seq == seq)).one()
    assert kept.state == "held" and len(kept.body) > LONG, "its words are here still"


LONG = 200_000


def short_requests(monkeypatch: pytest.MonkeyPatch, told: bool = False) -> None:
    monkeypatch.setattr("kiosk.sync.rows_on_wire.LONGEST_TEXT", 30_000)
    monkeypatch.setattr(f"kiosk.{'central.door' if told else 'sync.caller'}.LARGEST", 60_000)


def long_room(kiosk: Machine) -> int:
    """Write a room whose name no request carries; return the change's position."""
    name = random.Random(5).randbytes(LONG // 2).hex()
    with kiosk.writing() as current:
        current.add(Room(space_uid=NIORO, name=name))
    with kiosk.open() as current:
        return int(current.scalar(text("select seq from sync_self")) or 0)


def test_a_stick_carries_what_comes_behind_a_change_that_is_too_long(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro.exchange()
    short_requests(monkeypatch)
    seq = long_room(nioro.kiosk)
    write_rooms(nioro.kiosk, 3)
    desk = Desk(nioro.kiosk.store, keyfile.load(nioro.kiosk.data), "test")
    written = list(desk.letters(seq - 1, seq + 3))
    assert sum(len(one.request.ops) for one in written) == 4
    assert max(len(one.letter.body) for one in written) < 10_000


def test_a_restart_of_the_centre_tries_it_again_and_holds_it_again(nioro: Post, centre: Machine) -> None:
    write_rooms(nioro.kiosk)
    spoil(nioro.kiosk, SPOILT["a fraction"])
    nioro.exchange()
    with centre.open() as current, transaction():
        meta.prepare(current.connection(), centre.data)
    nioro.exchange()
    with centre.open() as current:
        assert current.execute(select(inbox.c.reason).where(inbox.c.state == HELD)).all() == [("wire",)]


def test_what_only_an_older_centre_could_not_read_is_applied_by_a_newer_one(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro.exchange()
    write_rooms(nioro.kiosk, 3)

    def refuse(row: Any, *_: Any) -> None:
        raise FrameError("unknown")

    with monkeypatch.context() as older:
        older.setattr("kiosk.sync.rows_on_wire._entry", refuse)
        older.setattr("kiosk.sync.unpacking.Unpacker._entry", refuse)
        nioro.exchange()
    with centre.open() as current:
        assert current.scalar(text("select count(*) from room")) == 0
        with transaction():
            meta.prepare(current.connection(), centre.data)
    nioro.exchange()
    with centre.open() as current:
        assert current.scalar(text("select count(*) from room")) == 3
        assert current.scalar(text("select count(*) from inbox where state != 'applied'")) == 0


def test_a_held_change_is_woken_by_a_new_commit_and_then_sleeps(
    kiosk: Machine, any_centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mention of the missing row that brings no row must not keep the centre turning."""
    post = link_up(kiosk, any_centre)
    post.exchange()
    missing, tried = new_uid(), []

    def never(_connection: Any, _sender: Any, arrived: Sequence[Arrived], _now: int) -> list[Outcome]:
        tried.extend(arrived)
        return [Outcome(one, HELD, reason="parent", missing=missing) for one in arrived]

    monkeypatch.setattr(merge, "apply", never)
    mention(any_centre, missing)
    write_rooms(kiosk, 2)
    post.exchange()
    assert len(tried) == 2
    mention(any_centre, missing)
    for _ in range(3):
        post.exchange()
    assert len(tried) == 4


def mention(centre: Machine, uid: uuid.UUID) -> None:
    """Commit a mention of a row that is not there."""
    with centre.open() as current, transaction():
        connection = current.connection()
        head = connection.execute(select(central_meta)).one()
        connection.execute(update(central_meta).values(n=head.n + 1))
        spot = {"n": head.n + 1, "epoch": head.epoch, "chain": bytes(16), "scope": "all"}
        connection.execute(insert(commit_log).values(**spot, tab="room", row_uid=uid))
