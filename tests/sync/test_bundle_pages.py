"""« Clé USB » at the kiosk: what a manager sees and does, with a stick or only a phone."""

import io
import time
from pathlib import Path

import pytest

from kiosk.config import load
from kiosk.sync import link
from kiosk.sync.bundle import outgoing, seal
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.carrying import content, share
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick
from tests.sync.telling import named, register, waiting

PAGE = "/envois/cle-usb"


@pytest.fixture
def desk(kiosk: Machine, centre: Machine, tmp_path: Path) -> Post:
    """The kiosk of Nioro, with two sticks plugged in."""
    for name in ("CLE-AWA", "GRDR"):
        (tmp_path / "media" / name).mkdir(parents=True)
    plugged = Machine(load(kiosk.data, {"KIOSK_USB_DIR": str(tmp_path / "media")}), kiosk.people)
    return link_up(plugged, centre)


def stick_of(desk: Post, name: str = "CLE-AWA") -> Stick:
    return Stick(Path(desk.kiosk.settings.usb_dir) / name)


def press(client: Client, what: str, **fields: str) -> str:
    """Press a button of the page, and read what comes."""
    assert client.send(f"{PAGE}/{what}", PAGE, **fields).status_code == 303
    return client.get(PAGE).text


def test_envois_leads_to_the_stick(desk: Post) -> None:
    page = desk.kiosk.as_("manager").get("/envois").text
    assert "Copier sur clé USB" in page
    assert PAGE in page


def test_the_page_shows_the_sticks_and_what_would_be_copied(desk: Post) -> None:
    register(desk.kiosk, "Awa Coulibaly")
    page = desk.kiosk.as_("manager").get(PAGE).text
    assert "CLE-AWA" in page
    assert "GRDR" in page
    assert f"{waiting(desk.kiosk)} changements à copier" in page
    assert "Place libre" in page


def test_the_photos_that_go_along_are_counted_before_and_after(desk: Post) -> None:
    share(desk.kiosk, content(40_000))
    client, key = desk.kiosk.as_("manager"), stick_of(desk)
    assert "et 1 fichier à copier" in client.get(PAGE).text
    page = press(client, "copier", cle=str(key.path))
    assert "1 fichier copié." in page
    assert page.count("1 fichier") >= 2, "the list of copies says it too"


def test_the_size_that_is_said_is_about_the_size_that_is_written(
    desk: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        register(desk.kiosk, f"Awa Coulibaly{number}")
    bundle = outgoing.Outgoing(desk.kiosk.store, desk.kiosk.data, "test")
    plan = bundle.plan()
    assert 0.8 < bundle.expected() / plan.size < 1.25
    monkeypatch.setattr(link, "LARGEST", 2_000)
    plan = bundle.plan()
    assert len(plan.pieces) == 1 and 0.7 < bundle.expected() / plan.size < 1.4, "by its first letter alone"


def test_copying_says_that_the_stick_may_go(desk: Post, centre: Machine) -> None:
    register(desk.kiosk, "Awa Coulibaly")
    client, key = desk.kiosk.as_("manager"), stick_of(desk)
    page = press(client, "copier", cle=str(key.path))
    assert "Vous pouvez retirer la clé." in page
    assert "changements copiés" in page
    assert len(key.files) == 1
    key.taken_at(centre)
    page = client.get(PAGE).text
    assert "Réponse du centre" in page
    page = press(client, "lire", cle=str(key.path))
    assert "Le centre a reçu" in page
    assert waiting(desk.kiosk) == 0


def test_a_long_copy_shows_how_far_it_is(desk: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.sync.routes.hand._PATIENCE", 0.3)
    real = outgoing.Outgoing.fill

    def slow(self: outgoing.Outgoing, *rest: object) -> None:
        real(self, *rest)  # type: ignore[arg-type]
        time.sleep(1.5)

    monkeypatch.setattr(outgoing.Outgoing, "fill", slow)
    client = desk.kiosk.as_("manager")
    page = press(client, "copier", cle=str(stick_of(desk).path))
    assert "Copie en cours" in page
    assert "Ne retirez pas encore la clé." in page
    assert 'http-equiv="refresh"' in page
    assert "Une copie est déjà en cours." in press_blindly(client, desk)
    time.sleep(2)
    assert "Vous pouvez retirer la clé." in client.get(PAGE).text


def press_blindly(client: Client, desk: Post) -> str:
    """Press a button of a page that is older than the copy."""
    token = client.token("/envois")
    client.post(f"{PAGE}/copier", data={"csrf_token": token, "cle": str(stick_of(desk).path)})
    return client.get(PAGE).text


def test_a_stick_that_was_pulled_out_meanwhile_is_said(desk: Post) -> None:
    client = desk.kiosk.as_("manager")
    for what in ("copier", "lire"):
        assert "Cette clé n’est plus là" in press(client, what, cle="/etc")
    assert "Rien pour cette machine" in press(client, "lire", cle=str(stick_of(desk).path))


def test_a_copy_that_failed_says_why(desk: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    key = stick_of(desk)
    (key.path / "KIOSK").write_text("a file where the folder should be")
    page = press(desk.kiosk.as_("manager"), "copier", cle=str(key.path))
    assert "Vous pouvez retirer" not in page
    assert "Arrêtée" in page


def test_a_phone_takes_the_copy_and_brings_the_answer(desk: Post, centre: Machine, tmp_path: Path) -> None:
    register(desk.kiosk, "Awa Coulibaly")
    client = desk.kiosk.as_("manager")
    taken = client.get(f"{PAGE}/envoi.kse")
    assert taken.status_code == 200
    assert 'filename="E' in taken.headers["Content-Disposition"]
    assert b"Coulibaly" not in taken.data
    assert waiting(desk.kiosk) > 0
    brought = tmp_path / "telephone.kse"
    brought.write_bytes(taken.data)
    (answer,) = Stick(brought).taken_at(centre)
    assert named(centre) == ["Awa Coulibaly"]
    files = (io.BytesIO(answer.body), answer.file_name)
    assert client.send(PAGE, PAGE, files=files).status_code == 303
    page = client.get(PAGE).text
    assert "Le centre a reçu" in page
    assert "Téléphone" in page
    assert waiting(desk.kiosk) == 0
    assert list(desk.kiosk.settings.spool.iterdir()) == []


def test_a_wrong_file_is_said_and_nothing_stays(desk: Post) -> None:
    client = desk.kiosk.as_("manager")
    client.send(PAGE, PAGE, files=(io.BytesIO(b"\xff\xd8 a photo"), "photo.jpg"))
    assert "Ce fichier est abîmé" in client.get(PAGE).text
    answer = client.send(PAGE, PAGE)
    assert answer.status_code == 422
    assert "Choisissez un fichier" in answer.text
    assert list(desk.kiosk.settings.spool.iterdir()) == []


def test_without_pynacl_the_page_says_why(desk: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "is_there", lambda: False)
    client = desk.kiosk.as_("manager")
    page = client.get(PAGE).text
    assert "PyNaCl" in page
    assert "Prendre la copie" not in page
    assert client.get(f"{PAGE}/envoi.kse").status_code == 303
    assert "PyNaCl" in client.get(PAGE).text


def test_a_kiosk_without_centre_says_how_to_link_it(kiosk: Machine) -> None:
    page = kiosk.as_("manager").get(PAGE).text
    assert "kiosk enrol" in page
    assert "Prendre la copie" not in page
