"""The sheet of a space: kept by its manager, seen by every phone with its next page."""

from itertools import product

import pytest

from kiosk.places import hours, queries, services
from kiosk.places.services import SpaceCard
from kiosk.storage import Refusal, clock, new_uid
from kiosk.storage.changes import UPDATE
from tests.support.machines import Machine

WEEK = {f"day_{day}": "" for day in hours.WEEKDAYS}
ALL_WEEK = {f"day_{day}": "7h-12h" for day in hours.WEEKDAYS}
SHEET = "/espace/tenue"


def test_new_hours_are_on_the_phones_at_once(kiosk: Machine) -> None:
    phone, manager = kiosk.client(), kiosk.as_("manager")
    assert "07:00" not in phone.get("/espace").get_data(as_text=True)
    assert manager.send("/espace/heures", form_at=SHEET, **ALL_WEEK).status_code == 303
    assert "07:00\u00a0–\u00a012:00" in phone.get("/espace").get_data(as_text=True)


def test_the_sheet_is_public_and_says_what_was_written(kiosk: Machine) -> None:
    card = {
        "name": "Nioro",
        "commune": "ML010610",
        "address": "Derrière la mairie",
        "phone": "76 12 34 56",
        "contact": "Kadidia",
        "power": "réseau et panneau solaire",
    }
    assert kiosk.as_("manager").send(SHEET, **card).status_code == 303
    page = kiosk.client().get("/espace").get_data(as_text=True)
    for words in ("Derrière la mairie", "tel:76123456", "réseau et panneau solaire", "Nioro du Sahel"):
        assert words in page


def test_hours_that_cannot_be_read_stay_on_the_page(kiosk: Machine) -> None:
    answer = kiosk.as_("manager").send("/espace/heures", form_at=SHEET, **{**WEEK, "day_2": "matin"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "matin" in page
    assert "Mardi\u00a0: Ces heures sont illisibles" in page or "Mardi : Ces heures" in page


def test_an_exceptional_day_is_shown_and_taken_back(kiosk: Machine) -> None:
    manager, day = kiosk.as_("manager"), clock.today().isoformat()
    manager.send("/espace/heures", form_at=SHEET, **ALL_WEEK)
    added = manager.send("/espace/jours", form_at=SHEET, first=day, last=day, spans="", why="Tabaski")
    assert added.status_code == 303
    assert "Tabaski" in kiosk.client().get("/espace").get_data(as_text=True)
    assert manager.send(f"/espace/jours/{day}/{day}/retirer", form_at=SHEET).status_code == 303
    assert "Tabaski" not in kiosk.client().get("/espace").get_data(as_text=True)
    gone = manager.send(f"/espace/jours/{day}/{day}/retirer", form_at=SHEET)
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-24", "2026-11-23"), ("2026-02-30", "2026-03-01"), ("", "")]
)
def test_impossible_days_are_refused(kiosk: Machine, first: str, last: str) -> None:
    answer = kiosk.as_("manager").send(
        "/espace/jours", form_at=SHEET, first=first, last=last, spans="", why=""
    )
    assert answer.status_code == 422


def test_a_room_comes_changes_goes_and_comes_back(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    typed = {"salle-name": "Grande salle", "salle-seats": "20", "salle-computers": "8"}
    assert manager.send("/espace/salles", form_at=SHEET, **typed).status_code == 303
    with kiosk.open():
        here = queries.here()
        assert here is not None
        (room,) = queries.rooms(here.uid)
    page = f"/espace/salles/{room.uid}"
    assert "Grande salle" in kiosk.client().get("/espace").get_data(as_text=True)
    assert manager.send(page, name="Salle bleue", seats="22", computers="8").status_code == 303
    manager.send(f"{page}/retirer", form_at=page)
    assert "Salle bleue" not in kiosk.client().get("/espace").get_data(as_text=True)
    manager.send(f"{page}/remettre", form_at=page)
    assert "Salle bleue" in kiosk.client().get("/espace").get_data(as_text=True)


@pytest.mark.parametrize(("seats", "computers"), list(product(["-1", "vingt", "1001", ""], ["8"])))
def test_a_room_counts_in_plain_numbers(kiosk: Machine, seats: str, computers: str) -> None:
    typed = {"salle-name": "Salle", "salle-seats": seats, "salle-computers": computers}
    assert kiosk.as_("manager").send("/espace/salles", form_at=SHEET, **typed).status_code == 422


def test_two_rooms_never_bear_one_name(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        here = queries.here()
        assert here is not None
        services.add_room(here, "Grande salle", 10, 2)
        with pytest.raises(Refusal, match="déjà ce nom"):
            services.add_room(here, "grande SALLE ", 10, 2)


def test_a_space_is_the_same_row_on_every_machine(kiosk: Machine, machine: object) -> None:
    with kiosk.open():
        here = queries.here_uid()
    assert here == services.space_uid("nio") == services.space_uid(" NIO ")


@pytest.mark.parametrize("code", ["", "N", "NIOR", "N10", "ÉÉÉ", "N-O"])
def test_a_code_has_three_letters(code: str) -> None:
    with pytest.raises(Refusal, match="trois lettres"):
        services.space_uid(code)


def test_the_code_of_a_space_is_for_life(kiosk: Machine) -> None:
    with kiosk.open():
        here = queries.here()
        assert here is not None
        with pytest.raises(ValueError, match="for life"):
            here.code = "XXX"


def test_a_machine_stands_in_one_space(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        other = services.open_space("KAY", SpaceCard("Kayes"))
        with pytest.raises(Refusal, match="autre espace"):
            services.settle(other)


def test_opening_a_known_space_again_changes_nothing(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        again = services.open_space("NIO", SpaceCard("Un autre nom"))
        assert again.name == "Nioro"


def test_an_unknown_commune_is_refused(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        here = queries.here()
        assert here is not None
        with pytest.raises(Refusal, match="inconnue"):
            services.describe(here, SpaceCard("Nioro", commune="ML999999"))


def test_every_space_has_its_page_and_no_other(kiosk: Machine) -> None:
    client = kiosk.client()
    assert client.get("/espaces/nio").status_code == 200
    assert client.get("/espaces/ZZZ").status_code == 404
    assert client.get(f"/espace/salles/{new_uid()}").status_code == 303


def test_new_hours_are_one_change_for_the_centre(kiosk: Machine) -> None:
    from sqlalchemy import select

    from kiosk.storage.log import sync_log

    kiosk.as_("manager").send("/espace/heures", form_at=SHEET, **ALL_WEEK)
    with kiosk.open() as session:
        last = session.execute(select(sync_log).order_by(sync_log.c.seq.desc())).first()
    assert last is not None
    assert (last.tab, last.op) == ("space", UPDATE)
    assert '"hours"' in last.body
