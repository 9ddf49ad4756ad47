"""The door: where a reader may be sent, what a shared computer keeps, the key of the cookies."""

import pytest

from kiosk.web.addresses import safe_path
from kiosk.web.security import secret_key
from tests.support.machines import Machine


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "/\t/evil.example", "/\r/evil.example", "/\n/e", "https://e", ""],
)
def test_nobody_is_sent_to_another_host(target: str) -> None:
    assert safe_path(target, "/ici") == "/ici"


def test_the_way_back_keeps_accents_and_questions() -> None:
    assert safe_path("/membres?q=Kéïta&page=2") == "/membres?q=Kéïta&page=2"


def test_a_shared_computer_keeps_no_page_of_the_staff(kiosk: Machine) -> None:
    assert kiosk.as_("manager").get("/membres").headers["Cache-Control"] == "no-store"
    assert kiosk.client().get("/programme").headers["Cache-Control"] == "no-cache"


def test_a_power_cut_while_the_key_of_the_cookies_is_made_is_mended(kiosk: Machine) -> None:
    (kiosk.data / "secret").write_bytes(b"")
    made = secret_key(kiosk.data)
    assert len(made) == 32
    assert secret_key(kiosk.data) == made
