"""The page of public accounts at the centre: added, corrected, put in order, retired; never a secret."""

import re
from xml.etree import ElementTree as ET

import pytest

from kiosk.posts.channels import queries, services
from kiosk.posts.channels.models import PublicAccount
from kiosk.posts.channels.services import Card
from kiosk.storage import Refusal
from tests.posts.hands import FECONG, hand_of
from tests.posts.test_writing_pages import words
from tests.support.machines import Machine

PAGE = "/redaction/comptes"
FIELDS = {"network": "x", "handle": "@FecongMali", "address": ""}


def handles(centre: Machine) -> list[str]:
    with centre.open():
        return [one.handle for one in queries.shown()]


@pytest.fixture
def three(centre: Machine) -> list[PublicAccount]:
    """The site, the page and the handle, in this order."""
    with centre.writing():
        cards = (Card("site", "www.fecong.example"), FECONG, Card("x", "@FecongX"))
        return [services.add(hand_of(centre, "coordinator"), card) for card in cards]


@pytest.mark.parametrize("role", ["coordinator", "editor"])
def test_an_account_is_added_corrected_and_read_by_everybody(role: str, centre: Machine) -> None:
    desk = centre.as_(role)
    assert "Aucun compte pour l’instant." in words(desk, PAGE)
    assert desk.send(f"{PAGE}/nouveau", **FIELDS).status_code == 303
    assert "@FecongMali" in words(centre.client(), "/")
    with centre.open():
        uid = queries.shown()[0].uid
    address = "https://x.com/FecongMali"
    assert desk.send(f"{PAGE}/{uid}", **{**FIELDS, "address": address}).status_code == 303
    page = words(centre.client(), "/actualites")
    assert f'href="{address}" rel="external noopener noreferrer"' in page
    assert "Ces liens demandent Internet." in page


def test_nothing_is_said_where_there_is_no_account(centre: Machine, kiosk: Machine) -> None:
    for machine in (centre, kiosk):
        for path in ("/", "/actualites"):
            assert "Nos comptes" not in words(machine.client(), path)


def test_a_name_without_address_is_plain_text(centre: Machine) -> None:
    centre.as_("editor").send(f"{PAGE}/nouveau", **FIELDS)
    page = words(centre.client(), "/")
    assert "<b>@FecongMali</b>" in page
    assert "Ces liens" not in page


def test_an_account_goes_up_and_the_first_stays_first(centre: Machine, three: list[PublicAccount]) -> None:
    desk = centre.as_("editor")
    for _ in range(3):
        desk.send(f"{PAGE}/{three[2].uid}/monter", form_at=PAGE)
    assert handles(centre) == ["@FecongX", "www.fecong.example", "@FecongMali"]


def test_an_account_is_retired_and_brought_back(centre: Machine, three: list[PublicAccount]) -> None:
    desk = centre.as_("editor")
    desk.send(f"{PAGE}/{three[1].uid}/retirer", form_at=f"{PAGE}/{three[1].uid}")
    assert handles(centre) == ["www.fecong.example", "@FecongX"]
    assert "Retiré" in words(desk, PAGE)
    card = f"{PAGE}/{three[1].uid}"
    lit = re.findall(r'<a[^>]*aria-current="page".*?</a>', words(desk, card))
    assert "<span>Comptes publics</span>" in lit[0]
    desk.send(f"{card}/remettre", form_at=card)
    assert handles(centre) == ["www.fecong.example", "@FecongMali", "@FecongX"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"handle": " "}, "Le nom du compte manque."),
        ({"handle": "EAAGm0PX4ZCpsBAKfecongmalitokenabcdef"}, "Cela ressemble à un mot de passe."),
        ({"handle": "abcd EFGH ijkl MNOP qrst UVWX"}, "Cela ressemble à un mot de passe."),
        ({"address": "www.fecong.example"}, "Écrivez une adresse entière."),
        ({"address": "javascript:alert(1)//a.b"}, "Écrivez une adresse entière."),
        ({"address": "https://[fecong"}, "Écrivez une adresse entière."),
        ({"address": "https://moi:sesame@fecong.example/"}, "Cette adresse porte un mot de passe."),
        ({"address": "https://fb.example/me?access_token=EAAG"}, "Cette adresse porte un mot de passe."),
        ({"address": "https://fb.example/#access_token=EAAG"}, "Cette adresse porte un mot de passe."),
        ({"network": "facebook"}, "Ce compte est déjà dans la liste."),
        ({"network": "minitel"}, "Cette réponse n’est pas dans la liste"),
    ],
)
def test_what_is_no_public_account_is_refused_on_the_same_page(
    changes: dict[str, str], said: str, centre: Machine, three: list[PublicAccount]
) -> None:
    fields = {**FIELDS, "handle": FECONG.handle, **changes}
    answer = centre.as_("editor").send(f"{PAGE}/nouveau", **fields)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert len(handles(centre)) == len(three)


def test_a_long_public_name_and_a_page_number_are_no_secrets(centre: Machine) -> None:
    fields = {
        "network": "youtube",
        "handle": "Fédération des collectifs d’ONG du Mali",
        "address": "https://www.facebook.com/profile.php?id=100064",
    }
    assert centre.as_("editor").send(f"{PAGE}/nouveau", **fields).status_code == 303


def test_only_the_desk_at_the_centre_writes(kiosk: Machine, centre: Machine) -> None:
    for machine, role in ((kiosk, "manager"), (kiosk, "editor"), (centre, "author")):
        with machine.writing(), pytest.raises(Refusal, match="tenus au centre"):
            services.add(hand_of(machine, role), FECONG)
    for role in ("manager", "author"):
        assert kiosk.as_(role).get(PAGE).status_code == 404


def test_a_network_of_a_newer_version_is_shown_and_kept(centre: Machine) -> None:
    with centre.writing():
        uid = services.add(hand_of(centre, "editor"), Card("mastodon", "@fecong")).uid
    assert "mastodon" in words(centre.client(), "/")
    fields = {"network": "mastodon", "handle": "@FecongMali", "address": ""}
    assert centre.as_("editor").send(f"{PAGE}/{uid}", **fields).status_code == 303
    assert handles(centre) == ["@FecongMali"]


def test_the_feed_says_where_else_the_federation_speaks(centre: Machine, three: list[PublicAccount]) -> None:
    feed = ET.fromstring(centre.client().get("/actualites/flux.atom").data)
    links = {one.get("rel"): one for one in feed.findall("{http://www.w3.org/2005/Atom}link")}
    assert links["related"].get("href") == FECONG.address
    assert links["related"].get("title") == "Facebook @FecongMali"
