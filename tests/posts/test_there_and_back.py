"""An article's whole journey: written at Nioro, approved at the centre, shown in both places."""

import uuid

from kiosk.posts import queries, services
from kiosk.posts.models import Post, State
from kiosk.posts.text import Text
from tests.posts.hands import MARKET, hand_of
from tests.posts.test_writing_pages import FIELDS, words, write
from tests.support.machines import Machine
from tests.sync.conftest import Post as Station
from tests.sync.conftest import link_up


def found(machine: Machine, uid: uuid.UUID) -> Post:
    with machine.open():
        post = queries.find(uid)
        assert post is not None
        return post


def decide(centre: Machine, uid: uuid.UUID, how: str, **fields: str) -> None:
    page = f"/redaction/{uid}"
    answer = centre.as_("coordinator").send(f"{page}/{how}", form_at=page, **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def submitted(station: Station) -> uuid.UUID:
    address = write(station.kiosk.as_("author"), act="submit")
    station.exchange()
    return uuid.UUID(address.split("/")[2])


def test_an_article_goes_to_the_centre_and_its_approval_comes_back(kiosk: Machine, centre: Machine) -> None:
    station = link_up(kiosk, centre)
    uid = submitted(station)
    desk = words(centre.as_("coordinator"), "/redaction")
    assert FIELDS["title"] in desk
    assert "Nioro" in desk
    decide(centre, uid, "valider", read=found(centre, uid).revision_hash, act="publish")
    assert FIELDS["title"] in words(centre.client(), "/actualites")
    assert FIELDS["title"] in centre.client().get("/actualites/flux.atom").get_data(as_text=True)
    assert FIELDS["title"] not in words(kiosk.client(), "/actualites")
    station.exchange()
    assert FIELDS["title"] in words(kiosk.client(), "/actualites")
    page = words(kiosk.as_("author"), f"/articles/{uid}")
    assert "Salimata Coulibaly" in page
    with kiosk.open():
        moves = [event.move for event in queries.history(found(kiosk, uid))]
    assert moves == ["publish", "approve", "submit", "create"]


def test_a_comment_of_the_desk_is_read_offline_and_answered(kiosk: Machine, centre: Machine) -> None:
    station = link_up(kiosk, centre)
    uid = submitted(station)
    decide(centre, uid, "renvoyer", **{"renvoi-comment": "Dites où cela se passe."})
    station.exchange()
    author = kiosk.as_("author")
    assert "Dites où cela se passe." in words(author, f"/articles/{uid}")
    seen = str(found(kiosk, uid).touched_at)
    write(author, f"/articles/{uid}", place="Nioro, salle 2", seen=seen, act="submit")
    station.exchange()
    at_desk = found(centre, uid)
    assert (at_desk.state, at_desk.revision) == (State.QUEUED, 2)
    assert "Nioro, salle 2" in words(centre.as_("editor"), f"/redaction/{uid}?version=1")


def test_taken_back_at_nioro_while_published_at_the_centre(kiosk: Machine, centre: Machine) -> None:
    """Neither knew of the other: readers keep the approved text, the writers their new draft."""
    station = link_up(kiosk, centre)
    uid = submitted(station)
    decide(centre, uid, "valider", read=found(centre, uid).revision_hash, act="publish")
    with kiosk.writing():
        author = hand_of(kiosk, "author")
        post = services.recall(found_here(uid), author)
        services.rewrite(post, author, Text(**{**MARKET.values(), "title": "Titre changé"}))
    for _ in range(2):
        station.exchange()
    for machine in (kiosk, centre):
        page = words(machine.client(), "/actualites")
        assert FIELDS["title"] in page
        assert "Titre changé" not in page
    assert found(kiosk, uid).state == found(centre, uid).state
    assert found(kiosk, uid).title == found(centre, uid).title == "Titre changé"
    page = words(kiosk.as_("author"), f"/articles/{uid}")
    assert "Titre changé" in page
    assert "changé depuis son envoi" in page or 'name="seen"' in page


def found_here(uid: uuid.UUID) -> Post:
    post = queries.find(uid)
    assert post is not None
    return post


def test_a_notice_goes_up_and_stays_local(kiosk: Machine, centre: Machine) -> None:
    station = link_up(kiosk, centre)
    fields = {"title": "L’espace ferme à midi", "body": "Vendredi.", "language": "fr", "act": "publish"}
    assert kiosk.as_("manager").send("/articles/nouveau/annonce", **fields).status_code == 303
    station.exchange()
    assert fields["title"] in words(kiosk.client(), "/actualites")
    assert fields["title"] not in words(centre.client(), "/actualites")
    with centre.open():
        assert queries.counts()["published"] == 1
