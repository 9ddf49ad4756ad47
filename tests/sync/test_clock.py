"""The machine's time: a footing that no jump moves, one question, corrections when the centre is met."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from kiosk.central.models import stream_boot
from kiosk.desk.models import Visit
from kiosk.places.models import Room
from kiosk.storage import boots, clock, session
from kiosk.storage.log import sync_log, sync_self
from kiosk.sync.rows import Incoming, write
from kiosk.sync.time import hearing, question
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, named, register
from tests.sync.telling import stream as stream_of
from tests.sync.timing import DAY, HOUR, YEAR, Setting, Waking, began, forget_time, unsure

NIGHTMARES = {"1970": 0, "2099": 4_070_908_800_000}


def test_a_believable_clock_is_believed(kiosk: Machine) -> None:
    before = began(kiosk)
    assert abs(before - clock.system_ms()) < 1_000
    assert clock.quality() == clock.FLOOR


@pytest.mark.parametrize("moment", NIGHTMARES.values(), ids=NIGHTMARES)
def test_a_clock_that_wakes_up_years_off_stands_on_the_floor(
    kiosk: Machine, system: Setting, wake: Waking, moment: int
) -> None:
    began(kiosk)
    register(kiosk, "Awa Coulibaly")
    with kiosk.open() as current:
        floor = clock.hlc_ms(current.scalar(select(sync_self.c.hlc)) or 0)
    system(moment)
    wake(kiosk, "after the cut")
    assert clock.quality() == clock.UNSURE
    assert floor <= clock.now_ms() < floor + HOUR


@pytest.mark.parametrize("moment", NIGHTMARES.values(), ids=NIGHTMARES)
def test_a_clock_that_jumps_changes_no_state(kiosk: Machine, system: Setting, moment: int) -> None:
    before = began(kiosk)
    system(moment)
    assert 0 <= clock.now_ms() - before < 60_000
    began(kiosk)
    assert 0 <= clock.now_ms() - before < 60_000
    assert clock.quality() == clock.FLOOR
    assert kiosk.as_("manager").get("/aujourdhui").status_code == 200


def test_a_night_is_believed_and_a_month_is_asked(kiosk: Machine, system: Setting, wake: Waking) -> None:
    now = began(kiosk)
    register(kiosk, "Awa Coulibaly")
    system(now + 14 * HOUR)
    wake(kiosk, "morning")
    assert (clock.quality(), clock.local(clock.now_ms()).hour) == (
        clock.FLOOR,
        clock.local(now + 14 * HOUR).hour,
    )
    system(now + 30 * DAY)
    wake(kiosk, "after the holidays")
    assert clock.quality() == clock.UNSURE
    assert question.proposal()[0] == clock.local(now + 30 * DAY).date()


def test_the_network_is_believed_at_once(
    kiosk: Machine, system: Setting, wake: Waking, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = began(kiosk)
    monkeypatch.setattr(clock, "_NETWORK", kiosk.data)
    system(now + 30 * DAY)
    wake(kiosk, "online")
    assert clock.quality() == clock.SURE
    assert abs(clock.now_ms() - now - 30 * DAY) < 60_000


def test_the_order_is_kept_whatever_the_clock_says(
    kiosk: Machine, centre: Machine, system: Setting, wake: Waking
) -> None:
    post = link_up(kiosk, centre)
    now = began(kiosk)
    for turn, moment in enumerate([now, 0, 4 * 10**12, now - YEAR, now + HOUR]):
        system(moment)
        wake(kiosk, f"power {turn}")
        register(kiosk, f"Awa{turn} Coulibaly")
    with kiosk.open() as current:
        clocks = list(current.scalars(select(sync_log.c.hlc).order_by(sync_log.c.seq)))
    assert clocks == sorted(clocks)
    assert clock.hlc_ms(clocks[-1]) < now + DAY
    post.exchange()
    assert named(centre) == [f"Awa{turn} Coulibaly" for turn in range(5)]


def test_another_process_hears_of_the_right_time(kiosk: Machine, system: Setting, wake: Waking) -> None:
    unsure(kiosk, system, wake)
    later = clock.now_ms() + 5 * DAY
    with kiosk.writing() as current:
        known = boots.correct(current.connection(), later, clock.CONFIRMED, boots.PERSON)
    with kiosk.writing("manager"):
        pass
    register(kiosk, "Bintou Diallo")
    with kiosk.open() as current:
        last = current.execute(select(sync_log).order_by(sync_log.c.seq.desc()).limit(1)).one()
    assert (last.boot_no, clock.hlc_ms(last.hlc) >= later) == (known.number, True)
    clock.stand(kiosk.data, known)
    assert clock.now_ms() >= later


def test_meeting_the_centre_puts_the_clock_right_and_corrects_what_was_written(
    kiosk: Machine, any_centre: Machine, system: Setting, wake: Waking, centre_at: Setting
) -> None:
    post = link_up(kiosk, any_centre)
    true_now = clock.system_ms()
    forget_time(kiosk, true_now - 9 * DAY)
    system(0)
    wake(kiosk, "1970")
    with kiosk.writing("manager"):
        about = {"day": datetime.date(2026, 11, 22), "hour": 9, "sex": "F", "family": "learn"}
        session().add(Visit(space_uid=NIORO, noted_at=clock.now_ms(), **about))
    centre_at(true_now)
    post.exchange()
    post.exchange()
    assert clock.quality() == clock.SURE
    assert abs(clock.now_ms() - true_now) < 60_000
    for machine in (kiosk, any_centre):
        with machine.open() as current:
            noted = current.scalars(select(Visit.noted_at)).one()
            assert abs(noted - true_now) < 60_000
    with any_centre.open() as current:
        lacks = list(current.connection().scalars(select(stream_boot.c.offset_ms)))
        assert any(abs(lack - 9 * DAY) < HOUR for lack in lacks)


def test_the_later_of_two_concurrent_edits_stands_though_its_clock_is_a_month_behind(
    kiosk: Machine,
    centre: Machine,
    machine: Callable[..., Machine],
    system: Setting,
    wake: Waking,
    centre_at: Setting,
) -> None:
    first, second = link_up(kiosk, centre), link_up(machine(), centre)
    with kiosk.writing("manager"):
        session().add(Room(space_uid=NIORO, name="Salle", seats=1, computers=0))
    first.exchange()
    second.exchange()
    true_now = clock.system_ms()
    centre_at(true_now)
    wake(first.kiosk, "first")
    seat(first.kiosk, 10)
    first.exchange()
    forget_time(second.kiosk, true_now - 30 * DAY)
    system(0)
    wake(second.kiosk, "second")
    seat(second.kiosk, 20)
    second.exchange()
    with centre.open() as current:
        assert current.scalars(select(Room.seats)).one() == 20


def seat(machine: Machine, count: int) -> None:
    with machine.writing("manager") as current:
        current.scalars(select(Room)).one().seats = count


def test_a_poisoned_log_is_left_for_a_new_one(kiosk: Machine, centre: Machine) -> None:
    post = link_up(kiosk, centre)
    began(kiosk)
    register(kiosk, "Awa Coulibaly")
    with kiosk.writing() as current:
        current.execute(update(sync_self).values(hlc=4_070_908_800_000 << 16))
    register(kiosk, "Bintou Diallo")
    before = stream_of(kiosk)
    post.exchange()
    assert stream_of(kiosk) != before
    with kiosk.open() as current:
        assert clock.hlc_ms(current.scalar(select(sync_self.c.hlc)) or 0) < clock.now_ms() + DAY
    register(kiosk, "Coumba Sacko")
    healed = stream_of(kiosk)
    for _ in range(3):
        post.exchange()
    assert stream_of(kiosk) == healed
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    assert named(kiosk) == named(centre)


def test_a_machine_that_lived_in_2099_comes_back(
    kiosk: Machine, centre: Machine, system: Setting, wake: Waking, centre_at: Setting
) -> None:
    post = link_up(kiosk, centre)
    true_now = clock.system_ms()
    forget_time(kiosk, 4_070_908_800_000)
    system(true_now)
    wake(kiosk, "poisoned")
    register(kiosk, "Awa Coulibaly")
    assert clock.today().year == 2099
    centre_at(true_now)
    post.exchange()
    post.exchange()
    assert abs(clock.now_ms() - true_now) < 60_000
    healed = stream_of(kiosk)
    wake(kiosk, "the day after")
    register(kiosk, "Bintou Diallo")
    post.exchange()
    assert stream_of(kiosk) == healed
    assert clock.quality() == clock.SURE
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]


def test_a_receipt_of_last_month_is_no_reason_to_leave_a_log(nioro: Post) -> None:
    began(nioro.kiosk)
    register(nioro.kiosk, "Awa Coulibaly")
    with nioro.kiosk.open() as current:
        assert not hearing.is_ahead(current.connection(), clock.now_ms() - 30 * DAY)


def test_a_centre_in_1970_poisons_nobody(kiosk: Machine, centre: Machine, centre_at: Setting) -> None:
    post = link_up(kiosk, centre)
    now = began(kiosk)
    register(kiosk, "Awa Coulibaly")
    before = stream_of(kiosk)
    centre_at(5_000)
    post.exchange()
    assert stream_of(kiosk) == before
    assert 0 <= clock.now_ms() - now < 60_000


def test_a_moment_that_came_from_elsewhere_is_left_alone(
    kiosk: Machine, system: Setting, wake: Waking
) -> None:
    unsure(kiosk, system, wake)
    with kiosk.writing("manager"):
        about = {"day": datetime.date(2026, 11, 22), "hour": 9, "sex": "F", "family": "learn"}
        session().add(Visit(space_uid=NIORO, noted_at=clock.now_ms(), **about))
    with kiosk.writing() as current:
        uid = current.scalars(select(Visit.uid)).one()
        write(current.connection(), [Incoming("visit", uid, {"noted_at": 77})])
    hearing.adopt(kiosk.store, clock.now_ms() + 20 * DAY)
    with kiosk.open() as current:
        assert current.scalars(select(Visit.noted_at)).one() == 77
