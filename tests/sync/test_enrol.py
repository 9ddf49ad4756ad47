"""Enrolment: a code read over the telephone becomes a key, once."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.storage import clock
from kiosk.sync import code as codes
from kiosk.sync import keyfile
from kiosk.sync.enrol import enrol
from kiosk.sync.line import Answer, checked
from kiosk.sync.trouble import (
    CodeMistyped,
    CodeRefused,
    KeyUnreadable,
    NotEnrolled,
    NotSafe,
    NotTheCentre,
    OtherSpace,
)
from tests.support.machines import Machine
from tests.sync.conftest import code_for
from tests.sync.wire import Wsgi

HERE = "http://127.0.0.1"


def join(kiosk: Machine, centre: Machine, code: str) -> keyfile.Identity:
    return enrol(kiosk.store, kiosk.data, HERE, code, "test", Wsgi(centre.app))


def test_a_code_makes_a_key(kiosk: Machine, any_centre: Machine) -> None:
    made = join(kiosk, any_centre, code_for(any_centre, "NIO"))
    assert made.space == "NIO"
    assert keyfile.load(kiosk.data) == made
    assert made.scopes[0] == "all"


@pytest.mark.parametrize(
    "spelt",
    [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "").replace("0", "O")],
)
def test_a_code_may_be_typed_in_many_ways(
    kiosk: Machine, centre: Machine, spelt: Callable[[str], str]
) -> None:
    assert join(kiosk, centre, spelt(code_for(centre, "NIO"))).node_no == 1


def test_a_code_serves_once(kiosk: Machine, centre: Machine, machine: Callable[..., Machine]) -> None:
    code = code_for(centre, "NIO")
    join(kiosk, centre, code)
    other = machine()
    with other.writing() as current:
        current.execute(text("update sync_self set stream_uid = randomblob(16)"))
    with pytest.raises(CodeRefused):
        join(other, centre, code)


class Gone(Wsgi):
    """A proxy that says of every page that it is gone."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        return Answer(410, {"Content-Type": "text/html"}, b"<h1>Gone</h1>", 0, 0, 0.0)


def test_a_proxy_that_says_gone_is_not_a_centre_that_refuses_the_code(
    kiosk: Machine, centre: Machine
) -> None:
    code = code_for(centre, "NIO")
    with pytest.raises(NotTheCentre):
        enrol(kiosk.store, kiosk.data, HERE, code, "test", Gone(centre.app))
    assert join(kiosk, centre, code).space == "NIO"


def test_a_code_of_another_centre_is_refused(
    kiosk: Machine, centre: Machine, machine: Callable[..., Machine]
) -> None:
    """Nothing here can sign that refusal; it says of itself that it comes from a centre."""
    with pytest.raises(CodeRefused):
        join(kiosk, centre, code_for(machine("central"), "NIO"))


def test_a_lost_answer_gives_the_same_key_again(kiosk: Machine, centre: Machine) -> None:
    code = code_for(centre, "NIO")
    assert join(kiosk, centre, code) == join(kiosk, centre, code)


def test_a_code_is_good_for_seven_days_by_the_centres_clock(
    kiosk: Machine, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_for(centre, "NIO")
    now = clock.now_ms()
    monkeypatch.setattr(clock, "now_ms", lambda: now + 8 * 86_400_000)
    with pytest.raises(CodeRefused):
        join(kiosk, centre, code)


@pytest.mark.parametrize("change", [lambda c: c[:-1], lambda c: "0" + c[1:] if c[0] != "0" else "1" + c[1:]])
def test_a_mistyped_code_is_caught_before_anything_is_sent(
    kiosk: Machine, centre: Machine, change: Callable[[str], str]
) -> None:
    line = Wsgi(centre.app)
    with pytest.raises(CodeMistyped):
        enrol(kiosk.store, kiosk.data, HERE, change(code_for(centre, "NIO")), "test", line)
    assert line.calls == 0


def test_a_code_for_another_space_is_refused(kiosk: Machine, centre: Machine) -> None:
    with pytest.raises(OtherSpace):
        join(kiosk, centre, code_for(centre, "KAY"))


@pytest.mark.parametrize("address", ["http://centre.example", "ftp://127.0.0.1", "centre", "http://10.0.0.1"])
def test_plain_http_is_for_this_very_machine(address: str) -> None:
    with pytest.raises(NotSafe):
        checked(address)


def test_https_and_loopback_are_taken() -> None:
    for address in (
        "https://centre.example",
        "http://localhost:8080",
        "http://127.0.0.2:1",
        "http://[::1]:8",
    ):
        checked(address)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"node_no": 1}', '{"secret": "é"}'])
def test_a_damaged_key_file_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / keyfile.NAME).write_text(content)
    with pytest.raises(KeyUnreadable):
        keyfile.load(tmp_path)


def test_a_machine_without_key_is_not_enrolled(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled):
        keyfile.load(tmp_path)


def test_a_code_pins_the_centres_own_authority(kiosk: Machine, centre: Machine, tmp_path: Path) -> None:
    (centre.data / "ca.pem").write_text(certificate(tmp_path, "le centre"))
    code = codes.read(code_for(centre, "NIO"))
    assert code.pin
    made = enrol(kiosk.store, kiosk.data, "https://127.0.0.1", str(code), "test", Wsgi(centre.app))
    assert made.authority == (centre.data / "ca.pem").read_text()
    (centre.data / "ca.pem").write_text(certificate(tmp_path, "un autre"))
    with pytest.raises(NotTheCentre):
        enrol(kiosk.store, kiosk.data, "https://127.0.0.1", str(code), "test", Wsgi(centre.app))


def certificate(folder: Path, name: str) -> str:
    """Make a self-signed certificate."""
    target = folder / "made.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    places = ["-keyout", str(folder / "made.key"), "-out", str(target), "-days", "2", "-subj", f"/CN={name}"]
    subprocess.run([*command, *places], check=True, capture_output=True)
    return target.read_text()
