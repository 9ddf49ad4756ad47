"""« Envoyer un diagnostic »: what a helper far away reads, with no name, phone or secret in it."""

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from kiosk import cli
from kiosk.central import diagnoses as kept
from kiosk.members.models import Member
from kiosk.posts import services as posts
from kiosk.posts.text import Text
from kiosk.storage import journal, session
from kiosk.storage.upgrade import head
from kiosk.sync import asides, diagnoses, keyfile
from kiosk.sync.asides import About
from tests.posts.conftest import home
from tests.posts.hands import hand_of
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.sticks import stick
from tests.sync.telling import register

PLANTED = (
    "Nagnouma",
    "Sangaré",
    "Sangare",
    "76543210",
    "Kadidia",
    "Sissoko",
    "Moussa",
    "Fanta",
    "secret-mot",
)
SECTIONS = {
    "versions",
    "machine",
    "clock",
    "power_ups",
    "centre",
    "status",
    "sync",
    "exchanges",
    "files",
    "doctor",
    "journal",
}


@pytest.fixture
def planted(nioro: Post) -> Iterator[Post]:
    """Nioro, where the names of people stand wherever a machine keeps anything."""
    kiosk = nioro.kiosk
    register(kiosk, "Nagnouma Sangaré")
    with kiosk.writing("manager"):
        who = session().query(Member).filter_by(given_name="Nagnouma").one()
        who.phone, who.notes = "+22376543210", "Sœur de Kadidia Sissoko"
        author = hand_of(kiosk, "author")
        text_ = Text(title="Nagnouma Sangaré", body="76543210 de Nagnouma", author_name="Fanta")
        posts.start(author, home(), text_)
    nioro.exchange()
    known = keyfile.load(kiosk.data)
    keyfile.save(kiosk.data, replace(known, centre="https://Kadidia:secret-mot@sangare.example:8443"))
    for folder in ("files", "spool"):
        (kiosk.data / folder).mkdir(exist_ok=True)
        (kiosk.data / folder / "Nagnouma Sangaré.jpg").write_bytes(b"76543210")
    (kiosk.data / "config.toml").write_text('contact = "Kadidia Sissoko 76543210"\n', encoding="utf-8")
    handler = journal.Plain(kiosk.data)
    logging.getLogger("kiosk").addHandler(handler)
    _go_wrong()
    yield nioro
    logging.getLogger("kiosk").removeHandler(handler)


def _go_wrong() -> None:
    log = logging.getLogger("kiosk.web")
    log.warning("a file stays as it is: %s", "Nagnouma Sangaré.jpg")
    try:
        raise ValueError("INSERT INTO member VALUES ('Nagnouma', '76543210')")
    except ValueError as error:
        log.error("exchange put off: %s", error)
        log.exception("unexpected failure on %s %s", "GET", "/membres?q=Sangaré")


def made(machine: Machine, *options: str) -> str:
    """What `kiosk diagnostic` prints."""
    with machine.store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
    machine.close()
    done = CliRunner().invoke(cli.main, ["--data", str(machine.data), "diagnostic", *options])
    assert done.exit_code == 0, done.output
    return done.output


def told(words: str) -> list[str]:
    return [word for word in PLANTED if word.lower() in words.lower()]


def test_it_says_what_a_helper_needs_and_no_name_wherever_one_was_planted(planted: Post) -> None:
    words = made(planted.kiosk)
    assert not told(words), told(words)
    found = json.loads(words)
    assert found.keys() >= SECTIONS
    assert found["versions"]["kiosk"] and found["machine"]["free"] > 0
    assert (found["status"]["members"], found["centre"]["port"]) == (1, 8443)
    assert found["files"].keys() >= {"out", "coming"} and found["machine"]["files"]["count"] == 1
    assert any("unexpected failure" in line and "ValueError" in line for line in found["journal"])
    assert any("exchange put off" in line and "test_diagnostic" not in line for line in found["journal"])


def test_the_journal_stays_small_and_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    handler = journal.Plain(tmp_path)
    record = logging.LogRecord("kiosk.sync", logging.WARNING, "", 0, "x" * 500, None, None)
    for _ in range(300):
        handler.handle(record)
    assert (tmp_path / journal.NAME).stat().st_size < 65_000
    assert len(journal.last(tmp_path)) > 50
    shutil.rmtree(tmp_path)
    handler.handle(record)
    assert journal.last(tmp_path) == []


def sent(post: Post) -> None:
    with post.kiosk.writing():
        diagnoses.queue({"made": "here"})


def test_it_travels_with_the_next_exchange_once_and_the_page_says_so(nioro: Post, centre: Machine) -> None:
    manager = nioro.kiosk.as_("manager")
    assert "Envoyer un diagnostic" in manager.get("/envois").text
    sent(nioro)
    assert "attend le prochain envoi" in manager.get("/envois").text
    nioro.exchange()
    assert "Le centre a reçu celui du" in manager.get("/envois").text
    with nioro.kiosk.open() as current:
        assert diagnoses.waiting(current.connection()) is None
    page = centre.as_("coordinator").get("/kiosques/1")
    with centre.open():
        (one,) = kept.of(1)
    path = f"/kiosques/1/diagnostic/{one.made_at}.json"
    assert path in page.text
    assert json.loads(centre.as_("coordinator").get(path).text) == {"made": "here"}
    assert centre.as_("coordinator").get("/kiosques/1/diagnostic/7.json").status_code == 404


def test_it_travels_on_a_stick_and_the_answer_marks_it(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    key = stick(tmp_path)
    sent(nioro)
    key.written_at(nioro.kiosk)
    key.taken_at(centre)
    with centre.open():
        assert len(kept.of(1)) == 1
    key.answered_at(centre)
    key.read_at(nioro.kiosk)
    with nioro.kiosk.open():
        asked = diagnoses.last()
        assert asked is not None and asked.heard_at is not None


def test_it_waits_for_a_centre_that_knows_it(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    read = asides.read_about
    monkeypatch.setattr("kiosk.sync.messages.read_about", lambda reader: replace(read(reader), report=None))
    sent(nioro)
    nioro.exchange()
    with nioro.kiosk.open() as current:
        assert diagnoses.waiting(current.connection()) is not None


def test_a_machine_fills_nobody_s_disk_with_them(nioro: Post, centre: Machine) -> None:
    for _ in range(8):
        sent(nioro)
        nioro.exchange()
    with centre.open():
        assert len(kept.of(1)) == 5
    assert "report" not in About().document()


def test_only_the_manager_makes_one(nioro: Post) -> None:
    assert nioro.kiosk.as_("trainer").get("/envois/diagnostic.json").status_code == 403
    made(nioro.kiosk)
    answer = nioro.kiosk.as_("manager").get("/envois/diagnostic.json")
    assert answer.status_code == 200 and json.loads(answer.text).keys() >= SECTIONS
    done = nioro.kiosk.as_("manager").send("/envois/diagnostic", form_at="/envois")
    assert done.status_code == 303
    with nioro.kiosk.open():
        assert diagnoses.last() is not None
