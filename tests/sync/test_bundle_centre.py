"""What comes by hand to the centre: the coordination's page, the carriers' page, the machines' door."""

import io
from pathlib import Path

import pytest

from kiosk.central.gate import Crowded, Gate
from kiosk.config import load
from kiosk.storage import clock
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick, stick
from tests.sync.telling import named, register, waiting

PAGE, DOOR = "/kiosques/cle-usb", "/porteur"
BUNDLE = "/sync/v1/bundle"


@pytest.fixture
def office(centre: Machine, tmp_path: Path) -> Machine:
    """The centre, with a stick plugged in."""
    (tmp_path / "media" / "CLE-AWA").mkdir(parents=True)
    return Machine(load(centre.data, {"KIOSK_USB_DIR": str(tmp_path / "media")}), centre.people)


@pytest.fixture
def post(kiosk: Machine, office: Machine) -> Post:
    found = link_up(kiosk, office)
    register(kiosk, "Awa Coulibaly")
    return found


@pytest.fixture
def bundle(post: Post, tmp_path: Path) -> bytes:
    """What a carrier has on her phone."""
    key = stick(tmp_path, "passage")
    key.written_at(post.kiosk)
    return key.files[0].read_bytes()


def brought(content: bytes, name: str = "E1.KSE") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def take_back(post: Post, answer: bytes, tmp_path: Path) -> None:
    """Carry an answer to the kiosk."""
    path = tmp_path / "reponse.kse"
    path.write_bytes(answer)
    Stick(path).read_at(post.kiosk)


def test_the_coordinator_reads_a_file_and_hands_the_answer_back(
    post: Post, office: Machine, bundle: bytes, tmp_path: Path
) -> None:
    client = office.as_("coordinator")
    assert PAGE in client.get("/kiosques").text
    assert client.send(PAGE, PAGE, files=brought(bundle)).status_code == 303
    page = client.get(PAGE).text
    assert "changements reçus" in page
    assert "Coulibaly" not in page.replace("Salimata Coulibaly", "")
    token = page.split("/kiosques/reponse/")[1].split('"')[0]
    answer = client.get(f"/kiosques/reponse/{token}")
    assert 'filename="R' in answer.headers["Content-Disposition"]
    take_back(post, answer.data, tmp_path)
    assert waiting(post.kiosk) == 0
    assert list(office.settings.spool.iterdir()) == []


def test_a_stick_plugged_into_the_centre(post: Post, office: Machine) -> None:
    key = Stick(Path(office.settings.usb_dir) / "CLE-AWA")
    key.written_at(post.kiosk)
    client = office.as_("coordinator")
    assert "CLE-AWA" in client.get(PAGE).text
    client.send(f"{PAGE}/lire", PAGE, cle=str(key.path))
    page = client.get(PAGE).text
    assert "La réponse est sur la clé" in page
    assert named(office) == ["Awa Coulibaly"]
    client.send(f"{PAGE}/copier", PAGE, cle=str(key.path))
    assert "Les réponses sont sur la clé" in client.get(PAGE).text
    key.read_at(post.kiosk)
    assert waiting(post.kiosk) == 0
    client.send(f"{PAGE}/lire", PAGE, cle="/etc")
    assert "Cette clé n’est plus là" in client.get(PAGE).text


def test_a_wrong_file_is_said_to_the_coordinator(office: Machine) -> None:
    client = office.as_("coordinator")
    client.send(PAGE, PAGE, files=brought(b"a photo"))
    assert "Ce fichier est abîmé" in client.get(PAGE).text
    assert client.send(PAGE, PAGE).status_code == 422


def test_any_carrier_hands_a_copy_in_without_an_account(
    post: Post, office: Machine, bundle: bytes, tmp_path: Path
) -> None:
    client = office.client()
    page = client.send(DOOR, DOOR, files=brought(bundle))
    assert page.status_code == 200
    assert "C’est arrivé" in page.text
    assert "Coulibaly" not in page.text
    token = page.text.split("/porteur/")[1].split('"')[0]
    take_back(post, client.get(f"/porteur/{token}").data, tmp_path)
    assert waiting(post.kiosk) == 0
    again = client.send(DOOR, DOOR, files=brought(bundle))
    assert "Tout était déjà là" in again.text


def test_a_carrier_with_a_wrong_file_is_told(office: Machine) -> None:
    client = office.client()
    page = client.send(DOOR, DOOR, files=brought(b"\xff\xd8 a photo"))
    assert page.status_code == 422
    assert "Ce fichier est abîmé" in page.text
    assert client.get("/porteur/nothing.kse").status_code == 404


def test_the_machines_door_takes_a_bundle_from_anybody(
    post: Post, office: Machine, bundle: bytes, tmp_path: Path
) -> None:
    answer = office.client().post(BUNDLE, data=bundle)
    assert answer.status_code == 202
    assert 'filename="R' in answer.headers["Content-Disposition"]
    take_back(post, answer.data, tmp_path)
    assert waiting(post.kiosk) == 0
    assert named(office) == ["Awa Coulibaly"]
    assert list(office.settings.spool.iterdir()) == []


@pytest.mark.parametrize(
    "change", [lambda b: b"", lambda b: b[:-1], lambda b: b"KSY1" + b[4:], lambda b: b + b]
)
def test_what_is_not_whole_is_422(office: Machine, bundle: bytes, change: object) -> None:
    answer = office.client().post(BUNDLE, data=change(bundle))  # type: ignore[operator]
    assert answer.status_code == 422
    assert answer.text.endswith(".")
    assert named(office) == []


def test_what_is_too_large_is_413(office: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.central.routes.courier.LARGEST", 1000)
    client = office.client()
    client.inspecting = False
    assert client.post(BUNDLE, data=bytes(1001)).status_code == 413
    assert list(office.settings.spool.iterdir()) == []


def test_who_brings_too_much_is_asked_to_wait(office: Machine) -> None:
    office.app.extensions["kiosk.gate"] = Gate(each=2)
    client = office.client()
    assert [client.post(BUNDLE, data=b"x").status_code for _ in range(3)] == [422, 422, 429]
    answer = client.post(BUNDLE, data=b"x")
    assert 3000 < int(answer.headers["Retry-After"]) <= 3600
    page = client.send(DOOR, DOOR, files=brought(b"x"))
    assert page.status_code == 429
    assert "Attendez un moment" in page.text


def test_the_gate_counts_by_address_in_all_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(clock, "monotonic", lambda: now)
    gate = Gate(each=2, every=3, at_once=1)
    for who in ("a", "a", "b"):
        with gate.through(who):
            pass
    for who in ("a", "c"):
        with pytest.raises(Crowded), gate.through(who):
            pass
    now = 3601.0
    with gate.through("a"), pytest.raises(Crowded), gate.through("b"):
        pass
    with gate.through("b"):
        pass
