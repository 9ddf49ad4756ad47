"""Who sees which posts, and the counts."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from kiosk.partners import services as partners
from kiosk.partners.models import Kind as Level
from kiosk.partners.services import OrganisationCard
from kiosk.places import queries as places
from kiosk.posts import queries, services
from kiosk.posts.models import Kind, Post, State
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from kiosk.storage import transaction

Hand = Callable[[str], Person]
Make = Callable[..., Post]


def titles(session: Session, person: Person, **filters: str) -> list[str]:
    return [post.title for post in session.scalars(queries.board(person, **filters))]


def test_an_author_sees_her_own_texts_and_her_manager_all_of_the_space(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        article(title="Mien")
    other = replace(hand("author"), uid=uuid.uuid4())
    assert titles(in_kiosk, hand("author")) == ["Mien"]
    assert titles(in_kiosk, other) == []
    assert titles(in_kiosk, hand("manager")) == ["Mien"]
    assert titles(in_kiosk, hand("editor")) == ["Mien"]
    assert titles(in_kiosk, hand("trainer")) == []


@pytest.mark.parametrize("role", ["author", "manager", "trainer", "editor"])
def test_the_list_and_the_page_agree_on_who_sees_what(
    in_kiosk: Session, article: Make, hand: Hand, role: str
) -> None:
    elsewhere = uuid.uuid4()
    people = [hand(role), replace(hand(role), uid=uuid.uuid4()), replace(hand(role), space_uid=elsewhere)]
    with transaction():
        post = article()
    for person in people:
        assert bool(titles(in_kiosk, person)) == person.sees(post), person


def test_a_manager_of_another_space_is_a_stranger_here(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        post = article()
    assert replace(hand("manager"), space_uid=uuid.uuid4()).sides_on(post) == frozenset()


def test_what_waits_for_its_writer_comes_first(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        article(title="Brouillon")
        services.submit(article(title="À relire"), hand("author"))
        returned = services.submit(article(title="À corriger"), hand("author"))
        services.send_back(returned, hand("editor"), "Dites où.")
    assert titles(in_kiosk, hand("author")) == ["À corriger", "Brouillon", "À relire"]
    assert titles(in_kiosk, hand("author"), state=State.QUEUED) == ["À relire"]


def test_a_text_is_found_by_half_a_word_without_accents(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        article(title="Ɲɔgɔndɛmɛ à l’école", place="Yélimané")
        article(title="Le marché")
    assert titles(in_kiosk, hand("author"), words="nyogon") == ["Ɲɔgɔndɛmɛ à l’école"]
    assert titles(in_kiosk, hand("author"), words="yelim") == ["Ɲɔgɔndɛmɛ à l’école"]


def test_counts_name_every_state_and_add_up(
    in_kiosk: Session, article: Make, notice: Make, hand: Hand
) -> None:
    with transaction():
        article()
        services.submit(article(), hand("author"))
        services.publish(notice(), hand("manager"))
        services.discard(article(), hand("author"))
    counts = queries.counts()
    assert set(counts) == set(map(str, State))
    assert (counts["draft"], counts["queued"], counts["published"]) == (1, 1, 1)
    assert sum(counts.values()) == 3
    assert sum(queries.counts(uuid.uuid4()).values()) == 0
    assert queries.waiting() == 1


def test_the_desk_reads_the_longest_waiting_first(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        first, second = article(title="Premier"), article(title="Second")
        services.submit(first, hand("author"))
        services.submit(second, hand("author"))
        first.submitted_at, second.submitted_at = 1, 2
    assert [post.title for post in in_kiosk.scalars(queries.desk())] == ["Premier", "Second"]


def test_a_person_with_two_sides_acts_with_both(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        post = article()
    manager = hand("manager")
    assert manager.sides_on(post) == {Side.WRITER, Side.MANAGER}
    assert post.kind == Kind.ARTICLE


def test_an_author_sees_the_texts_of_her_collective(
    in_kiosk: Session, hand: Hand, market: Callable[..., Text]
) -> None:
    with transaction():
        federation = partners.add_organisation(OrganisationCard(Level.FEDERATION, "FECONG"))
        card = OrganisationCard(Level.COLLECTIVE, "Collectif du Sahel", federation.uid)
        ours = partners.add_organisation(card)
        home = places.here_uid()
        assert home is not None
        services.start(hand("author"), home, market(), about=services.About(collective_uid=ours.uid))
    colleague = replace(hand("author"), uid=uuid.uuid4(), collective_uid=ours.uid)
    assert len(titles(in_kiosk, colleague)) == 1
    assert titles(in_kiosk, replace(colleague, collective_uid=uuid.uuid4())) == []
    assert titles(in_kiosk, replace(colleague, space_uid=uuid.uuid4())) == []
