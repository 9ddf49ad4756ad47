"""A lighter log at the centre: nobody who lives is sent back to the start, and nobody is told less."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text, update

from kiosk.central import compaction, distribute, meta, rounds
from kiosk.central.models import commit_floor, inbox, log_day, stream
from kiosk.central.reach import Reach
from kiosk.places import services as places
from kiosk.places.models import Room, Space
from kiosk.storage import clock, new_uid, session
from kiosk.sync.messages import Page, Request
from tests.central.ageing import commits, compacted, grow_old, logged
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.filling import Rows, rows, scope
from tests.sync.telling import NIORO, copied, named, register
from tests.sync.wire import Wsgi

KAYES = places.space_uid("KAY")
Views = list[str]


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Views:
    """Each piece of a whole view that a centre gives."""
    given: Views = []
    whole = distribute._snapshot

    def noting(connection: Connection, request: Request, reach: Reach) -> Page:
        given.append(request.cursor)
        return whole(connection, request, reach)

    monkeypatch.setattr(distribute, "_snapshot", noting)
    return given


@pytest.fixture
def post(machine: Callable[..., Machine], centre: Machine) -> Post:
    """A kiosk of Nioro with two rooms, which it knows the centre has."""
    return settled(machine(), centre)


def settled(kiosk: Machine, centre: Machine) -> Post:
    with centre.writing():
        session().add(Space(uid=KAYES, code="KAY", name="Kayes", hours={}, exceptions=[]))
    made = link_up(kiosk, centre)
    register(made.kiosk, "Awa Coulibaly")
    with made.kiosk.writing("manager"):
        for name in ("Salle A", "Salle B"):
            session().add(Room(uid=new_uid(), space_uid=NIORO, name=name, seats=0, computers=0))
    for _ in range(2):
        made.exchange()
    return made


def room(machine: Machine, name: str) -> uuid.UUID:
    with machine.open() as current:
        return current.scalars(select(Room.uid).where(Room.name == name)).one()


def live_on(centre: Machine, post: Post) -> None:
    """Much changes: people, a room struck out, a room that goes to Kayes, words of the centre."""
    gone, struck = room(centre, "Salle A"), room(centre, "Salle B")
    for name in ("Bintou Diallo", "Coumba Sacko"):
        register(post.kiosk, name)
    with centre.writing() as current:
        current.get_one(Room, gone).space_uid = KAYES
        current.get_one(Room, struck).deleted_at = clock.stamp()
        current.get_one(Space, NIORO).address = "Rue 12"
    for _ in range(2):
        post.exchange()


def everything(machine: Machine) -> Rows:
    return rows(machine, "all", scope(NIORO), scope(KAYES))


def test_who_stood_below_the_floor_sees_the_same_as_who_heard_each_change(
    kiosk: Machine, any_centre: Machine, tmp_path: Path, views: Views
) -> None:
    centre, post = any_centre, settled(kiosk, any_centre)
    late = [Post(copied(post.kiosk, tmp_path / word), Wsgi(centre.app)) for word in ("one", "two")]
    live_on(centre, post)
    late[0].exchange()
    assert not views, "this one heard each change"
    for one in (late[0], post):
        one.exchange()  # nobody stands where the other copy does
    gone = room(centre, "Salle A")
    before = logged(centre)
    grow_old(centre.store, silent=True)
    with ThreadPoolExecutor(3) as at_once:  # as several processes of one centre
        went = sum(at_once.map(compaction.lighten, [centre.store] * 3))
    assert went > before // 2 and logged(centre) == before - went
    left = commits(centre, row_uid=gone)
    assert left and left == commits(centre, row_uid=gone, scope=scope(NIORO)), "an erasure finds where it was"
    assert ("room", gone) in everything(late[1].kiosk)
    late[1].exchange()
    assert views, "this one was told all"
    seen = [everything(one.kiosk) for one in (post, *late)]
    assert seen[0] == seen[1] == seen[2]
    assert ("room", gone) not in seen[2]
    assert named(late[1].kiosk) == named(centre)
    with centre.open() as current:
        assert current.scalar(text("select epoch from central_meta")) == 1, "an old cursor proves no restore"


def test_a_machine_that_lives_keeps_its_place_and_hears_the_rest(
    post: Post, centre: Machine, tmp_path: Path, views: Views
) -> None:
    late = Post(copied(post.kiosk, tmp_path / "late"), Wsgi(centre.app))
    stood = stands(centre)
    live_on(centre, post)
    with centre.writing() as current:  # a second machine of the space, whose last word is that old
        current.execute(update(stream).values(proved_n=stood, cursor_n=stood))
    assert compacted(centre.store)
    kept = commits(centre, scope=scope(NIORO))
    assert min(n for n in kept if n > 1) >= stood
    late.exchange()
    assert not views
    assert everything(late.kiosk) == everything(post.kiosk)


def stands(centre: Machine) -> int:
    with centre.open() as current:
        return int(current.scalar(select(stream.c.cursor_n)) or 0)


def test_a_space_whose_machines_are_far_on_waits_for_no_other_space(
    post: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    other = link_up(machine(space="YEL"), centre, "YEL")
    other.exchange()
    live_on(centre, post)
    post.exchange()
    compacted(centre.store)
    with centre.open() as current:
        floors = {row.scope: row.n for row in current.execute(select(commit_floor))}
    assert floors["all"] < floors[scope(NIORO)]
    views_before = everything(other.kiosk)
    other.exchange()
    assert other.tallies[-1].received and everything(other.kiosk) != views_before


def test_a_new_machine_is_told_all_at_once(
    post: Post, centre: Machine, machine: Callable[..., Machine], views: Views
) -> None:
    live_on(centre, post)
    compacted(centre.store, silent=True)
    fresh = link_up(machine(), centre)
    fresh.exchange()
    assert views and named(fresh.kiosk) == named(centre)


def test_nothing_goes_before_its_time(post: Post, centre: Machine) -> None:
    live_on(centre, post)
    before = logged(centre)
    assert compaction.lighten(centre.store) == 0
    grow_old(centre.store, silent=True)
    with centre.writing() as current:  # a clock that jumped: old days, and too few of them
        current.execute(log_day.delete().where(log_day.c.day > clock.now_ms() // clock.DAY_MS - 3))
    assert compaction.lighten(centre.store) == 0
    assert logged(centre) == before


def test_the_commit_a_held_change_waits_for_stays(post: Post, centre: Machine) -> None:
    """Written at the centre since anybody spoke: the next exchange wakes what waits for it."""
    live_on(centre, post)
    awaited = room(centre, "Salle B")
    before = commits(centre, row_uid=awaited)
    with centre.writing() as current:
        one = current.execute(select(inbox).limit(1)).one()
        here = (inbox.c.stream_uid == one.stream_uid) & (inbox.c.seq == one.seq)
        current.connection().execute(update(inbox).where(here).values(state="held", missing=awaited, n=0))
    assert compacted(centre.store, silent=True)
    assert commits(centre, row_uid=awaited) == before != []


def test_what_a_centre_lost_is_known_as_before(post: Post, centre: Machine) -> None:
    """The first commit of each epoch says where the one before ended."""
    for _ in range(2):
        with centre.writing() as current:
            meta.new_epoch(current.connection())
        live_on_a_little(centre, post)
    with centre.open() as current:
        before = distribute.ends(current.connection())
    assert compacted(centre.store, silent=True) > 5
    with centre.open() as current:
        assert distribute.ends(current.connection()) == before
    assert len(before) == 2


def live_on_a_little(centre: Machine, post: Post) -> None:
    for turn in range(3):
        with centre.writing() as current:
            current.get_one(Space, NIORO).address = f"Rue {turn}"
        post.exchange()


def test_a_round_stops_where_it_is_told_to_and_the_next_one_goes_on(post: Post, centre: Machine) -> None:
    live_on(centre, post)
    grow_old(centre.store, silent=True)
    before = logged(centre)
    assert compaction.lighten(centre.store, breathe=lambda: True) == 0
    assert rounds.Rounds(centre.store, pause=0).go() > 0
    assert logged(centre) < before
    assert rounds.Rounds(centre.store, pause=0).go() == 0


def test_the_coordination_sees_who_will_get_everything(post: Post, centre: Machine) -> None:
    live_on(centre, post)
    with centre.writing() as current:
        current.execute(update(stream).values(cursor_n=2, proved_n=2))
    salimata = centre.as_("coordinator")
    assert "recevra tout" not in salimata.get("/kiosques").text
    compacted(centre.store, silent=True)
    assert "Silencieux, recevra tout" in salimata.get("/kiosques").text
    assert "il recevra tout de nouveau" in salimata.get("/kiosques/1").text
    post.exchange()
    assert "recevra tout" not in salimata.get("/kiosques").text
