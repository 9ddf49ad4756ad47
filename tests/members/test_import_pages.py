"""Importing by hand: choose a file, read what will happen, write, take back."""

import io
import re
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.members import queries
from kiosk.members.importer import apart
from kiosk.storage import clock
from kiosk.storage.log import sync_log
from tests.members.conftest import DATA
from tests.support.machines import Machine
from tests.support.pages import Client

REGISTER = DATA / "registre-nioro.xlsx"


def text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def choose(client: Client, path: Path, **fields: str) -> TestResponse:
    """Send a file with the form of the import page."""
    data = {"csrf_token": client.token("/membres/import"), **fields}
    return client.post("/membres/import", data={**data, "file": (io.BytesIO(path.read_bytes()), path.name)})


def count(kiosk: Machine) -> int:
    with kiosk.open():
        return queries.count()


def spooled(kiosk: Machine) -> list[Path]:
    return list(kiosk.settings.spool.glob("registre-*"))


def test_a_register_is_read_then_written_then_taken_back(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = choose(kadidia, REGISTER).location
    page = text(kadidia.get(shown))
    for words in (
        "21 personnes nouvelles",
        "2 lignes à corriger",
        "Rien n’est encore écrit.",
        "Le nom manque.",
    ):
        assert words in page
    assert count(kiosk) == 0
    written = kadidia.send(f"{shown}/ecrire", form_at=shown)
    after = text(kadidia.get(written.location))
    assert "21 personnes inscrites." in after and "Cheick N’Diaye" in after
    assert count(kiosk) == 21
    kadidia.send(f"{shown}/laisser", form_at=shown)
    assert spooled(kiosk) == []
    undo = re.search(r"/membres/import/[0-9a-f-]{36}/annuler", after)
    assert undo
    kadidia.send(undo[0], form_at="/membres/nouveau")
    assert count(kiosk) == 0


def test_each_kind_of_line_can_be_seen_alone(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = choose(kadidia, REGISTER).location
    wrong = text(kadidia.get(f"{shown}?suite=wrong"))
    assert "Cheick N’Diaye" in wrong and "Moussa Diarra" not in wrong
    assert "Moussa Diarra" in text(kadidia.get(f"{shown}?suite=nimporte&page=99"))


def test_the_same_file_again_has_nothing_to_write(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    for _ in range(2):
        shown = choose(kadidia, REGISTER).location
        page = text(kadidia.get(shown))
        if "Écrire dans le registre" in page:
            kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert "Le reste est déjà dans le registre." in page and "Écrire dans le registre" not in page
    assert count(kiosk) == 21


def test_an_import_left_leaves_nothing_behind(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = choose(kadidia, REGISTER).location
    kadidia.send(f"{shown}/laisser", form_at=shown)
    assert spooled(kiosk) == []
    assert kadidia.get(shown).status_code == 404


@pytest.mark.parametrize("name", ["vide.csv", "image.xlsx", "coupe.xlsx", "mot-de-passe.xlsx"])
def test_an_unreadable_file_says_so_under_the_field_and_is_not_kept(kiosk: Machine, name: str) -> None:
    answer = choose(kiosk.as_("manager"), DATA / "illisible" / name)
    assert answer.status_code == 422
    assert "réponse est à corriger" in text(answer)
    assert (count(kiosk), spooled(kiosk)) == (0, [])


def test_no_file_and_an_impossible_date_are_said(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    assert "Choisissez un fichier." in text(kadidia.send("/membres/import"))
    assert choose(kadidia, REGISTER, day="2026-02-31").status_code == 422
    assert spooled(kiosk) == []


def test_a_waiting_file_belongs_to_who_brought_it(kiosk: Machine) -> None:
    shown = choose(kiosk.as_("manager"), REGISTER).location
    trainer = kiosk.as_("trainer")
    assert trainer.get(shown).status_code == 403
    for token in ("0" * 32, "..%2F..%2Fkiosk.db", "secret"):
        assert kiosk.as_("manager").get(f"/membres/import/{token}").status_code == 404


def test_a_file_nobody_came_back_for_leaves_with_the_next_one(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kadidia = kiosk.as_("manager")
    choose(kadidia, REGISTER)
    later = clock.now_ms() + 2 * 86_400_000
    monkeypatch.setattr("kiosk.storage.clock.now_ms", lambda: later)
    choose(kadidia, REGISTER)
    assert len(spooled(kiosk)) == 2


def test_an_import_already_taken_back_is_not_taken_back_twice(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    answer = kadidia.send(f"/membres/import/{uuid.uuid4()}/annuler", form_at="/membres/nouveau")
    assert answer.status_code == 404


def test_an_import_of_another_day_is_taken_back_from_the_list(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kadidia = kiosk.as_("manager")
    shown = choose(kadidia, REGISTER).location
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    later = clock.now_ms() + 9 * 86_400_000
    monkeypatch.setattr("kiosk.storage.clock.now_ms", lambda: later)
    page = text(kadidia.get("/membres/import"))
    undo = re.search(r"/membres/import/[0-9a-f-]{36}/annuler", page)
    assert undo and "registre-nioro.xlsx" in page
    assert spooled(kiosk) == []
    kadidia.send(undo[0], form_at="/membres/nouveau")
    assert count(kiosk) == 0 and "registre-nioro.xlsx" not in text(kadidia.get("/membres/import"))


@pytest.mark.process
def test_a_long_register_is_worked_out_by_a_process_of_its_own(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LONG", 0)
    kadidia = kiosk.as_("manager")
    shown = choose(kadidia, REGISTER).location
    page = text(kadidia.get(f"{shown}?suite=wrong&page=9"))
    assert "21 personnes nouvelles" in page and "Le nom manque." in page and "Moussa Diarra" not in page
    assert kadidia.get(f"{shown}/lignes").data.startswith(b"PK")
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert count(kiosk) == 21
    with kiosk.open() as current:
        by = current.scalars(select(sync_log.c.actor_uid).where(sync_log.c.tab == "member").distinct()).all()
        assert by == [kiosk.people["manager"].uid]
    undo = re.search(r"/membres/import/[0-9a-f-]{36}/annuler", text(kadidia.get("/membres/import")))
    assert undo
    kadidia.send(undo[0], form_at="/membres/nouveau")
    assert count(kiosk) == 0


@pytest.mark.process
def test_what_is_wrong_with_a_long_file_is_said_all_the_same(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LONG", 0)
    kadidia = kiosk.as_("manager")
    assert choose(kadidia, DATA / "illisible" / "sans-titres.csv").location.endswith("/colonnes")
    answer = choose(kadidia, DATA / "illisible" / "mot-de-passe.xlsx")
    assert answer.status_code == 422 and "a un mot de passe" in text(answer)
