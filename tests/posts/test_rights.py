"""Who may open what: every right of this room, from both sides."""

import uuid

import pytest

from tests.posts.test_writing_pages import FIELDS, write
from tests.support.machines import Machine

NOWHERE = uuid.UUID(int=1)
WRITERS_PAGES = ["/articles", "/articles/nouveau", f"/articles/{NOWHERE}", f"/articles/{NOWHERE}/apercu"]
DESK_PAGES = ["/redaction", f"/redaction/{NOWHERE}"]


@pytest.mark.parametrize("path", [*WRITERS_PAGES, "/articles/nouveau/annonce"])
def test_a_stranger_is_asked_to_sign_in(kiosk: Machine, path: str) -> None:
    answer = kiosk.client().get(path)
    assert (answer.status_code, "/connexion" in answer.location) == (303, True)


@pytest.mark.parametrize("path", [*WRITERS_PAGES, "/articles/nouveau/annonce"])
def test_a_trainer_does_not_write(kiosk: Machine, path: str) -> None:
    assert kiosk.as_("trainer").get(path).status_code == 403


@pytest.mark.parametrize("role", ["author", "manager"])
def test_an_author_and_a_manager_write(kiosk: Machine, role: str) -> None:
    assert write(kiosk.as_(role)).startswith("/articles/")


def test_an_author_puts_up_no_notice_and_a_manager_does(kiosk: Machine) -> None:
    assert kiosk.as_("author").get("/articles/nouveau/annonce").status_code == 403
    assert kiosk.as_("manager").get("/articles/nouveau/annonce").status_code == 200


def test_an_author_does_not_see_the_text_of_another(kiosk: Machine) -> None:
    address = write(kiosk.as_("manager"))
    author = kiosk.as_("author")
    assert author.get(address).status_code == 404
    assert author.send(address, form_at="/articles/nouveau", **FIELDS).status_code == 404
    assert author.send(f"{address}/jeter", form_at="/articles/nouveau").status_code == 404
    assert kiosk.as_("manager").get(address).status_code == 200


def test_an_author_never_sees_the_register(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    listed = [rule.rule for rule in kiosk.app.url_map.iter_rules() if rule.rule.startswith("/membres")]
    for path in listed:
        if "<" not in path:
            assert author.get(path).status_code in (403, 405), path


def test_the_desk_is_not_at_the_kiosk(kiosk: Machine) -> None:
    assert kiosk.as_("manager").get("/redaction").status_code == 404


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_stranger_at_the_centre_is_asked_to_sign_in(centre: Machine, path: str) -> None:
    assert centre.client().get(path).status_code == 303


@pytest.mark.parametrize("role", ["coordinator", "editor"])
def test_the_coordinator_and_the_editor_read_the_desk(centre: Machine, role: str) -> None:
    assert centre.as_(role).get("/redaction").status_code == 200


@pytest.mark.parametrize(
    "act", ["valider", "renvoyer", "retirer", "publier", "remettre", "archiver", "ressortir"]
)
def test_the_desk_acts_by_post_only_and_only_for_its_own(centre: Machine, act: str) -> None:
    path = f"/redaction/{NOWHERE}/{act}"
    assert centre.as_("editor").get(path).status_code == 405
    assert centre.client().post(path).status_code in (303, 400)


def test_a_move_without_its_token_is_refused(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    address = write(author)
    assert author.post(f"{address}/jeter").status_code == 400
