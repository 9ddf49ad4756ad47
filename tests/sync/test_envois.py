"""The page « Envois »: what a manager reads there, and what « Synchroniser » does."""

import json
import re

import pytest
from sqlalchemy import func, select, update

from kiosk.language import formats
from kiosk.places import services as places
from kiosk.storage.log import sync_log
from kiosk.sync import link, words
from kiosk.sync.trouble import NoLink
from kiosk.web.icons import symbols
from tests.house.source import ROOT
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import register


def test_a_kiosk_without_centre_says_how_to_link_it(kiosk: Machine) -> None:
    page = kiosk.as_("manager").get("/envois")
    assert page.status_code == 200
    assert "kiosk enrol" in page.text
    assert "erreur" not in page.text.lower()


def test_what_waits_is_counted_and_estimated(nioro: Post) -> None:
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "changements attendent, environ" in page.text
    assert "Équipe" in page.text


def test_what_a_day_at_the_counter_writes_waits_under_its_own_name() -> None:
    """« Autres fiches » was the longest line of an afternoon that made attestations."""
    daily = ("certificate", "certificate_seal", "group_membership", "follow_up_meeting", "till_line")
    assert "Autres fiches" not in {str(words.name_of(tab).label) for tab in daily}
    tables = json.loads((ROOT / "kiosk" / "storage" / "schemas" / "4.json").read_text(encoding="utf-8"))[
        "tables"
    ]
    assert set(words._NAMES) <= set(tables), "a name of no table"
    assert {named.icon for named in words._NAMES.values()} <= set(symbols())


def test_everything_sent_is_said(nioro: Post) -> None:
    nioro.exchange()
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Tout est envoyé" in page.text
    assert "Reçu" in page.text


def test_not_all_is_sent_while_the_centre_holds_something_back(nioro: Post) -> None:
    nioro.exchange()
    with nioro.kiosk.store.engine.begin() as connection:
        connection.execute(update(sync_log).values(state="held", reason="parent"))
        assert connection.execute(select(func.count()).select_from(sync_log)).scalar()
    page = nioro.kiosk.as_("manager").get("/envois").text
    assert "Le reste est envoyé" in page
    assert "Tout est envoyé" not in page


def test_counts_of_nothing_are_left_out(nioro: Post, centre: Machine) -> None:
    # Another space is told to every kiosk: the one row of this exchange.
    with centre.writing():
        places.open_space("YEL", places.SpaceCard("Yélimané"))
    assert nioro.exchange().received == 1
    register(nioro.kiosk, "Awa Coulibaly")
    assert nioro.exchange().received == 0
    page = nioro.kiosk.as_("manager").get("/envois").text
    assert page.count("reçu") == 1
    assert not re.search(r">\s*0 (changement|reçu)|· 0 ", page)


def test_no_network_is_never_called_an_error(nioro: Post) -> None:
    nioro.line.cut = "before"
    with pytest.raises(NoLink, match="Pas de réseau"):
        nioro.exchange()
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Pas de réseau" in page.text
    assert "erreur" not in page.text.lower()


def test_a_cut_link_is_said_on_the_first_page_with_since_when_and_how_much_waits(nioro: Post) -> None:
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    with nioro.kiosk.writing() as current:
        link.change(current.connection(), trouble="no_link")
        at = formats.clock_time(link.load(current.connection()).last_ok or 0)
    for path in ("/aujourdhui", "/envois"):
        page = nioro.kiosk.as_("manager").get(path).text
        assert f"Hors ligne depuis {at}." in page and "1 changement attend" in page
        assert "environ" not in page.partition("Derniers envois")[0]
    with nioro.kiosk.writing() as current:
        before = (link.load(current.connection()).last_ok or 0) - 3 * 86_400_000
        link.change(current.connection(), last_ok=before)
    assert "Hors ligne depuis le " in nioro.kiosk.as_("manager").get("/envois").text
