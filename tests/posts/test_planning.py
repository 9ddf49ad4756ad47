"""A text that waited two months is asked about, wherever it waits; a chosen day publishes while fresh."""

import datetime
import uuid
from collections.abc import Callable

import pytest

from kiosk.posts import planning, queries
from kiosk.posts.models import Post, State
from kiosk.storage import clock, session
from tests.posts.test_there_and_back import decide, found, submitted
from tests.posts.test_writing_pages import FIELDS, words, write
from tests.support.machines import Machine
from tests.sync.conftest import Post as Station
from tests.sync.conftest import link_up
from tests.sync.timing import Waking, wake

__all__ = ["wake"]

QUESTION = "reprogrammer ou annuler"
DAY_MS = 86_400_000


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`later(60)`: sixty days have passed on every machine."""

    def pass_days(count: int) -> None:
        now = clock.now_ms() + count * DAY_MS
        monkeypatch.setattr(clock, "now_ms", lambda: now)

    return pass_days


@pytest.fixture
def station(kiosk: Machine, centre: Machine) -> Station:
    """Nioro, linked to its centre."""
    return link_up(kiosk, centre)


def in_days(count: int) -> str:
    return (clock.today() + datetime.timedelta(days=count)).strftime("%d/%m/%Y")


def state(machine: Machine, uid: uuid.UUID) -> State:
    return found(machine, uid).state


def sent_offline(kiosk: Machine) -> str:
    """An article handed in while the link is cut; returns its page."""
    return write(kiosk.as_("author"), act="submit")


def answer(kiosk: Machine, page: str, path: str, **fields: str) -> str:
    sent = kiosk.as_("author").send(f"{page}{path}", form_at=page, **fields)
    assert sent.status_code == 303, sent.text
    return words(kiosk.as_("author"), page)


def test_a_post_kept_sixty_days_is_still_there_and_asks_what_becomes_of_it(
    kiosk: Machine, station: Station, later: Callable[[int], None]
) -> None:
    page = sent_offline(kiosk)
    assert QUESTION not in words(kiosk.as_("author"), page)
    later(60)
    asked = words(kiosk.as_("author"), page)
    assert QUESTION in asked and "60 jours" in asked and "Rien n’est perdu" in asked
    for path, role in (("/articles", "author"), ("/envois/a-verifier", "manager")):
        shown = words(kiosk.as_(role), path)
        assert QUESTION in shown and FIELDS["title"] in shown
    assert "1 chose à vérifier" in words(kiosk.as_("manager"), "/aujourdhui")
    assert "clé USB" in words(kiosk.as_("manager"), page)
    assert state(kiosk, uuid.UUID(page.split("/")[2])) == State.QUEUED


@pytest.mark.parametrize(
    ("path", "fields", "left"),
    [
        ("/attendre", {}, State.QUEUED),
        ("/attendre", {"day": 5}, State.QUEUED),
        ("/reprendre", {}, State.DRAFT),
    ],
)
def test_each_answer_of_the_writers_ends_the_question(
    kiosk: Machine, later: Callable[[int], None], path: str, fields: dict[str, int], left: State
) -> None:
    page = sent_offline(kiosk)
    later(60)
    shown = answer(kiosk, page, path, **{name: in_days(days) for name, days in fields.items()})
    assert QUESTION not in shown
    assert state(kiosk, uuid.UUID(page.split("/")[2])) == left
    assert QUESTION not in words(kiosk.as_("author"), "/articles")
    later(60)
    assert (QUESTION in words(kiosk.as_("author"), "/articles")) is (left == State.QUEUED)


def test_a_day_that_is_over_is_refused_and_kept_as_typed(
    kiosk: Machine, later: Callable[[int], None]
) -> None:
    page = sent_offline(kiosk)
    later(60)
    sent = kiosk.as_("author").send(f"{page}/attendre", form_at=page, day="01/01/2020")
    assert sent.status_code == 422
    assert "Choisissez un jour à venir." in sent.text


def test_what_comes_to_the_desk_two_months_late_is_asked_about_there(
    kiosk: Machine, centre: Machine, station: Station, later: Callable[[int], None], wake: Waking
) -> None:
    page = sent_offline(kiosk)
    wake(kiosk, "once the power is back")
    later(60)
    station.exchange()
    uid = uuid.UUID(page.split("/")[2])
    for path in ("/redaction", f"/redaction/{uid}"):
        assert QUESTION in words(centre.as_("coordinator"), path)
    assert FIELDS["title"] not in words(centre.client(), "/actualites")


def planned(station: Station, centre: Machine, days: int) -> uuid.UUID:
    uid = submitted(station)
    decide(centre, uid, "prevoir", read=found(centre, uid).revision_hash, day=in_days(days))
    return uid


def test_a_chosen_day_publishes_by_itself_in_the_name_of_who_chose_it(
    station: Station, centre: Machine, later: Callable[[int], None]
) -> None:
    uid = planned(station, centre, 3)
    assert "paraîtra le" in words(centre.as_("coordinator"), f"/redaction/{uid}")
    later(2)
    station.exchange()
    assert state(centre, uid) == State.APPROVED
    assert "Il paraîtra le" in words(station.kiosk.as_("author"), f"/articles/{uid}")
    later(1)
    station.exchange()
    assert state(centre, uid) == State.PUBLISHED
    with centre.open():
        last = queries.history(session().get_one(Post, uid))[0]
        assert (last.move, last.by_name) == ("publish", "Salimata Coulibaly")
    station.exchange()
    assert FIELDS["title"] in words(station.kiosk.client(), "/actualites")


def test_a_chosen_day_long_over_publishes_nothing_and_asks(
    station: Station, centre: Machine, later: Callable[[int], None]
) -> None:
    uid = planned(station, centre, 3)
    later(63)
    station.exchange()
    assert state(centre, uid) == State.APPROVED
    assert FIELDS["title"] not in words(centre.client(), "/actualites")
    page = words(centre.as_("coordinator"), f"/redaction/{uid}")
    assert QUESTION in page and "Annuler la publication" in page
    decide(centre, uid, "prevoir", day=in_days(2))
    assert QUESTION not in words(centre.as_("coordinator"), f"/redaction/{uid}")
    with centre.writing():
        planning.publish_due()
    assert state(centre, uid) == State.APPROVED
    later(2)
    station.exchange()
    assert state(centre, uid) == State.PUBLISHED


def test_the_desk_reads_the_day_that_the_writers_propose(
    kiosk: Machine, centre: Machine, station: Station, later: Callable[[int], None]
) -> None:
    page = sent_offline(kiosk)
    later(60)
    answer(kiosk, page, "/attendre", day=in_days(9))
    station.exchange()
    desk = words(centre.as_("coordinator"), f"/redaction/{page.split('/')[2]}")
    assert "L’équipe propose le" in desk and QUESTION not in desk
