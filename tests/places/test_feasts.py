"""Public feasts: fixed ones, Easter Monday, those the moon decides, and what a space writes of them."""

import datetime

import pytest

from kiosk.places import feasts, queries, services
from kiosk.places.models import Space
from kiosk.storage import NotFound, transaction
from tests.support.pages import Client


@pytest.fixture
def nioro(in_kiosk: object) -> Space:
    """Nioro's space, open from Monday to Friday."""
    found = queries.here()
    assert found
    with transaction():
        services.set_hours(found, dict.fromkeys("12345", "8h-12h") | {"6": "", "7": ""})
    return found


def test_fixed_feasts_come_back_every_year_and_easter_monday_is_calculated() -> None:
    days = {
        one.key: one.day for one in feasts.shipped(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
    }
    assert days["independence-2026"] == datetime.date(2026, 9, 22)
    assert days["army-2027"] == datetime.date(2027, 1, 20)
    assert (days["easter-2026"], days["easter-2027"]) == (
        datetime.date(2026, 4, 6),
        datetime.date(2027, 3, 29),
    )


def test_a_moving_feast_is_estimated_and_closes_its_day(nioro: Space) -> None:
    held = queries.opening(nioro, datetime.date(2027, 3, 9))
    assert (held.spans, held.why, held.estimated) == ((), "Fête du Ramadan", True)
    assert not queries.opening(nioro, datetime.date(2026, 9, 22)).estimated


def test_the_true_day_replaces_the_calculated_one_and_can_be_given_back(nioro: Space) -> None:
    ramadan = feasts.find("ramadan-2027")
    with transaction():
        feasts.confirm(nioro, ramadan, datetime.date(2027, 3, 10), [])
    assert queries.opening(nioro, datetime.date(2027, 3, 9)).spans == ("08:00-12:00",)
    held = queries.opening(nioro, datetime.date(2027, 3, 10))
    assert (held.spans, held.why, held.estimated) == ((), "Fête du Ramadan", False)
    with transaction():
        feasts.give_back(nioro, ramadan)
    assert queries.opening(nioro, datetime.date(2027, 3, 9)).estimated


def test_a_feast_may_be_worked_and_an_exception_of_its_day_wins(nioro: Space) -> None:
    day = datetime.date(2026, 12, 25)
    with transaction():
        services.add_exception(nioro, day, day, "9h-11h", "Inscriptions")
    assert queries.opening(nioro, day).spans == ("09:00-11:00",)
    with transaction():
        feasts.confirm(nioro, feasts.find("new-year-2027"), datetime.date(2027, 1, 1), ["08:00-10:00"])
    assert queries.opening(nioro, datetime.date(2027, 1, 1)).spans == ("08:00-10:00",)


def test_closings_are_feasts_and_usual_days_off_where_hours_are_known(nioro: Space) -> None:
    week = [datetime.date(2026, 12, 21) + datetime.timedelta(days=n) for n in range(7)]
    assert {day.day: held.why for day, held in queries.closings(nioro, week).items()} == {
        25: "Noël",
        26: "",
        27: "",
    }
    nioro.hours = {}
    assert {day.day for day in queries.closings(nioro, week)} == {25}


def test_a_feast_that_does_not_exist_is_not_found() -> None:
    for key in ("tabaski", "tabaski-9999", "nothing-2027", ""):
        with pytest.raises(NotFound):
            feasts.find(key)


def test_the_manager_confirms_a_feast_and_the_public_page_stops_saying_estimated(
    as_: object, nioro: Space
) -> None:
    manager: Client = as_("manager")  # type: ignore[operator]
    page = manager.get("/espace/tenue").get_data(as_text=True)
    assert "Fête du Ramadan" in page and "Estimé" in page
    answer = manager.send("/espace/fetes/ramadan-2027", day="2027-03-10", spans="")
    assert answer.status_code == 303
    assert "Confirmé" in manager.get("/espace/tenue").get_data(as_text=True)
    assert manager.send("/espace/fetes/ramadan-2027", day="2027-03-10", spans="8h-7h").status_code == 422
    back = "/espace/fetes/ramadan-2027/remettre"
    assert manager.send(back, form_at="/espace/fetes/ramadan-2027").status_code == 303
    assert "Confirmé" not in manager.get("/espace/tenue").get_data(as_text=True)
    assert manager.get("/espace/fetes/rien-2027").status_code == 404
