"""The writers' pages: begin, keep, send, take back, from every side of the counter."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.posts import queries, services
from kiosk.posts.models import Post, State
from kiosk.storage import session
from tests.posts.hands import Statements, hand_of, of_posts
from tests.support.machines import Machine
from tests.support.pages import Client

FIELDS = {
    "title": "Les femmes du marché passent au tableur",
    "standfirst": "À Nioro, douze commerçantes tiennent leurs comptes.",
    "body": "Hawa Diawara ouvre sa feuille de calcul.",
    "place": "Nioro, salle 1",
    "event_date": "19/11/2026",
    "language": "fr",
    "author_name": "Fanta Traoré",
    "ngo_name": "AFAD",
}


def write(client: Client, at: str = "/articles/nouveau", **fields: str) -> str:
    """Fill the form and return the post's address."""
    answer = client.send(at, **{**FIELDS, **fields})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location.split("?")[0]


def kept(kiosk: Machine, address: str) -> Post:
    with kiosk.open():
        post = session().get(Post, uuid.UUID(address.split("/")[2]))
        assert post is not None
        return post


def words(client: Client, address: str) -> str:
    return client.get(address, follow_redirects=True).get_data(as_text=True)


def test_a_draft_outlives_the_machine_with_its_author_and_its_ngo(kiosk: Machine) -> None:
    address = write(kiosk.as_("author"), act="save")
    kiosk.store.close()
    post = kept(Machine(kiosk.settings, kiosk.people), address)
    assert (post.title, post.author_name, post.ngo_name) == (FIELDS["title"], "Fanta Traoré", "AFAD")
    assert post.author_uid == kiosk.people["author"].uid
    assert post.state == State.DRAFT


def test_a_draft_may_be_as_short_as_one_word(kiosk: Machine) -> None:
    empty = dict.fromkeys(FIELDS, "") | {"title": "Marché", "language": "fr"}
    assert kept(kiosk, write(kiosk.as_("author"), **empty)).title == "Marché"


def test_only_published_languages_are_offered(kiosk: Machine) -> None:
    page = words(kiosk.as_("author"), "/articles/nouveau")
    assert "Bamanankan</option>" in page and "⟦" not in page


