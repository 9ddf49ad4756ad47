"""Who is on an article's picture: a minor never, and nobody who did not agree or took it back."""

import io
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from typing import BinaryIO

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from kiosk.library import services as library
from kiosk.library.services import Card
from kiosk.library.vocabulary import Kind, Licence, Theme
from kiosk.members import services as members
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.posts import likeness, queries, services
from kiosk.posts.text import Text, fingerprint
from kiosk.storage import Refusal, clock, pictures
from tests.members.photographing import give
from tests.members.photographing import picture as photo
from tests.posts.conftest import home
from tests.posts.hands import MARKET, hand_of
from tests.posts.test_there_and_back import decide, found
from tests.posts.test_writing_pages import write
from tests.support.machines import Machine
from tests.sync.carrying import carry
from tests.sync.conftest import link_up

SHOWN = {"words": "Dix femmes devant des ordinateurs", "shows": "people"}
Enter = Callable[..., tuple[uuid.UUID, str]]


@pytest.fixture
def enter(kiosk: Machine) -> Enter:
    """`enter("Awa", 2004, True)`: (uid, card) of who agreed to be photographed; None: not asked."""

    def entered(given: str, year: int, photo: bool | None = None) -> tuple[uuid.UUID, str]:
        with kiosk.writing("manager"):
            space = places.here_uid()
            assert space
            fields = {"given_name": given, "family_name": "Coulibaly", "sex": "F", "birth_year": year}
            one = members.register(space, [Purpose.REGISTER], **fields)  # type: ignore[arg-type]
            if photo is not None:
                members.answer(one.uid, Purpose.PHOTO, photo)
            return one.uid, one.card

    return entered


@pytest.fixture
def draft(kiosk: Machine) -> str:
    """The address of a draft of Fanta's."""
    return write(kiosk.as_("author"))


def put(
    kiosk: Machine, draft: str, role: str = "author", data: bytes | None = None, **said: str
) -> TestResponse:
    """Send a picture as its form does."""
    fields = {**SHOWN, **said}
    sent = data if data is not None else photo()
    return kiosk.as_(role).send(f"{draft}/photo", file=(io.BytesIO(sent), "marche.jpg"), **fields)


def uid_of(draft: str) -> uuid.UUID:
    return uuid.UUID(draft.split("/")[2])


def test_her_picture_at_thirteen_goes_with_no_article_whoever_agreed(
    kiosk: Machine, enter: Enter, draft: str
) -> None:
    girl, card = enter("Niamé", clock.today().year - 13)
    with kiosk.writing("manager"):
        members.answer(girl, Purpose.GUARDIAN, True)
    refused = put(kiosk, draft, names=card)
    assert refused.status_code == 422
    assert f"{card}\u00a0: Moins de 18 ans\u00a0: sa photo ne se publie pas." in refused.text
    assert "Niamé" not in refused.text, "Fanta sees no names"
    by_name = put(kiosk, draft, "manager", names="niame coulibaly")
    assert f"Niamé Coulibaly ({card})\u00a0: Moins de 18 ans" in by_name.text
    assert found(kiosk, uid_of(draft)).picture == ""


def test_who_was_not_asked_or_refused_is_told_apart_with_what_to_do(
    kiosk: Machine, enter: Enter, draft: str
) -> None:
    _, unasked = enter("Awa", 1999)
    _, refuses = enter("Sira", 1990, photo=False)
    answer = put(kiosk, draft, names=f"{unasked}\n{refuses}")
    assert answer.status_code == 422
    assert f"{unasked}\u00a0: Son accord pour la photo n’est pas noté." in answer.text
    assert f"{refuses}\u00a0: Cette personne refuse" in answer.text


UNSAID: tuple[tuple[dict[str, str], str], ...] = (
    ({"shows": ""}, "Dites si on reconnaît quelqu’un."),
    ({"names": ""}, "Nommez les personnes, ou cochez"),
    ({"words": "", "shows": "nobody"}, "Dites ce qu’on voit."),
    ({"names": "NIO-999999-9"}, "n’est pas dans le registre"),
    ({"names": "Awa Coulibaly"}, "n’est pas dans le registre"),
)


