"""What strangers, broken links and power cuts may cost, and no more."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, text, update

from kiosk.central import distribute
from kiosk.partners.models import Kind, Organisation
from kiosk.places.models import Room, Space
from kiosk.storage import session
from kiosk.storage.log import sync_self
from kiosk.sync import exchange, keyfile, outbox, rehome
from kiosk.sync.enrol import enrol, settle_in
from kiosk.sync.link import Link
from kiosk.sync.messages import Page
from kiosk.sync.trouble import OtherSpace, Refused, Trouble
from tests.support.machines import Machine
from tests.sync.conftest import Post, code_for, link_up
from tests.sync.wire import Wsgi


def values(machine: Machine, query: str) -> list[Any]:
    with machine.open() as current:
        return [row[0] for row in current.execute(text(query))]


def space_of(machine: Machine) -> uuid.UUID:
    """The space a kiosk stands in; another ambient session may be open around."""
    with machine.store.engine.connect() as connection:
        return uuid.UUID(bytes=connection.execute(text("select space_uid from here")).scalar_one())


def test_a_stranger_makes_the_centre_read_nothing_large(centre: Machine) -> None:
    """A body without a known key stays unread; one with a key is bounded."""

    class Endless:
        taken = 0

        def read(self, size: int = -1) -> bytes:
            self.taken += max(size, 0) or 1
            return b"x" * (size if size > 0 else 1)

        readinto = None

    for path in ("/sync/v1/exchange", "/sync/v1/enrol"):
        body = Endless()
        environ = {"wsgi.input": body, "CONTENT_LENGTH": "200000000", "wsgi.input_terminated": True}
        answer = centre.app.test_client().post(path, environ_overrides=environ)
        assert answer.status_code in (401, 410)
        assert body.taken == 0


def test_a_machine_whose_log_moved_is_still_of_its_space(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    with nioro.kiosk.writing():
        rehome.rehome(session().connection(), session().execute(select(sync_self.c.acked)).scalar_one())
    with pytest.raises(OtherSpace):
        link_up(nioro.kiosk, centre, "KAY")


def test_nothing_leaves_a_machine_that_was_set_up_for_another_space_than_its_key(
    nioro: Post, tmp_path: Path
) -> None:
    known = keyfile.load(nioro.kiosk.data)
    with pytest.raises(OtherSpace):
        settle_in(nioro.kiosk.store, replace(known, space_uid=uuid.uuid4().hex))


def test_a_full_disk_at_the_start_does_not_close_the_pages(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.sync.start.check", full)
    assert kiosk.client().get("/programme").status_code == 200


def test_a_power_cut_between_key_and_database_is_made_good(nioro: Post) -> None:
    with nioro.kiosk.writing():
        session().connection().execute(update(sync_self).values(node_no=None))
    settle_in(nioro.kiosk.store, keyfile.load(nioro.kiosk.data))
    assert values(nioro.kiosk, "select node_no from sync_self") == [1]


def test_heavy_rows_come_in_light_pages(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with centre.writing():
        for number in range(40):
            session().add(Organisation(kind=Kind.NGO, name=f"{number} " + "x" * 900))
    monkeypatch.setattr(distribute, "_HEAVIEST", 5000)
    nioro.exchange()
    assert values(nioro.kiosk, "select count(*) from organisation") == [40]
    assert nioro.line.calls > 8


def test_a_broken_link_asks_for_little_and_sends_little(nioro: Post) -> None:
    slow = Link(batch=1024)
    with nioro.kiosk.writing():
        room = Room(space_uid=session().scalars(select(Space.uid)).one(), name="é" * 6000)
        session().add(room)
        session().add(Room(space_uid=room.space_uid, name="Petite"))
    with nioro.kiosk.open() as current:
        connection = current.connection()
        mine = outbox.me(connection)
        asked = exchange.build(connection, slow)
        last = outbox.batch(connection, mine.seq - 2, slow.changes, slow.batch)
    assert asked.limit < 20
    assert [one.change.fields["name"][0] for one in last] == ["é"]


def test_a_centre_that_only_says_more_is_left_alone(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    nioro.exchange()
    plain = Page.__init__

    def never_ending(self: Page, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **{**kwargs, "more": True})

    monkeypatch.setattr(Page, "__init__", never_ending)
    before = nioro.line.calls
    with pytest.raises(Refused):
        nioro.exchange()
    assert nioro.line.calls - before < 10


def test_two_machines_with_one_code_are_one_machine_and_a_refusal(
    any_centre: Machine, machine: Callable[..., Machine]
) -> None:
    code, outcomes = code_for(any_centre, "NIO"), []
    kiosks = [machine() for _ in range(2)]
    with kiosks[1].writing():
        rehome.rehome(session().connection(), 0)

    def ask(one: Machine) -> None:
        try:
            enrol(one.store, one.data, "http://127.0.0.1", code, "test", Wsgi(any_centre.app))
            outcomes.append("in")
        except Trouble as trouble:
            outcomes.append(trouble.code)

    threads = [Thread(target=ask, args=(one,)) for one in kiosks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["code_refused", "in"]
    assert values(any_centre, "select count(*) from node") == [1]
