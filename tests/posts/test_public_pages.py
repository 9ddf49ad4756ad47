"""What everybody reads, and the Atom feed."""

from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from kiosk.posts import queries, services
from kiosk.posts.models import Post
from tests.posts.hands import Statements, hand_of, of_posts
from tests.posts.test_writing_pages import words
from tests.support.machines import Machine

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shown(kiosk: Machine, article: Callable[..., Post]) -> Callable[..., str]:
    """Publish an article of Fanta's and return its address."""

    def publish(**changes: object) -> str:
        with kiosk.writing():
            author, editor = hand_of(kiosk, "author"), hand_of(kiosk, "editor")
            post = services.submit(article(**changes), author)
            services.approve_and_publish(post, editor, post.revision_hash)
            return f"/actualites/{post.slug}"

    return publish


def test_a_published_article_is_in_the_list_and_at_its_address(
    kiosk: Machine, shown: Callable[..., str]
) -> None:
    address, stranger = shown(body="## Six séances\n\n**Onze** femmes."), kiosk.client()
    assert f'href="{address}"' in words(stranger, "/actualites")
    page = words(stranger, address)
    assert "<h2>Six séances</h2>" in page
    assert "<strong>Onze</strong>" in page
    assert "Fanta Traoré" in page
    assert "19 novembre 2026" in page


def test_a_draft_and_a_text_at_the_desk_have_no_public_page(
    kiosk: Machine, article: Callable[..., Post]
) -> None:
    with kiosk.writing():
        draft = article()
        queued = services.submit(article(), hand_of(kiosk, "author"))
    stranger = kiosk.client()
    for post in (draft, queued):
        assert stranger.get(f"/actualites/{post.uid}").status_code == 404
    assert stranger.get(f"/actualites/{queued.slug}").status_code == 404


def test_the_address_by_id_works_too(kiosk: Machine, shown: Callable[..., str]) -> None:
    shown()
    with kiosk.open():
        uid = queries.latest_public()[0].post.uid
    assert kiosk.client().get(f"/actualites/{uid}").status_code == 200


@pytest.mark.parametrize("address", ["rien", "%00", "../..", "é" * 300, "flux.rss"])
def test_a_strange_address_is_calmly_not_found(kiosk: Machine, address: str) -> None:
    assert kiosk.client().get(f"/actualites/{address}").status_code == 404


def test_an_empty_list_says_so(kiosk: Machine) -> None:
    assert "Pas encore de nouvelles" in words(kiosk.client(), "/actualites")


def test_the_list_goes_from_page_to_page(kiosk: Machine, shown: Callable[..., str]) -> None:
    for number in range(21):
        shown(title=f"Article {number:02}")
    stranger = kiosk.client()
    assert "Article 20" in words(stranger, "/actualites")
    assert "Article 00" in words(stranger, "/actualites?page=2")


def test_the_list_is_one_question_however_long(
    kiosk: Machine, shown: Callable[..., str], statements: Statements
) -> None:
    for number in range(5):
        shown(title=f"Article {number}")
    with statements(99) as asked:
        words(kiosk.as_("author"), "/actualites")
    assert of_posts(asked) == 1


def test_the_feed_is_atom_that_a_reader_understands(kiosk: Machine, shown: Callable[..., str]) -> None:
    address = shown(title="Riz & huile <au> marché", body="**Onze** femmes & une.", ngo_name="AFAD")
    answer = kiosk.client().get("/actualites/flux.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    entry = feed.find(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert entry is not None
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}title") == "Riz & huile <au> marché"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Fanta Traoré"
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert "<strong>Onze</strong> femmes &amp; une." in (content.text or "")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").endswith(address)
    for tag in ("updated", "published"):
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}{tag}") or "").tzinfo is not None


def test_an_empty_feed_is_still_a_feed(kiosk: Machine) -> None:
    feed = ET.fromstring(kiosk.client().get("/actualites/flux.atom").data)
    assert feed.findtext(f"{ATOM}updated")
    assert feed.findall(f"{ATOM}entry") == []


def test_letters_that_xml_forbids_do_not_break_the_feed(kiosk: Machine, shown: Callable[..., str]) -> None:
    shown(title="Un\x0btitre\x00", body="Un\x0ctexte")
    assert ET.fromstring(kiosk.client().get("/actualites/flux.atom").data) is not None


def test_a_bambara_text_carries_its_language(kiosk: Machine, shown: Callable[..., str]) -> None:
    address = shown(title="Kibaru", body="Kibaru", language="bm")
    assert 'lang="bm"' in words(kiosk.client(), address)
