"""Pictures of articles with somebody on them who was erased, or of whom the centre was not told yet."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.central import merge, meta, settle
from kiosk.library.kinds import JPEG
from kiosk.library.vocabulary import Part
from kiosk.members import services as members
from kiosk.members.vocabulary import Purpose
from kiosk.posts import pictures as putting
from kiosk.posts import planning, services
from kiosk.posts.models import PicturePerson, PostPicture, Shows, State
from kiosk.posts.pictures import Said
from kiosk.storage import Refusal, clock, given_up, session, synced_models
from kiosk.sync import erasures
from kiosk.sync.models import Erasure
from tests.members.photographing import picture as photo
from tests.posts.hands import hand_of
from tests.posts.test_likeness import Enter, draft, enter, put, uid_of
from tests.posts.test_there_and_back import decide, found, found_here
from tests.posts.test_writing_pages import write
from tests.support.machines import Machine
from tests.sync.carrying import carry, share, store_of
from tests.sync.conftest import link_up

__all__ = ["draft", "enter"]


def test_no_picture_is_approved_while_a_name_on_it_is_held_at_the_centre(
    kiosk: Machine, centre: Machine, enter: Enter, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She may be the one who took her word back: the desk waits for what it was not told yet."""
    _, card = enter("Awa", 1999, photo=True)
    put(kiosk, draft, names=card)
    station, uid = link_up(kiosk, centre), uid_of(draft)
    write(kiosk.as_("author"), draft, seen=str(found(kiosk, uid).touched_at), act="submit")
    known = {tab: model for tab, model in synced_models().items() if tab != "picture_person"}
    with monkeypatch.context() as older:
        older.setattr(merge, "synced_models", lambda: known)
        station.exchange()
    carry(station)
    desk, read = f"/redaction/{uid}", found(centre, uid).revision_hash
    salimata = centre.as_("coordinator")
    salimata.send(f"{desk}/valider", form_at=desk, read=read, act="publish")
    assert "pas encore arrivée entière" in salimata.get(desk).text
    assert found(centre, uid).state == State.QUEUED
    with centre.writing():
        meta.prepare(session().connection(), centre.data)
        settle.settle(session().connection())
    decide(centre, uid, "valider", read=read, act="publish")
    assert "photo.jpg" in centre.client().get(f"/actualites/{found(centre, uid).slug}").text


def test_a_chosen_day_that_one_picture_stops_comes_for_the_other_texts(
    kiosk: Machine, enter: Enter, draft: str
) -> None:
    awa, card = enter("Awa", 1999, photo=True)
    put(kiosk, draft, names=card)
    stopped, other = uid_of(draft), uid_of(write(kiosk.as_("author")))
    with kiosk.writing("author"):
        for uid in (stopped, other):
            post = found_here(uid)
            services.submit(post, hand_of(kiosk, "author"))
            planning.approve_for(post, hand_of(kiosk, "editor"), post.revision_hash, clock.today())
            session().flush()
        members.answer(awa, Purpose.PHOTO, False)
        session().flush()
        planning.publish_due()
    assert (found(kiosk, stopped).state, found(kiosk, other).state) == (State.APPROVED, State.PUBLISHED)


def test_the_file_of_a_picture_goes_everywhere_with_an_erased_person_who_is_on_it(
    kiosk: Machine, centre: Machine, enter: Enter, draft: str
) -> None:
    """With it the next copies; another picture of the others, and one that a material has too, stay."""
    (awa, hers), (_, other) = enter("Awa", 1999, photo=True), enter("Sira", 1990, photo=True)
    drafts = [draft, write(kiosk.as_("author")), write(kiosk.as_("author"))]
    cards, sizes = (f"{hers}\n{other}", other, hers), ((900, 700), (640, 480), (800, 600))
    for address, names, size in zip(drafts, cards, sizes, strict=True):
        assert put(kiosk, address, data=photo(wide=size[0], high=size[1]), names=names).status_code == 303
    gone, stays, shared = (found(kiosk, uid_of(one)).picture for one in drafts)
    share(kiosk, store_of(kiosk).path(shared).read_bytes(), Part.POSTER, JPEG)
    station = link_up(kiosk, centre)
    carry(station)
    assert all(store_of(one).has(name) for one in (kiosk, centre) for name in (gone, stays, shared))
    drawn = store_of(kiosk).path(gone).read_bytes()
    with kiosk.writing("manager"):
        erasures.ask("member", awa)
    carry(station)
    for one in (kiosk, centre):
        assert [store_of(one).has(name) for name in (gone, stays, shared)] == [False, True, True]
    assert "effacé avec une personne de la photo" in kiosk.as_("author").get(draft).text
    with kiosk.writing("author"):
        author, said, post = (
            hand_of(kiosk, "author"),
            Said("Le marché", Shows.NOBODY),
            found_here(uid_of(drafts[1])),
        )
        with pytest.raises(Refusal, match="a été effacée"):
            putting.put(post, author, said, drawn, store_of(kiosk))
    store_of(kiosk).keep(io.BytesIO(drawn), len(drawn))  # as an older copy that was put back brings it
    carry(station)
    assert not store_of(kiosk).has(gone) and not store_of(centre).has(gone)


def test_what_each_exchange_asks_of_given_up_pictures_does_not_grow_with_them(
    kiosk: Machine, enter: Enter, draft: str, statements: Callable[..., Any]
) -> None:
    awa, _ = enter("Awa", 1999, photo=True)
    post = uid_of(draft)
    names = {f"{number:032x}{number:032x}" for number in range(40)}
    with kiosk.writing("manager"):
        space = found_here(post).space_uid
        session().add(
            Erasure(space_uid=space, tab="member", row_uid=awa, asked_at=1, ordered_at=2, places=[])
        )
        of_post = {"space_uid": space, "post_uid": post, "size": 9, "shows": Shows.PEOPLE}
        for name in names:
            of = PostPicture.uid_of(post, name)
            session().add(PostPicture(uid=of, sha256=name, **of_post))
            session().flush()
            shown = {"picture_uid": of, "member_uid": awa, "named_on": clock.today()}
            session().add(PicturePerson(space_uid=space, **shown))
    with kiosk.open(), statements(4):
        assert set(given_up.contents(session().connection())) == names