def test_sending_without_place_or_date_keeps_the_words_and_names_what_lacks(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    answer = author.send("/articles/nouveau", **{**FIELDS, "place": "", "event_date": "", "act": "submit"})
    page = words(author, answer.location)
    assert "Dites où. Exemple" in page
    assert "Dites quand. Exemple" in page
    assert FIELDS["body"] in page
    assert kept(kiosk, answer.location.split("?")[0]).state == State.DRAFT


def test_an_article_is_sent_and_taken_back_with_one_button(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    address = write(author, act="submit")
    page = words(author, address)
    assert "envoyé en relecture" in page
    assert kept(kiosk, address).state == State.QUEUED
    undo = f"{address}/reprendre"
    assert undo in page
    assert author.send(undo, form_at=address).status_code == 303
    assert kept(kiosk, address).state == State.DRAFT


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "a" * 10_000),
        ("event_date", "31/02/2026"),
        ("event_date", "demain"),
        ("event_date", "19/11/0026"),
        ("body", "b" * 20_001),
        ("language", "klingon"),
        ("collective", "pas-un-uid"),
        ("commune", "MLXXXX"),
    ],
)
def test_a_wrong_answer_is_said_and_what_was_typed_stays(kiosk: Machine, field: str, typed: str) -> None:
    answer = kiosk.as_("author").send("/articles/nouveau", **{**FIELDS, field: typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert FIELDS["standfirst"] in page
    if field in ("title", "body", "event_date"):
        # A novel in the title comes back short, still beyond the bound: she sees where to cut.
        assert typed[:2_000] in page


def test_hostile_characters_are_taken_out_and_markup_stays_words(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    address = write(author, title="<script>alert(1)</script>\x00\u202eoiro", body="<img src=x onerror=y>")
    assert kept(kiosk, address).title == "<script>alert(1)</script>oiro"
    page = words(author, f"{address}/apercu")
    assert "<script>alert" not in page
    assert "<img" not in page


def test_ten_thousand_characters_are_a_text_like_another(kiosk: Machine) -> None:
    body = "mot " * 2_500
    assert kept(kiosk, write(kiosk.as_("author"), body=body)).body == body.strip()


def test_a_text_changed_by_someone_else_is_not_overwritten_unseen(kiosk: Machine) -> None:
    author, manager = kiosk.as_("author"), kiosk.as_("manager")
    address = write(author)
    seen = str(kept(kiosk, address).touched_at)
    write(manager, address, title="Titre de Kadidia", seen=seen)
    answer = author.send(address, **{**FIELDS, "title": "Titre de Fanta", "seen": seen})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Quelqu’un a changé ce texte" in page
    assert "Titre de Fanta" in page
    again = re.search(r'name="seen" value="(\d+)"', page)
    assert again
    write(author, address, title="Titre de Fanta", seen=again[1])
    assert kept(kiosk, address).title == "Titre de Fanta"


def test_a_draft_is_thrown_away_and_comes_back(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    address = write(author)
    page = author.send(f"{address}/jeter", form_at=address).location
    assert f"{address}/retablir" in words(author, page)
    assert author.get(address).status_code == 404
    author.send(f"{address}/retablir", form_at="/articles/nouveau")
    assert author.get(address).status_code == 200


def test_the_checklist_stands_beside_the_text(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    page = words(author, write(author, body="« Je perdais des pages », dit Hawa Diawara.", place=""))
    assert "Votre article dit-il…" in page
    assert "AFAD et Hawa Diawara" in page
    assert "Écrivez le lieu." in page
    assert "Demandez l’accord de la personne citée." in page


def test_the_editor_s_comment_and_the_history_are_shown_to_the_author(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    address = write(author, act="submit")
    with kiosk.writing():
        post = queries.find(uuid.UUID(address.split("/")[2]))
        assert post is not None
        services.send_back(post, hand_of(kiosk, "editor"), "Dites où cela se passe.")
    page = words(author, address)
    assert "Oumar Tounkara, le " in page
    assert "Dites où cela se passe." in page
    assert "À corriger" in page


@pytest.mark.parametrize("role", ["author", "manager"])
def test_the_board_asks_two_questions_however_many_posts(
    kiosk: Machine, role: str, statements: Statements, article: Callable[..., Post]
) -> None:
    with kiosk.writing():
        for number in range(40):
            article(title=f"Article {number}")
    client = kiosk.as_(role)
    client.get("/articles")
    with statements(99) as asked:
        page = words(client, "/articles")
    assert of_posts(asked) == 2
    assert "Tout voir : Brouillon (40)" in page.replace("\u00a0", " ")
    with statements(99) as asked:
        assert "Page 2 sur 2" in words(client, "/articles?etat=draft&page=2")
    assert of_posts(asked) == 2


def test_search_finds_by_half_a_word(kiosk: Machine) -> None:
    author = kiosk.as_("author")
    write(author)
    assert FIELDS["title"] in words(author, "/articles?q=commercantes")
    assert "Aucun article trouvé" in words(author, "/articles?q=xyz")


def test_an_empty_board_says_what_to_do(kiosk: Machine) -> None:
    assert "Deux phrases suffisent" in words(kiosk.as_("author"), "/articles")


@pytest.mark.parametrize("change", [{"state": "translated"}, {"kind": "podcast"}, {"language": "snk"}])
def test_words_of_a_newer_version_break_no_page(
    kiosk: Machine, article: Callable[..., Post], change: dict[str, str]
) -> None:
    with kiosk.writing():
        post = article()
        for name, value in change.items():
            setattr(post, name, value)
    for path in ("/articles", "/articles?q=femmes", f"/articles/{post.uid}", f"/articles/{post.uid}/apercu"):
        assert kiosk.as_("manager").get(path).status_code == 200, path


def test_what_the_lists_have_lost_is_not_lost_by_saving(kiosk: Machine, article: Callable[..., Post]) -> None:
    with kiosk.writing():
        post = article(language="snk")
        post.commune_pcode = "ML999999"
    page = words(kiosk.as_("author"), f"/articles/{post.uid}")
    assert '<option selected value="ML999999">' in page
    assert '<option selected value="snk">' in page
