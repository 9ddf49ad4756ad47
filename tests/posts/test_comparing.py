"""Two versions side by side."""

from collections.abc import Callable

from kiosk.posts.comparing import compare
from kiosk.posts.text import Text


def changed(parts: list[tuple[str, bool]]) -> str:
    return "".join(words for words, is_changed in parts if is_changed).strip()


def test_only_the_words_that_changed_are_marked(market: Callable[..., Text]) -> None:
    pairs = compare(market(body="La plus âgée a 58 ans."), market(body="La plus âgée a 61 ans."))
    different = [pair for pair in pairs if not pair.same]
    assert [(changed(pair.old), changed(pair.new)) for pair in different] == [("58", "61")]


def test_a_new_paragraph_stands_alone_at_the_right(market: Callable[..., Text]) -> None:
    pairs = compare(market(body="Un."), market(body="Un.\n\nDeux."))
    assert [(pair.old, changed(pair.new)) for pair in pairs if not pair.same] == [([], "Deux.")]


def test_a_change_of_date_or_signature_is_seen_too(market: Callable[..., Text]) -> None:
    pairs = compare(market(event_date=None), market(author_name="Moussa Diarra"))
    assert [changed(pair.new) for pair in pairs if not pair.same] == ["· 19 novembre 2026", "Moussa Diarra"]


def test_the_same_text_has_no_difference(market: Callable[..., Text]) -> None:
    assert all(pair.same for pair in compare(market(), market()))
