"""The coordination's page of kiosks: how each one is, who speaks with its key, what to do."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.central import nodes, queries, signs
from kiosk.central.models import stream
from kiosk.storage import clock
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import Post
from tests.sync.telling import copied, register
from tests.sync.timing import began
from tests.sync.wire import Wsgi

HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def salimata(centre: Machine) -> Client:
    """The coordinator's phone."""
    return centre.as_("coordinator")


def plain(page: str) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u202f", " ").replace("\u00a0", " ")


def told(centre: Machine, **values: object) -> None:
    with centre.writing() as current:
        current.execute(update(stream).values(**values))


def test_a_kiosk_never_seen_says_so(nioro: Post, salimata: Client) -> None:
    assert "Pas encore vu" in plain(salimata.get("/kiosques").text)
    assert "jamais" in plain(salimata.get("/kiosques/1").text)


def test_a_healthy_kiosk_is_told_in_one_line(nioro: Post, salimata: Client) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    told(nioro_centre(salimata), program="0.1.0", disk_free=9_000_000_000, clock_offset=300, clock_quality=3)
    words = plain(salimata.get("/kiosques").text)
    assert "rien n’attend" in words
    assert "bonne santé" in words
    page = plain(salimata.get("/kiosques/1").text)
    assert "à l’heure" in page and "9 Go" in page and "tout était envoyé" in page


def nioro_centre(client: Client) -> Machine:
    """Return the centre whose pages a client reads."""
    settings, store = client.application.config["SETTINGS"], client.application.extensions["store"]
    found = Machine(settings, {})
    found.__dict__["store"] = store
    return found


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"clock_offset": 9 * DAY, "clock_quality": 1}, "en retard de 9 jours"),
        ({"clock_offset": -2 * HOUR, "clock_quality": 0}, "en avance de 2 h"),
        ({"disk_free": 300_000_000}, "300 Mo"),
        ({"program": "0.0.9"}, "0.0.9, ici"),
        ({"last": 99, "have": 62}, "37 attendent"),
    ],
)
def test_what_is_wrong_stands_in_the_list(
    nioro: Post, centre: Machine, salimata: Client, values: dict[str, object], words: str
) -> None:
    nioro.exchange()
    told(centre, **values)
    assert words in plain(salimata.get("/kiosques").text)
    assert salimata.get("/kiosques/1").status_code == 200


def test_a_silent_kiosk_is_seen(nioro: Post, centre: Machine, salimata: Client) -> None:
    nioro.exchange()
    told(centre, last_seen=clock.now_ms() - 8 * DAY)
    assert "Silencieux" in plain(salimata.get("/kiosques").text)


def test_a_code_of_replacement_is_made_on_the_page(nioro: Post, salimata: Client) -> None:
    nioro.exchange()
    page = salimata.send("/kiosques/1/remplacer", "/kiosques/1")
    assert page.status_code == 200
    assert "kiosk enrol --replace http://localhost" in plain(page.text)


def test_both_machines_are_shown_and_the_second_gets_a_code(
    nioro: Post, centre: Machine, salimata: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    for post in (nioro, twin):
        register(post.kiosk, "Awa Coulibaly")
        post.exchange()
    nioro.exchange()
    page = plain(salimata.get("/kiosques/1").text)
    assert "Machine 1" in page and "Machine 2" in page
    code = plain(salimata.send("/kiosques/1/seconde", "/kiosques/1").text)
    assert "kiosk enrol http" in code and "--replace" not in code
    assert salimata.send("/kiosques/1/regle", "/kiosques/1").status_code == 303
    assert "Deux machines" not in plain(salimata.get("/kiosques/1").text)
    twin.kiosk.close()


def test_a_withdrawn_key_says_what_happens_to_what_still_comes(
    nioro: Post, centre: Machine, salimata: Client
) -> None:
    nioro.exchange()
    assert salimata.send("/kiosques/1/retirer", "/kiosques/1").status_code == 303
    assert "mis de côté, jamais jeté" in plain(salimata.get("/kiosques/1").text)
    assert "Clés retirées" in plain(salimata.get("/kiosques").text)


def test_only_the_coordination_replaces(nioro: Post, centre: Machine) -> None:
    editor = centre.as_("editor")
    for action in ("remplacer", "seconde", "regle", "retirer"):
        assert editor.post(f"/kiosques/1/{action}").status_code in (400, 403)
    with centre.open():
        assert queries.kiosk(1) and not queries.open_codes()


def test_a_sign_says_nothing_it_was_not_told(nioro: Post, centre: Machine) -> None:
    with centre.writing():
        one = queries.kiosk(1)
        assert one is not None
        assert signs.warnings(one, "0.1.0") == []
        assert nodes.machine(1).replaced_by is None


def test_the_centre_knows_clock_and_disk_of_each_kiosk(nioro: Post, centre: Machine) -> None:
    began(nioro.kiosk)
    nioro.exchange()
    nioro.exchange()
    with centre.open() as current:
        row = current.execute(select(stream)).one()
    assert abs(row.clock_offset) < 60_000
    assert row.clock_quality == clock.SURE
    assert row.disk_free > 1_000_000


def test_a_space_nobody_knows_is_opened_only_when_it_is_named(salimata: Client, centre: Machine) -> None:
    page = "/kiosques/nouveau"
    assert "Nom du nouvel espace" not in salimata.get(page).text
    asked = salimata.send(page, code="nij")
    assert asked.status_code == 422
    assert "Le centre ne connaît pas l’espace NIJ. S’il ouvre, écrivez son nom." in asked.text
    assert 'value="nij"' in asked.text and "Nom du nouvel espace" in asked.text
    with centre.open():
        assert not queries.open_codes()
    made = salimata.send(page, code="nij", name="Nijo")
    assert made.status_code == 200 and "Code pour Nijo" in made.text
    with centre.open():
        assert [one.name for one in queries.open_codes()] == ["Nijo"]
