"""What one machine asked and the centre cannot do stops nobody else, and is tried again."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from kiosk.central import erasing, grants
from kiosk.sync.trouble import Busy, CentreFailed
from tests.central.test_erasing import ask, enter, traces
from tests.central.test_visitors import ask as ask_card
from tests.central.test_visitors import visit
from tests.support.machines import Machine
from tests.sync.conftest import Post

__all__ = ["visit"]


def breaking(real: Callable[..., object], error: Exception) -> Callable[..., object]:
    """Do what the real one does, then fail once: what it wrote has to be undone."""
    left = [error]

    def once(*given: object) -> object:
        done = real(*given)
        if left:
            raise left.pop()
        return done

    return once


def test_an_erasure_that_fails_is_undone_and_done_at_the_next_exchange(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    ask(nioro.kiosk)
    monkeypatch.setattr(erasing, "_scrub", breaking(erasing._scrub, ValueError("odd")))
    assert nioro.exchange().sent
    assert traces(centre), "half done would be worse"
    for _ in range(2):
        nioro.exchange()
    assert traces(centre) == traces(nioro.kiosk) == []


def test_a_card_that_cannot_be_lent_stops_no_exchange(
    visit: tuple[Post, Post, str], centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro, other, card = visit
    ask_card(nioro, card)
    monkeypatch.setattr(grants, "_answer", breaking(grants._answer, KeyError("odd")))
    nioro.exchange()
    other.exchange()
    assert nioro.exchange().received, "lent at the next one"


def test_what_passes_by_itself_is_no_reason_to_go_on(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    ask(nioro.kiosk)
    full = OperationalError("", {}, Exception("database or disk is full"))
    monkeypatch.setattr(erasing, "_scrub", breaking(erasing._scrub, full))
    with pytest.raises((Busy, CentreFailed)):
        nioro.exchange()
