"""A kiosk whose centre is gone does a whole day's work: register, enrol, mark, attest, print, read, write."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.library import shipped
from kiosk.storage import clock
from kiosk.sync import exchange, keyfile, status
from kiosk.sync.caller import Caller
from kiosk.sync.trouble import NoLink
from tests.posts.test_writing_pages import words, write
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import link_up

HALVES = {"morning": "y", "morning_starts": "9h", "morning_minutes": "180", "afternoon_minutes": "120"}
COURSE = {
    "title": "Excel pour les caisses", "seats": "10", "days": "1", "rhythm": "daily",
    "audience": "everyone", **HALVES,
}  # fmt: skip


def loses_its_centre(kiosk: Machine, centre: Machine) -> None:
    link_up(kiosk, centre).exchange()
    keyfile.save(kiosk.data, replace(keyfile.load(kiosk.data), centre=""))


def loses_its_key_too(kiosk: Machine, centre: Machine) -> None:
    loses_its_centre(kiosk, centre)
    (kiosk.data / keyfile.NAME).unlink()


def never_had_one(kiosk: Machine, centre: Machine) -> None:
    """A machine out of its box."""


def register(client: Client) -> str:
    answers = {"given_name": "Awa", "family_name": "Koné", "sex": "F", "registered_on": str(clock.today())}
    answer = client.send("/membres/nouveau", agreed="y", **answers)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    person = re.search(r'"/membres/([0-9a-f-]{36})"', words(client, "/membres?q=kone"))
    assert person is not None
    return person[1].replace("-", "")


def teach(client: Client, person: str) -> str:
    """Plan a session of yesterday, enrol her, mark her present, close the sheet; return its page."""
    day = clock.today() - timedelta(days=1)
    page = client.send("/formations/nouvelle", first_day=f"{day:%d/%m/%Y}", **COURSE).location
    assert client.send(f"{page}/inscrire", people=person).status_code == 303
    sheet = re.search(r'href="(/seances/[^"]+/presences)"', words(client, page))
    assert sheet is not None
    marks = {f"p-{person}": "present"}
    assert client.send(sheet[1], act="close", day=f"{day:%d/%m/%Y}", **marks).status_code == 303
    return page


@pytest.mark.parametrize("without", [loses_its_centre, loses_its_key_too, never_had_one])
def test_a_day_of_work_needs_no_centre(
    without: Callable[[Machine, Machine], None], kiosk: Machine, centre: Machine
) -> None:
    without(kiosk, centre)
    with kiosk.writing():
        shipped.load(kiosk.settings)
    manager = kiosk.as_("manager")
    page = teach(manager, register(manager))
    papers = f"{page}/attestations"
    assert manager.send(papers, kind="training", day=f"{clock.today()}").status_code == 303
    paper = manager.get(f"{papers}.pdf")
    assert paper.mimetype == "application/pdf"
    assert re.search(rb"/Count 1\b", paper.data)
    assert "Awa Koné" in words(manager, f"{papers}/imprimer")
    stranger = kiosk.client()
    assert stranger.get("/mediatheque/acte-de-naissance").status_code == 200
    assert "Envoyé" in words(kiosk.as_("author"), write(kiosk.as_("author"), act="submit"))
    for path in ("/aujourdhui", "/membres", "/rapports", "/envois"):
        assert manager.get(path).status_code == 200, path


def test_what_was_done_alone_waits_whole_for_the_centre_s_return(kiosk: Machine, centre: Machine) -> None:
    station = link_up(kiosk, centre)
    station.exchange()
    station.line.cut = "before"
    manager = kiosk.as_("manager")
    teach(manager, register(manager))
    with pytest.raises(NoLink):
        exchange.Exchange(kiosk.store, Caller(keyfile.load(kiosk.data), station.line, "test")).run()
    with kiosk.open():
        assert status.waiting_count() > 0
    station.line.cut = ""
    station.exchange()
    with kiosk.open():
        assert status.waiting_count() == 0
