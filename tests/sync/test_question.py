"""« Quelle est la date d’aujourd’hui ? »: asked once, of the manager alone, and believed."""

import datetime

import pytest

from kiosk.storage import clock
from kiosk.sync.time import question
from tests.support.machines import Machine
from tests.sync.timing import DAY, HOUR, Setting, Waking, began, forget_time, unsure


def test_one_question_is_asked_of_the_manager_alone(kiosk: Machine, system: Setting, wake: Waking) -> None:
    assert "Quelle est la date" not in kiosk.as_("manager").get("/aujourdhui").text
    unsure(kiosk, system, wake)
    asked = kiosk.as_("manager").get("/aujourdhui").text
    assert asked.count("Quelle est la date d’aujourd’hui") == 1
    assert "Quelle est la date" not in kiosk.as_("trainer").get("/aujourdhui").text
    assert kiosk.as_("trainer").get("/horloge").status_code == 403


def test_the_question_proposes_what_the_machine_counts(kiosk: Machine, system: Setting, wake: Waking) -> None:
    """Cut for ten minutes on a Friday, it is still Friday: one tap confirms no day to come."""
    friday = clock.midnight_ms(datetime.date(2026, 11, 20)) + 17 * HOUR
    forget_time(kiosk, friday)
    system(0)
    wake(kiosk, "a cut")
    day, hour = question.proposal()
    assert (day, hour[:2]) == (datetime.date(2026, 11, 20), "17")
    assert 'value="2026-11-20"' in kiosk.as_("manager").get("/horloge").text


def test_a_count_that_went_on_for_days_is_proposed_with_its_hour(
    kiosk: Machine, system: Setting, wake: Waking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three days up since the last work: the page's heading and the question say one thing."""
    forget_time(kiosk, clock.midnight_ms(datetime.date(2026, 11, 20)) + 17 * HOUR)
    system(0)
    wake(kiosk, "a cut")
    began = clock.uptime_ms()
    monkeypatch.setattr(clock, "uptime_ms", lambda: began + 3 * DAY + 2 * HOUR)
    day, hour = question.proposal()
    assert (day, hour[:2]) == (datetime.date(2026, 11, 23), "19")
    assert day == clock.today()


def test_the_answer_is_believed_and_the_question_does_not_come_back(
    kiosk: Machine, system: Setting, wake: Waking
) -> None:
    unsure(kiosk, system, wake)
    day = clock.today() + datetime.timedelta(days=3)
    manager = kiosk.as_("manager")
    assert manager.send("/horloge", "/horloge", day=day.isoformat(), hour="08:30").status_code == 303
    assert clock.today() == day
    assert f"{clock.local(clock.now_ms()):%H:%M}" in ("08:30", "08:31")
    assert clock.quality() == clock.CONFIRMED
    assert "Quelle est la date" not in manager.get("/aujourdhui").text
    began(kiosk)
    assert clock.today() == day


@pytest.mark.parametrize("answer", ["2019-01-01", "2099-01-01", "", "hier"])
def test_an_impossible_answer_is_refused_on_its_field(
    kiosk: Machine, system: Setting, wake: Waking, answer: str
) -> None:
    unsure(kiosk, system, wake)
    sent = kiosk.as_("manager").send("/horloge", "/horloge", day=answer, hour="08:30")
    assert sent.status_code == 422
    assert clock.quality() == clock.UNSURE


def test_a_person_is_believed_before_the_systems_clock(kiosk: Machine, system: Setting, wake: Waking) -> None:
    unsure(kiosk, system, wake)
    manager, day = kiosk.as_("manager"), clock.today()
    assert manager.send("/horloge", "/horloge", day=day.isoformat(), hour="23:00").status_code == 303
    said = clock.now_ms()
    system(said + 5 * HOUR)
    began(kiosk)
    assert abs(clock.now_ms() - said) < 60_000
