"""What each kind of record does when two machines of one space wrote apart."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.posts import queries as posts
from kiosk.posts import services as writing
from kiosk.posts.models import State
from kiosk.storage import clock, session
from kiosk.training import doubts, marking, services, sittings
from kiosk.training.models import Attendance, Enrolment, EnrolmentState, Mark, Sitting, TrainingSession
from kiosk.training.planning import HalfDay, Plan
from tests.posts.hands import MARKET, hand_of
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import register

DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def two(kiosk: Machine, centre: Machine, machine: Callable[..., Machine]) -> tuple[Post, Post]:
    """The desk of Nioro and its laptop, who know Awa, one session of one seat and its sitting."""
    desk, laptop = link_up(kiosk, centre), link_up(machine(), centre)
    register(kiosk, "Awa Coulibaly")
    with kiosk.writing("manager"):
        training = services.plan_session(
            space_of_here(), Plan(title="Tableur", seats=1), [HalfDay(DAY, "09:00", 180)]
        )
        assert training.state == "planned"
    for post in (desk, laptop):
        post.exchange()
    return desk, laptop


def space_of_here() -> uuid.UUID:
    here = places.here_uid()
    assert here is not None
    return here


@contextmanager
def late(by: int) -> Iterator[None]:
    """A machine's clock that runs ahead or behind."""
    before = clock.now_ms
    clock.now_ms = lambda: before() + by  # type: ignore[assignment]
    try:
        yield
    finally:
        clock.now_ms = before  # type: ignore[assignment]


def enrol(post: Post) -> None:
    with post.kiosk.writing("manager"):
        services.enrol(session().query(TrainingSession).one(), [session().query(Member).one().uid])


def leave(post: Post) -> None:
    with post.kiosk.writing("manager"):
        session().query(Enrolment).one().state = EnrolmentState.WITHDRAWN


def places_taken(*machines: Machine) -> list[str]:
    found = []
    for machine in machines:
        with machine.open():
            found.append(str(session().query(Enrolment).one().state))
    return found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["desk first", "laptop first"])
@pytest.mark.parametrize("ahead", [-100_000, 100_000], ids=["clock behind", "clock ahead"])
def test_a_withdrawal_cancels_only_what_it_saw(
    two: tuple[Post, Post], centre: Machine, order: tuple[int, int], ahead: int
) -> None:
    desk, laptop = two
    with late(ahead):
        enrol(desk)
        leave(desk)
    enrol(laptop)
    for at in (*order, *order):
        two[at].exchange()
    assert places_taken(centre, desk.kiosk, laptop.kiosk) == ["enrolled"] * 3
    leave(desk)
    for at in (*order, *order):
        two[at].exchange()
    assert places_taken(centre, desk.kiosk, laptop.kiosk) == ["withdrawn"] * 3


def test_a_withdrawal_between_two_equal_entries_leaves_the_unseen_one(
    two: tuple[Post, Post], centre: Machine
) -> None:
    desk, laptop = two
    with late(100_000):
        enrol(desk)
        desk.exchange()
        enrol(laptop)
        laptop.exchange()
        leave(desk)
    desk.exchange()
    laptop.exchange()
    assert places_taken(centre, laptop.kiosk) == ["enrolled"] * 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["desk first", "laptop first"])
def test_one_person_marked_on_two_machines_is_one_mark(
    two: tuple[Post, Post], centre: Machine, order: tuple[int, int]
) -> None:
    enrol(two[0])
    for post in (*two, *two):
        post.exchange()
    for post, said in zip(two, (Mark.PRESENT, Mark.LATE), strict=True):
        with post.kiosk.writing("manager"):
            sitting, who = session().query(Sitting).one(), session().query(Member).one().uid
            marking.mark(sitting, {who: marking.Answer(said)})
    for at in (*order, *order):
        two[at].exchange()
    said = []
    for machine in (centre, two[0].kiosk, two[1].kiosk):
        with machine.open():
            said.append([row.mark for row in session().query(Attendance)])
    assert said == [["late"]] * 3
    with centre.open() as current:
        assert current.scalar(text("select field from difference")) == "mark"


def test_too_many_for_the_seats_and_marks_for_nothing_are_told(
    two: tuple[Post, Post], centre: Machine
) -> None:
    desk, laptop = two
    register(laptop.kiosk, "Bintou Diallo")
    enrol(desk)
    with laptop.kiosk.writing("manager"):
        other = session().query(Member).filter_by(given_name="Bintou").one().uid
        services.enrol(session().query(TrainingSession).one(), [other])
        sittings.cancel_sitting(session().query(Sitting).one(), "Pluie")
    with desk.kiosk.writing("manager"):
        sitting, who = session().query(Sitting).one(), session().query(Member).one().uid
        marking.mark(sitting, {who: marking.Answer(Mark.PRESENT)})
    for post in (desk, laptop, desk):
        post.exchange()
    with centre.open():
        assert [one.count for one in doubts.overfull()] == [1]
        assert [one.count for one in doubts.marked_on_cancelled()] == [1]
    for page in (
        centre.as_("coordinator").get("/a-verifier"),
        desk.kiosk.as_("manager").get("/envois/a-verifier"),
    ):
        assert "1 personne de plus que les places." in page.text
        assert "1 présence à une séance annulée." in page.text


@pytest.mark.parametrize("ahead", [-100_000, 100_000], ids=["clock behind", "clock ahead"])
def test_a_text_edited_while_the_desk_approves_leaves_the_approved_one(
    nioro: Post, centre: Machine, ahead: int
) -> None:
    kiosk = nioro.kiosk
    with kiosk.writing("author"):
        post = writing.start(hand_of(kiosk, "author"), space_of_here(), MARKET)
        writing.submit(post, hand_of(kiosk, "author"))
        uid = post.uid
    nioro.exchange()
    with late(ahead), kiosk.writing("author"):
        post = found(uid)
        writing.recall(post, hand_of(kiosk, "author"))
        post.body = "Tout autre chose, écrit après."
    with centre.writing("coordinator"):
        post = found(uid)
        writing.approve_and_publish(post, hand_of(centre, "coordinator"), post.revision_hash)
    nioro.exchange()
    nioro.exchange()
    for machine in (kiosk, centre):
        with machine.open():
            post = found(uid)
            approved = posts.revision(post, post.published_hash or "")
            assert approved is not None and approved.body == MARKET.body
            assert post.body == "Tout autre chose, écrit après."
            assert post.state in set(State)


def found(uid: uuid.UUID) -> posts.Post:
    post = posts.find(uid)
    assert post is not None
    return post
