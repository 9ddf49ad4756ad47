"""The editorial desk at the centre: every space's articles, read, returned, approved."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.places import services as places
from kiosk.places.models import Space
from kiosk.posts import queries, services
from kiosk.posts.models import Post, State
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from tests.posts.hands import Statements, of_posts
from tests.posts.test_writing_pages import words
from tests.support.machines import Machine

FANTA = uuid.UUID(int=7)


@pytest.fixture
def sent(centre: Machine, market: Callable[..., Text]) -> Callable[..., Post]:
    """An article that a space submitted, as the centre holds it after an exchange."""

    def make(space: str = "NIO", **changes: object) -> Post:
        with centre.writing():
            home = places.space_uid(space)
            if not queries.session().get(Space, home):
                places.open_space(space, places.SpaceCard(f"Espace {space}"))
            author = Person(FANTA, "Fanta Traoré", frozenset({Side.WRITER}), home)
            return services.submit(services.start(author, home, market(**changes)), author)

    return make


def now(centre: Machine, post: Post) -> Post:
    with centre.open():
        found = queries.find(post.uid)
        assert found is not None
        return found


def address(post: Post) -> str:
    return f"/redaction/{post.uid}"


def decide(centre: Machine, post: Post, how: str, **fields: str) -> str:
    desk = centre.as_("coordinator")
    answer = desk.send(f"{address(post)}/{how}", form_at=address(post), **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return words(desk, answer.location)


def test_the_queue_shows_every_space_the_longest_waiting_first(
    centre: Machine, sent: Callable[..., Post]
) -> None:
    sent(title="De Nioro", collective_name="Collectif du Sahel")
    sent("KAY", title="De Kayes")
    page = words(centre.as_("editor"), "/redaction")
    assert page.index("De Nioro") < page.index("De Kayes")
    assert "Espace KAY" in page
    assert "Fanta Traoré" in page


def test_the_coordinator_approves_and_everybody_reads(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    page = decide(centre, post, "valider", read=post.revision_hash, act="publish")
    assert "L’article est publié." in page
    assert post.title in words(centre.client(), "/actualites")
    assert post.title in centre.client().get("/actualites/flux.atom").get_data(as_text=True)
    assert now(centre, post).state == State.PUBLISHED


def test_publishing_is_undone_from_the_next_page(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    page = decide(centre, post, "valider", read=post.revision_hash, act="publish")
    assert f"{address(post)}/remettre" in page
    decide(centre, post, "remettre")
    assert now(centre, post).state == State.QUEUED
    assert post.title not in words(centre.client(), "/actualites")


def test_an_approved_article_waits_for_its_publication(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    decide(centre, post, "valider", read=post.revision_hash, act="only")
    assert now(centre, post).state == State.APPROVED
    assert post.title not in words(centre.client(), "/actualites")
    decide(centre, post, "publier")
    assert post.title in words(centre.client(), "/actualites")


def test_a_text_that_changed_since_it_was_read_is_not_approved(
    centre: Machine, sent: Callable[..., Post]
) -> None:
    post = sent()
    assert "changé depuis votre lecture" in decide(centre, post, "valider", read="0" * 64, act="publish")
    assert now(centre, post).state == State.QUEUED


def test_an_article_goes_back_with_a_comment(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    decide(centre, post, "renvoyer", **{"renvoi-comment": "Dites où cela se passe."})
    assert now(centre, post).state == State.RETURNED
    with centre.open():
        assert queries.history(post)[0].comment == "Dites où cela se passe."
        assert queries.history(post)[0].by_name == "Salimata Coulibaly"


@pytest.mark.parametrize(("act", "field"), [("renvoyer", "renvoi-comment"), ("retirer", "retrait-comment")])
def test_a_comment_that_lacks_is_asked_under_its_field(
    centre: Machine, sent: Callable[..., Post], act: str, field: str
) -> None:
    post = sent()
    if act == "retirer":
        decide(centre, post, "valider", read=post.revision_hash, act="publish")
    desk = centre.as_("editor")
    answer = desk.send(f"{address(post)}/{act}", form_at=address(post), **{field: " "})
    assert answer.status_code == 422
    assert "Écrivez pourquoi." in answer.get_data(as_text=True)


def test_a_published_article_is_withdrawn_with_a_reason(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    decide(centre, post, "valider", read=post.revision_hash, act="publish")
    decide(centre, post, "retirer", **{"retrait-comment": "Une personne citée l’a demandé."})
    assert centre.client().get(f"/actualites/{post.slug}").status_code == 404


def test_two_versions_are_compared_side_by_side(
    centre: Machine, sent: Callable[..., Post], market: Callable[..., Text]
) -> None:
    post = sent(body="La plus âgée a 58 ans.")
    decide(centre, post, "renvoyer", **{"renvoi-comment": "Vérifiez l’âge."})
    with centre.writing():
        author = Person(FANTA, "Fanta Traoré", frozenset({Side.WRITER}), post.space_uid)
        kept = queries.find(post.uid)
        assert kept is not None
        services.submit(services.rewrite(kept, author, market(body="La plus âgée a 61 ans.")), author)
    page = words(centre.as_("editor"), f"{address(post)}?version=1")
    assert "<del>58</del>" in page
    assert "<ins>61</ins>" in page


def test_an_archived_article_leaves_the_list(centre: Machine, sent: Callable[..., Post]) -> None:
    post = sent()
    decide(centre, post, "valider", read=post.revision_hash, act="publish")
    decide(centre, post, "archiver")
    assert post.title not in words(centre.client(), "/actualites")
    assert post.title in words(centre.client(), f"/actualites/{post.slug}")
    decide(centre, post, "ressortir")
    assert post.title in words(centre.client(), "/actualites")


def test_an_impossible_move_is_a_calm_page(centre: Machine, sent: Callable[..., Post]) -> None:
    post, desk = sent(), centre.as_("editor")
    assert desk.send(f"{address(post)}/archiver", form_at=address(post)).status_code == 409


def test_a_draft_that_arrived_is_not_read_before_it_is_sent(
    centre: Machine, sent: Callable[..., Post]
) -> None:
    post = sent()
    with centre.writing():
        kept = queries.find(post.uid)
        assert kept is not None
        kept.state, kept.revision_hash = State.DRAFT, ""
    assert "Aucun texte n’est arrivé." in words(centre.as_("editor"), address(post))


def test_the_desk_s_list_asks_two_questions_however_many_articles(
    centre: Machine, sent: Callable[..., Post], statements: Statements
) -> None:
    for number in range(5):
        sent(title=f"Article {number}")
    desk = centre.as_("editor")
    desk.get("/redaction")
    with statements(99) as asked:
        words(desk, "/redaction")
    assert of_posts(asked) == 2, "the menu's figure is the list's own"


def test_a_writer_of_the_centre_says_for_which_space(centre: Machine, sent: Callable[..., Post]) -> None:
    space = sent("KAY").space_uid
    editor = centre.as_("editor")
    fields = {"title": "De Bamako", "language": "fr", "space": space.hex, "collective": "", "commune": ""}
    assert editor.send("/articles/nouveau", **fields).status_code == 303
    assert "De Bamako" in words(editor, "/articles")
