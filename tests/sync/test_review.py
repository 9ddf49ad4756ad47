"""What somebody who wants to break the exchange would try."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from kiosk.central import meta
from kiosk.partners.models import Kind, Organisation
from kiosk.places.models import Room, Space
from kiosk.posts.models import Kind as PostKind
from kiosk.posts.models import Post as Article
from kiosk.posts.models import Revision
from kiosk.storage import session
from kiosk.storage.log import sync_self
from kiosk.sync import rehome
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up


def values(machine: Machine, query: str) -> list[Any]:
    with machine.open() as current:
        return [row[0] for row in current.execute(text(query))]


def space_of(machine: Machine) -> uuid.UUID:
    """The space a kiosk stands in; another ambient session may be open around."""
    with machine.store.engine.connect() as connection:
        return uuid.UUID(bytes=connection.execute(text("select space_uid from here")).scalar_one())


def test_a_federation_written_after_its_member_reaches_every_kiosk(kiosk: Machine, centre: Machine) -> None:
    with centre.writing():
        child = Organisation(kind=Kind.NGO, name="Jiguiya")
        session().add(child)
    with centre.writing():
        parent = Organisation(kind=Kind.FEDERATION, name="Fédération de Kayes")
        session().add(parent)
        session().flush()
        session().get(Organisation, child.uid).parent_uid = parent.uid
    link_up(kiosk, centre).exchange()
    assert values(kiosk, "select count(*) from organisation where parent_uid is not null") == [1]


def nested(levels: int) -> Any:
    deep: Any = "08:00-12:00"
    for _ in range(levels):
        deep = [deep]
    return {"1": deep}


def test_nesting_without_end_never_enters_a_log(kiosk: Machine) -> None:
    with pytest.raises(TypeError), kiosk.writing():
        session().scalars(select(Space)).one().hours = nested(20)


def test_nesting_without_end_from_a_forger_stops_nobody_else(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro.exchange()
    monkeypatch.setattr("kiosk.storage.capture.plain", lambda value: value)
    with nioro.kiosk.writing():
        session().scalars(select(Space)).one().hours = nested(300)
    for _ in range(2):
        nioro.exchange()
        assert values(centre, "select reason from inbox where state != 'applied'") == ["wire"]
        with centre.writing():
            meta.prepare(session().connection(), centre.data)
    assert values(centre, "select max(length(hours)) < 1000 from space") == [1]


def test_what_was_refused_is_set_right_again_after_the_log_moved(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    with centre.writing():
        session().add(Organisation(kind=Kind.NGO, name="Jiguiya"))
    nioro.exchange()
    with nioro.kiosk.writing():
        session().scalars(select(Organisation).where(Organisation.name == "Jiguiya")).one().name = "Autre"
    nioro.exchange()
    assert values(nioro.kiosk, "select count(*) from organisation where name = 'Autre'") == [0]
    with centre.writing():
        meta.new_epoch(session().connection())
    with nioro.kiosk.writing():
        rehome.rehome(session().connection(), session().execute(select(sync_self.c.acked)).scalar_one())
    nioro.exchange()
    nioro.exchange()
    assert values(nioro.kiosk, "select count(*) from organisation where name = 'Autre'") == [0]


def test_a_kiosk_publishes_no_article_by_itself(nioro: Post, centre: Machine) -> None:
    here = space_of(nioro.kiosk)
    with nioro.kiosk.writing():
        post = Article(space_uid=here, title="Faux", kind=PostKind.ARTICLE)
        session().add(post)
        session().flush()
        name = uuid.uuid4().hex * 2
        session().add(
            Revision(
                uid=Revision.uid_of(post.uid, name),
                space_uid=here,
                post_uid=post.uid,
                number=1,
                hash=name,
                at=1,
                title="Faux",
                body="x",
            )
        )
        post.published_hash = post.approved_hash = name
        post.published_at = 1
    nioro.exchange()
    assert b"Faux" not in centre.client().get("/actualites").data


def test_a_revision_that_was_read_never_changes_under_its_readers(nioro: Post, centre: Machine) -> None:
    here = space_of(nioro.kiosk)
    with nioro.kiosk.writing():
        post = Article(space_uid=here, title="Marché")
        session().add(post)
        session().flush()
        name = uuid.uuid4().hex * 2
        about = {"space_uid": here, "post_uid": post.uid, "number": 1, "hash": name, "at": 1}
        session().add(Revision(uid=Revision.uid_of(post.uid, name), title="Lu", body="Lu.", **about))
    nioro.exchange()
    with nioro.kiosk.writing():
        session().scalars(select(Revision)).one().body = "Autre chose."
    nioro.exchange()
    assert values(centre, "select body from post_revision") == ["Lu."]
    assert values(nioro.kiosk, "select body from post_revision") == ["Lu."]


def test_a_row_that_may_not_change_its_space_comes_back_to_it(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    kayes = link_up(machine(space="KAY"), centre, "KAY")
    kayes.exchange()
    with nioro.kiosk.writing():
        session().add(Room(space_uid=space_of(nioro.kiosk), name="Bleue"))
    nioro.exchange()
    with nioro.kiosk.writing():
        room = session().scalars(select(Room).where(Room.name == "Bleue")).one()
        room.space_uid, room.seats = space_of(kayes.kiosk), 9
    nioro.exchange()
    for one in (nioro.kiosk, centre):
        with one.open() as current:
            room = current.scalars(select(Room).where(Room.name == "Bleue")).one()
            assert (room.space_uid, room.seats) == (space_of(nioro.kiosk), 0)
    assert values(kayes.kiosk, "select count(*) from room where name = 'Bleue'") == [0]
    with nioro.kiosk.writing():
        session().scalars(select(Room).where(Room.name == "Bleue")).one().seats = 7
    nioro.exchange()
    assert values(centre, "select seats from room where name = 'Bleue'") == [7]
