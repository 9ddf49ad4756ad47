"""Local notices: the manager's word, at once, for every phone of the space."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from kiosk.places import queries as places
from kiosk.posts import queries, services
from kiosk.posts.models import Kind, Post
from kiosk.posts.people import Person
from kiosk.posts.text import Text
from kiosk.storage import Refusal, transaction

Hand = Callable[[str], Person]
Make = Callable[..., Post]


def test_a_notice_is_up_as_soon_as_the_manager_says_so(in_kiosk: Session, notice: Make, hand: Hand) -> None:
    with transaction():
        services.publish(notice(place="", event_date=None), hand("manager"))
    assert [shown.text.title for shown in queries.latest_public(3, places.here_uid())]


def test_a_notice_stays_in_its_space(in_kiosk: Session, notice: Make, hand: Hand) -> None:
    with transaction():
        services.publish(notice(), hand("manager"))
        post = queries.session().scalars(queries.board(hand("manager"))).one()
    assert queries.latest_public(3, home=None) == []
    assert queries.public_post(post.slug or "", home=None) is None
    assert queries.public_post(post.slug or "", places.here_uid()) is not None


def test_an_author_puts_up_no_notice(
    in_kiosk: Session, hand: Hand, market: Callable[..., Text], notice: Make
) -> None:
    home = places.here_uid()
    assert home is not None
    with pytest.raises(Refusal), transaction():
        services.start(hand("author"), home, market(), Kind.NOTICE)
    with transaction():
        post = notice()
    with pytest.raises(Refusal), transaction():
        services.publish(post, hand("author"))


def test_an_empty_notice_is_refused(in_kiosk: Session, notice: Make, hand: Hand) -> None:
    with transaction():
        post = notice(body="")
    with pytest.raises(Refusal) as refusal, transaction():
        services.publish(post, hand("manager"))
    assert refusal.value.field == "body"


def test_a_correction_is_shown_when_it_is_published_not_before(
    in_kiosk: Session, notice: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    with transaction():
        post = services.publish(notice(), hand("manager"))
        services.rewrite(post, hand("manager"), market(title="Réunion reportée à lundi"))
    home = places.here_uid()
    assert queries.latest_public(3, home)[0].text.title == "Les femmes du marché passent au tableur"
    with transaction():
        services.publish(post, hand("manager"))
    assert queries.latest_public(3, home)[0].text.title == "Réunion reportée à lundi"


def test_a_notice_is_taken_down_and_put_back(in_kiosk: Session, notice: Make, hand: Hand) -> None:
    with transaction():
        post = services.withdraw(services.publish(notice(), hand("manager")), hand("manager"))
    assert queries.latest_public(3, places.here_uid()) == []
    with transaction():
        services.publish(post, hand("manager"))
    assert len(queries.latest_public(3, places.here_uid())) == 1


def test_the_desk_never_sees_notices(in_kiosk: Session, notice: Make) -> None:
    with transaction():
        notice()
    assert sum(queries.desk_counts().values()) == 0
