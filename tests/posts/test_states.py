"""The table of moves, from both sides: who may, who may not, from where."""

import pytest

from kiosk.posts import states
from kiosk.posts.models import Kind, State
from kiosk.posts.states import MOVES, Side

WRITERS = {"submit", "recall", "wait", "revise"}
DESK = {"send_back", "approve", "plan", "publish", "reopen", "withdraw", "take_down", "archive", "bring_back"}


def may(name: str, state: str, side: Side, kind: str = Kind.ARTICLE, shown: bool = True) -> bool:
    return states.why_not(name, kind, state, frozenset({side}), shown) is None


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", sorted(DESK))
def test_a_writer_makes_no_move_of_the_desk(name: str, state: State) -> None:
    assert not may(name, state, Side.WRITER)
    assert not may(name, state, Side.MANAGER)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_desk_makes_no_move_of_the_writers(name: str, state: State) -> None:
    assert not may(name, state, Side.REVIEWER)


def test_every_move_of_the_table_is_open_to_its_side_from_its_origins_only() -> None:
    for move in MOVES:
        for state in State:
            assert may(move.name, state, move.side, move.kind) == (state in move.origins)


def test_writers_own_drafts_and_returned_texts_the_desk_the_rest() -> None:
    for move in MOVES:
        if move.kind == Kind.ARTICLE and move.to is not None and move.side == Side.REVIEWER:
            assert not move.origins & {State.DRAFT, State.RETURNED}, move.name


def test_every_state_of_an_article_is_reached_and_every_one_can_be_left() -> None:
    articles = [move for move in MOVES if move.kind == Kind.ARTICLE]
    assert {move.to for move in articles} - {None} == set(State)
    assert set().union(*(move.origins for move in articles)) == set(State)


def test_a_hidden_text_cannot_be_taken_down() -> None:
    assert not may("take_down", State.DRAFT, Side.REVIEWER, shown=False)
    assert may("take_down", State.DRAFT, Side.REVIEWER, shown=True)


def test_a_notice_is_its_manager_s_alone() -> None:
    assert may("publish", State.DRAFT, Side.MANAGER, Kind.NOTICE)
    assert not may("publish", State.DRAFT, Side.WRITER, Kind.NOTICE)
    assert not may("publish", State.DRAFT, Side.REVIEWER, Kind.NOTICE)


def test_a_state_of_a_newer_version_has_no_move_and_keeps_its_word() -> None:
    assert states.open_moves(Kind.ARTICLE, "translated", frozenset(Side), True) == []
    assert str(states.word("translated")) == "translated"


def test_every_move_and_every_state_has_its_french_word() -> None:
    assert {move.name for move in MOVES} | {"create"} == set(states.DEEDS)
    assert set(states.WORDS) == set(State) == set(states.ORDER)
