"""« Copies de secours »: a code on paper, typed again before it locks anything, kept nowhere here."""

import html
import re
from pathlib import Path

import pytest

from kiosk.storage import archive, backup, clock, sealing
from tests.support.cast import PIN
from tests.support.machines import Machine
from tests.support.pages import Client

PAGE, CODE = "/copies-de-secours", "/copies-de-secours/code"
GROUP = re.compile(r"Groupe \d</dt><dd[^>]*>([0-9A-Z]+)<")


def shown(client: Client, path: str = PAGE) -> str:
    return client.get(path).get_data(as_text=True)


def drawn(client: Client) -> tuple[list[str], str]:
    """The groups that the page shows, and what comes along with them, signed."""
    client.send("/confirmer", secret=PIN)
    page = shown(client, CODE)
    found = re.search(r'name="drawn"[^>]*value="([^"]+)"', page)
    assert found
    return GROUP.findall(page), html.unescape(found[1])


def quiet(_done: int, _total: int) -> None:
    return None


def test_a_manager_locks_the_copies_with_a_code_that_she_read_again_from_her_paper(
    kiosk: Machine, tmp_path: Path
) -> None:
    kadidia = kiosk.as_("manager")
    assert "Copies de secours" in shown(kadidia, "/aujourdhui")
    assert "Aucune copie n’est encore faite." in shown(kadidia) and "non chiffrées" in shown(kadidia)
    backup.write(kiosk.data, kiosk.data / "spool" / "kiosque-1.tar", quiet)
    assert "sur la machine seulement" in shown(kadidia)
    groups, kept = drawn(kadidia)
    wrong = kadidia.send(CODE, drawn=kept, group_3=groups[2], group_5=groups[1])
    again = wrong.get_data(as_text=True)
    assert wrong.status_code == 422 and "Relisez votre papier." in again
    assert GROUP.findall(again) == groups, "the same code, to be read again"
    assert sealing.lock_of(kiosk.data) is None
    typed = groups[2].lower().replace("0", "o")
    assert kadidia.send(CODE, drawn=kept, group_3=typed, group_5=groups[4]).status_code == 303
    assert "Copies chiffrées" in shown(kadidia)
    backup.write(kiosk.data, tmp_path / "kiosque-2.tar", quiet)
    page = shown(kadidia)
    assert "kiosque-2.tar" in page and str(tmp_path) in page and "machine seulement" not in page
    code = "-".join(groups)
    assert "kiosk.db" in archive.read_manifest(tmp_path / "kiosque-2.tar", sealing.opener(code))
    assert kadidia.send(PAGE, code=code.replace("-", " ").lower()).status_code == 303
    assert "Ce code ouvre bien" in shown(kadidia)
    assert "n’ouvre pas les copies" in kadidia.send(PAGE, code=sealing.new_code()).get_data(as_text=True)
    assert "mal tapé" in kadidia.send(PAGE, code="ABCD").get_data(as_text=True)
    files = (path.read_bytes() for path in kiosk.data.rglob("*") if path.is_file())
    assert not any(code.encode() in one or code.replace("-", "").encode() in one for one in files)


def test_a_code_that_the_machine_did_not_draw_locks_nothing_and_a_trainer_sees_none_of_it(
    kiosk: Machine,
) -> None:
    kadidia, made = kiosk.as_("manager"), sealing.new_code().split("-")
    sent = kadidia.send(CODE, form_at=PAGE, drawn="-".join(made), group_3=made[2], group_5=made[4])
    assert sent.status_code == 409 and sealing.lock_of(kiosk.data) is None
    trainer = kiosk.as_("trainer")
    assert {trainer.get(path).status_code for path in (PAGE, CODE)} == {403}


def test_a_code_asks_for_the_pin_once_more_and_its_paper_serves_where_it_was_drawn(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kadidia = kiosk.as_("manager")
    groups, kept = drawn(kadidia)
    later = clock.monotonic() + 6 * 60
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    asked = kadidia.get(CODE)
    assert asked.status_code == 303 and asked.location.startswith("/confirmer"), "an unattended screen"
    sent = kadidia.send(CODE, form_at=PAGE, drawn=kept, group_3=groups[2], group_5=groups[4])
    assert sent.status_code == 303 and sealing.lock_of(kiosk.data), "her paper is good"
    other = kiosk.as_("manager")
    assert other.send(CODE, form_at=PAGE, drawn=kept, group_3=groups[2], group_5=groups[4]).status_code == 409
