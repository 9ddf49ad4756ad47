"""A local notice, from the manager's form to every phone."""

from tests.posts.test_writing_pages import words
from tests.support.machines import Machine
from tests.support.pages import Client

FORM = "/articles/nouveau/annonce"
NOTICE = {
    "title": "L’espace ferme vendredi à midi",
    "body": "Il rouvre samedi à huit heures.",
    "language": "fr",
}


def put_up(client: Client, **fields: str) -> str:
    answer = client.send(FORM, **{**NOTICE, "act": "publish", **fields})
    assert answer.status_code == 303
    return answer.location.split("?")[0]


def test_every_phone_sees_a_notice_without_signing_in(kiosk: Machine) -> None:
    stranger = kiosk.client()
    assert NOTICE["title"] not in words(stranger, "/actualites")
    put_up(kiosk.as_("manager"))
    assert NOTICE["title"] in words(stranger, "/actualites"), "the kept page gave way to the new one"


def test_a_notice_without_words_is_not_put_up(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    answer = manager.send(FORM, **{**NOTICE, "body": "", "act": "publish"})
    assert "Écrivez le texte." in words(manager, answer.location)
    assert NOTICE["title"] not in words(kiosk.client(), "/actualites")


def test_a_notice_is_taken_down_from_its_page_and_put_back(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    address = put_up(manager)
    assert manager.send(f"{address}/retirer", form_at=address).status_code == 303
    assert NOTICE["title"] not in words(kiosk.client(), "/actualites")
    assert f"{address}/afficher" in words(manager, address)
    manager.send(f"{address}/afficher", form_at=address)
    assert NOTICE["title"] in words(kiosk.client(), "/actualites")


def test_a_correction_goes_up_with_one_button(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    address = put_up(manager)
    manager.send(address, **{**NOTICE, "title": "L’espace ferme jeudi", "act": "publish"})
    page = words(kiosk.client(), "/actualites")
    assert "L’espace ferme jeudi" in page
    assert NOTICE["title"] not in page


def test_a_notice_kept_as_draft_is_nobody_s(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    manager.send(FORM, **{**NOTICE, "act": "save"})
    assert NOTICE["title"] in words(manager, "/articles")
    assert NOTICE["title"] not in words(kiosk.client(), "/actualites")
