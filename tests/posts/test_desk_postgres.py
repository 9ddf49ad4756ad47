"""The same room on the centre's real database."""

import pytest

from kiosk.places import services as places
from kiosk.posts import queries, services
from kiosk.posts.models import State
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import session
from tests.posts.hands import MARKET
from tests.support.machines import Machine

pytestmark = pytest.mark.postgres


def test_an_article_is_read_approved_listed_and_found_on_postgresql(centre_pg: Machine) -> None:
    with centre_pg.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro"))
        author = Person(None, "Fanta Traoré", frozenset({Side.WRITER}), space.uid)
        desk = Person(None, "Salimata Coulibaly", frozenset({Side.REVIEWER}))
        post = services.submit(services.start(author, space.uid, MARKET), author)
        services.approve_and_publish(post, desk, post.revision_hash)
    with centre_pg.open():
        assert [one.uid for one in queries.rows(queries.desk(State.PUBLISHED), 1, 30)] == [post.uid]
        assert [one.uid for one in queries.first_of_each(desk, 6)] == [post.uid]
        assert [one.uid for one in session().scalars(queries.board(desk, words="commer"))] == [post.uid]
        found, total = queries.public_page(None, 1, 20)
        assert (found[0].text.title, total) == (MARKET.title, 1)
        assert queries.public_post(post.slug or "") is not None
        assert queries.counts()["published"] == queries.desk_counts()["published"] == 1
        assert [event.move for event in queries.history(post)] == ["publish", "approve", "submit", "create"]


def test_the_desk_s_pages_open_on_postgresql(centre_pg: Machine) -> None:
    for path in ("/redaction", "/articles", "/articles?q=marche", "/actualites", "/actualites/flux.atom"):
        assert centre_pg.as_("coordinator").get(path).status_code == 200
