"""A clock that jumps by years: no state, no age, no status moves by it, here or at the centre."""

import datetime
import re
import uuid

import pytest

from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import services as places
from kiosk.reports import export, queries
from kiosk.reports.periods import Period
from kiosk.storage import clock, session
from kiosk.training import services
from kiosk.training.following import services as following
from kiosk.training.models import Mark, TrainingSession
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.filling import Rows, rows, scope
from tests.sync.timing import DAY, YEAR, Setting, Waking

NIORO = places.space_uid("NIO")
PAGES = ("/membres", "/formations", "/programme", "/suivis", "/benevoles")


@pytest.fixture
def living(nioro: Post) -> Post:
    """A minor and her guardian, a session half held, a follow-up that goes on, all told to the centre."""
    today = clock.today()
    with nioro.kiosk.writing("manager"):
        awa = members.register(
            NIORO,
            [Purpose.REGISTER],
            given_name="Awa",
            family_name="Sow",
            sex="F",
            birth_year=today.year - 15,
        )
        halves = [services.HalfDay(today + datetime.timedelta(days=at), "09:00", 180) for at in (-1, 3)]
        made = services.plan_session(NIORO, services.Plan(title="Internet", seats=5), halves)
        services.enrol(made, [awa.uid])
        first = services.sittings_of(made)[0]
        services.close_sheet(first, {awa.uid: services.Answer(Mark.PRESENT)}, first.day)
        following.open_follow_up(awa.uid, nioro.kiosk.people["trainer"].uid, "", "Un CV")
    nioro.exchange()
    return nioro


def shown(machine: Machine) -> dict[str, list[str]]:
    """What the pages say of ages, states and statuses: every pill, every figure, every fact."""
    manager = machine.as_("manager")
    with machine.open():
        one, lesson = session().query(Member).one().uid, session().query(TrainingSession).one().uid
    found = {}
    for path in (*PAGES, f"/membres/{one}", f"/formations/{lesson}"):
        page = re.sub(r"(?s)<nav.*?</nav>|<header.*?</header>", "", manager.get(path).get_data(as_text=True))
        found[path] = re.findall(
            r'<span class="pill[^>]*>.*?</span>|<dd>.*?</dd>|<span class="num">.*?</span>', page
        )
    return found


def report(machine: Machine, year: int) -> bytes:
    period = Period(datetime.date(year, 1, 1), datetime.date(year + 1, 12, 31))
    with machine.open():
        return export.as_csv(queries.report(queries.Asked(period, NIORO)))


def kept(machine: Machine) -> Rows:
    return rows(machine, "all", scope(NIORO))


@pytest.mark.parametrize("years", [-56, 15], ids=lambda years: f"{years:+}")
def test_no_state_no_age_no_status_moves(
    living: Post, centre: Machine, system: Setting, wake: Waking, years: int
) -> None:
    wake(living.kiosk, "before")
    year, now = clock.today().year, clock.now_ms()
    before = shown(living.kiosk), report(living.kiosk, year), kept(living.kiosk)
    assert any("15 ans" in said for said in before[0][f"/membres/{member(living.kiosk)}"])
    for awake in (True, False):
        system(now + years * YEAR + (0 if awake else DAY))
        if not awake:
            wake(living.kiosk, "after a power cut")
        assert (shown(living.kiosk), report(living.kiosk, year), kept(living.kiosk)) == before
    living.exchange()
    assert kept(living.kiosk) == kept(centre) == before[2]
    assert report(centre, year) == before[1]


def member(machine: Machine) -> uuid.UUID:
    with machine.open():
        return session().query(Member).one().uid