def test_nothing_is_kept_before_it_is_said_whom_it_shows(kiosk: Machine, enter: Enter, draft: str) -> None:
    enter("Awa", 1999, photo=True)
    for said, why in UNSAID:
        answer = put(kiosk, draft, **said)
        assert answer.status_code == 422 and why in answer.text, said
        assert found(kiosk, uid_of(draft)).picture == ""


def test_two_of_one_name_are_told_apart_by_their_cards(kiosk: Machine, enter: Enter, draft: str) -> None:
    cards = [enter("Awa", 1999, photo=True)[1] for _ in range(2)]
    answer = put(kiosk, draft, "manager", names="Awa Coulibaly")
    assert answer.status_code == 422 and all(card in answer.text for card in cards)


def test_a_photo_saved_from_a_member_s_card_is_no_picture_of_an_article(
    kiosk: Machine, enter: Enter, draft: str
) -> None:
    awa, card = enter("Awa", 1999, photo=True)
    give(kiosk, awa, photo())
    saved = kiosk.as_("manager").get(f"/membres/{awa}/photo.jpg").data
    answer = put(kiosk, draft, "manager", saved, names=card)
    assert answer.status_code == 422 and "vient de la fiche d’un membre" in answer.text
    assert not any((kiosk.data / "files").rglob("*/*"))
    with kiosk.writing("manager"):
        shelf = library.add(Card("Le marché", Kind.IMAGE, "fr", Theme.OTHER, Licence.HERE_ONLY), home())
    page = f"/mediatheque/{shelf.slug}/fichiers"
    sent = kiosk.as_("manager").send(page, file=(io.BytesIO(saved), "marche.jpg"), part="main")
    assert sent.status_code == 422 and "vient de la fiche d’un membre" in sent.text


def test_a_text_without_a_picture_keeps_the_name_it_had_before_pictures() -> None:
    assert fingerprint(MARKET) == "1e5684e2ed3be08262738ae161ab50c52d41584d3166abecd0243cfe3361fea6"
    assert fingerprint(MARKET) != fingerprint(Text(**{**vars(MARKET), "picture": "ab" * 32}))


def test_the_picture_goes_to_the_readers_and_away_with_her_word(
    kiosk: Machine, centre: Machine, enter: Enter, draft: str
) -> None:
    awa, card = enter("Awa", 1999, photo=True)
    assert put(kiosk, draft, names=card).status_code == 303
    station, uid = link_up(kiosk, centre), uid_of(draft)
    author = kiosk.as_("author")
    page = author.get(draft).text
    assert "Dix femmes devant des ordinateurs" in page and card in page
    seen = str(found(kiosk, uid).touched_at)
    write(author, draft, seen=seen, act="submit")
    station.exchange()
    carry(station)
    desk = centre.as_("coordinator").get(f"/redaction/{uid}").text
    assert card in desk and "Awa" not in desk and "/photo/" in desk
    decide(centre, uid, "valider", read=found(centre, uid).revision_hash, act="publish")
    address = f"/actualites/{found(centre, uid).slug}"
    reader = centre.client()
    assert "photo.jpg" in reader.get(address).text
    shown = reader.get(f"{address}/photo.jpg")
    assert shown.status_code == 200 and shown.headers["Cache-Control"] == "no-cache"
    assert Image.open(io.BytesIO(shown.data)).format == "JPEG" and b"14.26 north" not in shown.data
    with kiosk.writing("manager"):
        members.answer(awa, Purpose.PHOTO, False)
    station.exchange()
    for one in (centre.client(), kiosk.client()):
        assert "photo.jpg" not in one.get(address).text
        assert one.get(f"{address}/photo.jpg").status_code == 404


