"""Posts moved from hand to hand on a real kiosk: what each move changes, dates and names."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from kiosk.posts import queries, services
from kiosk.posts.models import Post, State
from kiosk.posts.people import Person
from kiosk.posts.text import Text
from kiosk.storage import Refusal, transaction

Hand = Callable[[str], Person]
Make = Callable[..., Post]


def published(post: Post, hand: Hand) -> Post:
    services.submit(post, hand("author"))
    return services.approve_and_publish(post, hand("editor"), post.revision_hash)


def deeds(post: Post) -> list[str]:
    return [event.move for event in reversed(queries.history(post))]


def test_one_article_goes_through_every_state_and_each_move_is_dated_and_named(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    author, editor = hand("author"), hand("editor")
    with transaction():
        post = article()
        services.submit(post, author)
        services.send_back(post, editor, "Dites où cela se passe.")
        services.submit(post, author)
        services.approve(post, editor, post.revision_hash)
        services.publish(post, editor)
        services.archive(post, editor, date(2027, 1, 5))
    seen = list(reversed(queries.history(post)))
    assert [event.to_state for event in seen] == [
        State.DRAFT, State.QUEUED, State.RETURNED, State.QUEUED, State.APPROVED, State.PUBLISHED,
        State.ARCHIVED,
    ]  # fmt: skip
    assert [event.from_state for event in seen][1:] == [event.to_state for event in seen][:-1]
    assert {event.by_name for event in seen} == {"Fanta Traoré", "Oumar Tounkara"}
    assert all(event.day and event.at for event in seen)
    assert seen[-1].day == date(2027, 1, 5)
    assert seen[2].comment == "Dites où cela se passe."


@pytest.mark.parametrize(
    ("field", "empty"), [("title", ""), ("body", ""), ("place", ""), ("event_date", None)]
)
def test_a_text_that_lacks_something_is_refused_with_its_field(
    in_kiosk: Session, article: Make, hand: Hand, field: str, empty: str | None
) -> None:
    with transaction():
        post = article(**{field: empty})
    with pytest.raises(Refusal) as refusal, transaction():
        services.submit(post, hand("author"))
    assert refusal.value.field == field
    in_kiosk.expire_all()
    assert post.state == State.DRAFT
    assert post.revision == 0


def test_a_text_at_the_desk_is_not_changed_by_its_writers(
    in_kiosk: Session, article: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    with transaction():
        post = services.submit(article(), hand("author"))
    with pytest.raises(Refusal), transaction():
        services.rewrite(post, hand("author"), market(title="Autre"))
    with transaction():
        services.rewrite(services.recall(post, hand("author")), hand("author"), market(title="Autre"))
    assert post.title == "Autre"


def test_a_text_to_correct_that_is_sent_and_taken_back_is_to_correct_again(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = services.recall(services.submit(article(), hand("author")), hand("author"))
    assert post.state == State.DRAFT
    with transaction():
        services.send_back(services.submit(post, hand("author")), hand("editor"), "Dites où.")
        services.recall(services.submit(post, hand("author")), hand("author"))
    assert post.state == State.RETURNED
    assert queries.history(post)[0].to_state == State.RETURNED


def test_readers_keep_the_approved_text_while_the_next_version_is_written(
    in_kiosk: Session, article: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    with transaction():
        post = published(article(), hand)
        approved = post.approved_hash
        services.revise(post, hand("author"))
        services.rewrite(post, hand("author"), market(title="Douze commerçantes comptent"))
        services.submit(post, hand("author"))
    assert post.revision == 2
    assert post.approved_hash == approved != post.revision_hash
    shown = queries.latest_public()[0]
    assert (shown.text.title, shown.text.number) == ("Les femmes du marché passent au tableur", 1)
    with transaction():
        services.approve_and_publish(post, hand("editor"), post.revision_hash)
    assert queries.latest_public()[0].text.title == "Douze commerçantes comptent"
    assert post.published_at <= post.renewed_at


def test_an_approval_names_the_text_that_was_read(
    in_kiosk: Session, article: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    with transaction():
        post = services.submit(article(), hand("author"))
        read = post.revision_hash
        services.recall(post, hand("author"))
        services.rewrite(post, hand("author"), market(body="Tout autre chose."))
        services.submit(post, hand("author"))
    with pytest.raises(Refusal, match="changé"), transaction():
        services.approve(post, hand("editor"), read)
    in_kiosk.expire_all()
    assert post.approved_hash is None


def test_a_text_sent_again_unchanged_is_the_same_revision(
    in_kiosk: Session, article: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    author, editor = hand("author"), hand("editor")
    with transaction():
        post = services.submit(article(), author)
        first = post.revision_hash
        services.submit(services.send_back(post, editor, "Relisez."), author)
        assert (post.revision, post.revision_hash) == (1, first)
        services.send_back(post, editor, "Changez le titre.")
        services.submit(services.rewrite(post, author, market(title="Un autre titre")), author)
        services.send_back(post, editor, "Non, le premier.")
        services.submit(services.rewrite(post, author, market()), author)
    assert (post.revision, post.revision_hash) == (1, first)
    assert [one.number for one in queries.revisions(post)] == [2, 1]


def test_a_published_text_is_withdrawn_and_every_reader_loses_it(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = published(article(), hand)
        services.withdraw(post, hand("editor"), "Une personne citée l’a demandé.")
    assert queries.latest_public() == []
    assert queries.public_post(post.slug or "") is None
    assert post.state == State.WITHDRAWN


def test_the_desk_hides_a_text_while_its_writers_prepare_the_next(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = services.revise(published(article(), hand), hand("author"))
        services.withdraw(post, hand("editor"), "Chiffre faux.")
    assert post.state == State.DRAFT, "the draft stays the writers' own"
    assert queries.latest_public() == []
    assert deeds(post)[-1] == "take_down"


def test_withdrawing_and_returning_ask_for_a_reason(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        post = services.submit(article(), hand("author"))
    with pytest.raises(Refusal) as refusal, transaction():
        services.send_back(post, hand("editor"), "   ")
    assert refusal.value.field == "comment"


def test_publishing_is_undone_by_putting_it_back_on_the_desk(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = services.reopen(published(article(), hand), hand("editor"))
    assert post.state == State.QUEUED
    assert (post.approved_hash, post.published_hash) == (None, None)


def test_an_archived_text_leaves_the_lists_and_keeps_its_address(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = services.archive(published(article(), hand), hand("editor"))
    assert queries.latest_public() == []
    assert queries.public_post(post.slug or "") is not None
    with transaction():
        services.bring_back(post, hand("editor"))
    assert len(queries.latest_public()) == 1


def test_a_draft_is_thrown_away_and_taken_back(in_kiosk: Session, article: Make, hand: Hand) -> None:
    with transaction():
        post = services.discard(article(), hand("author"))
    assert queries.find(post.uid) is None
    with transaction():
        services.restore(post, hand("author"))
    assert queries.find(post.uid) is post


def test_a_text_that_left_its_writers_is_not_thrown_away(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = services.recall(services.submit(article(), hand("author")), hand("author"))
    with pytest.raises(Refusal), transaction():
        services.discard(post, hand("author"))


def test_the_clock_going_back_does_not_disorder_the_history(
    in_kiosk: Session, article: Make, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        post = article()
        monkeypatch.setattr("kiosk.posts.services.clock.now_ms", lambda: 1_000)
        services.submit(post, hand("author"))
    assert deeds(post) == ["create", "submit"]


def test_a_merge_that_puts_a_published_text_back_in_draft_changes_nothing_for_readers(
    in_kiosk: Session, article: Make, hand: Hand, market: Callable[..., Text]
) -> None:
    """The kiosk took its text back while the centre published it: readers keep what was read."""
    with transaction():
        post = published(article(), hand)
        post.state = State.DRAFT
        services.rewrite(post, hand("author"), market(title="Titre changé", place="Kayes"))
    text = queries.latest_public()[0].text
    assert (text.title, text.place) == ("Les femmes du marché passent au tableur", "Nioro, salle 1")
    with transaction():
        services.submit(post, hand("author"))
        services.approve_and_publish(post, hand("editor"), post.revision_hash)
    assert queries.latest_public()[0].text.title == "Titre changé"


def test_an_approval_that_arrives_before_its_text_shows_nothing(
    in_kiosk: Session, article: Make, hand: Hand
) -> None:
    with transaction():
        post = published(article(), hand)
        post.published_hash = post.approved_hash = "ab" * 32
    assert queries.latest_public() == []
    assert queries.public_post(post.slug or "") is None