def test_everybody_else_may_write_while_a_picture_is_drawn(
    kiosk: Machine, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, written = pictures.made_anew, []

    def slowly(stream: BinaryIO) -> bytes:
        with closing(sqlite3.connect(kiosk.data / "kiosk.db", timeout=0)) as other:
            written.append(other.execute("BEGIN IMMEDIATE"))
        return draw(stream)

    monkeypatch.setattr(pictures, "made_anew", slowly)
    assert put(kiosk, draft, shows="nobody").status_code == 303 and written


def test_what_a_picture_shows_is_said_again_where_its_file_has_not_come_yet(
    kiosk: Machine, draft: str
) -> None:
    put(kiosk, draft, shows="nobody")
    name = found(kiosk, uid_of(draft)).picture
    (kiosk.data / "files" / name[:2] / name).unlink()
    said = {**SHOWN, "shows": "nobody", "words": "Le marché"}
    assert kiosk.as_("author").send(f"{draft}/photo", **said).status_code == 303
    assert found(kiosk, uid_of(draft)).picture_words == "Le marché"


def test_a_word_taken_back_stops_the_text_at_the_desk(kiosk: Machine, enter: Enter, draft: str) -> None:
    awa, card = enter("Awa", 1999, photo=True)
    put(kiosk, draft, names=card)
    uid = uid_of(draft)
    with kiosk.writing("author"):
        post = queries.find(uid)
        assert post
        services.submit(post, hand_of(kiosk, "author"))
        members.answer(awa, Purpose.PHOTO, False)
        for move in ("approve", "publish"):
            said = likeness.why_not(move, post, hand_of(kiosk, "editor"))
            assert said and card in str(said)
        with pytest.raises(Refusal, match="ne peut pas être publiée"):
            services.approve(post, hand_of(kiosk, "editor"), post.revision_hash)
        services.send_back(post, hand_of(kiosk, "editor"), "Changez la photo")
    assert "Cette personne refuse" in kiosk.as_("author").get(draft).text
    away = kiosk.as_("author").send(f"{draft}/photo/retirer", form_at=f"{draft}/photo")
    assert away.status_code == 303 and found(kiosk, uid).picture == ""


def test_a_new_version_takes_no_name_off_a_picture_that_readers_have(
    kiosk: Machine, enter: Enter, draft: str
) -> None:
    """Un-named, she whose word hid the picture would be seen again before the desk read anything."""
    awa, card = enter("Awa", 1999, photo=True)
    _, other = enter("Sira", 1990, photo=True)
    put(kiosk, draft, names=card)
    uid = uid_of(draft)
    with kiosk.writing("author"):
        post = queries.find(uid)
        assert post
        services.submit(post, hand_of(kiosk, "author"))
        services.approve_and_publish(post, hand_of(kiosk, "editor"), post.revision_hash)
        services.revise(post, hand_of(kiosk, "author"))
    for said in ({"names": other}, {"shows": "nobody"}):
        refused = put(kiosk, draft, **said)
        assert refused.status_code == 422 and "On n’y retire personne" in refused.text
    assert put(kiosk, draft, names=f"{card}\n{other}").status_code == 303
    with kiosk.writing("manager"):
        members.answer(awa, Purpose.PHOTO, False)
        post = queries.find(uid)
        assert post and not likeness.may_be_seen(uid, post.picture)


def test_a_stranger_sees_no_picture_of_a_draft(kiosk: Machine, draft: str) -> None:
    put(kiosk, draft, shows="nobody")
    name = found(kiosk, uid_of(draft)).picture
    assert kiosk.as_("author").get(f"{draft}/photo/{name}.jpg").status_code == 200
    assert kiosk.client().get(f"{draft}/photo/{name}.jpg").status_code == 303
    assert kiosk.as_("author").get(f"{draft}/photo/{'0' * 64}.jpg").status_code == 404
    assert kiosk.as_("author").get(f"{draft}/photo/x.jpg").status_code == 404
