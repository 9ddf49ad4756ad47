"""Fixtures every test may use; the rooms add their own beside their tests."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event

pytest_plugins = [
    "tests.support.postgres",
    "tests.support.machines",
    "tests.support.living",
    "tests.support.processes",
    "tests.support.browser",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--budget", type=int, help="sequences the exchange is fuzzed with")


def pytest_configure(config: pytest.Config) -> None:
    budget = config.getoption("--budget")
    if budget:
        os.environ["KIOSK_BUDGET"] = str(budget)
    # A busy machine is slow, not wrong.
    settings.register_profile("kiosk", deadline=None)
    settings.load_profile("kiosk")


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and never among modules and tests: that was a fifth of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture
def statements() -> Callable[..., object]:
    """Count what a block asks of the database: `with statements(3): …` fails on the fourth."""

    @contextmanager
    def counting(at_most: int) -> Iterator[list[str]]:
        asked: list[str] = []
        here = threading.get_ident()
        bookkeeping = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            # A timer of another test's machine may write its counts meanwhile.
            ours = threading.get_ident() == here
            if ours and not statement.lstrip().upper().startswith(bookkeeping):
                asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        assert len(asked) <= at_most, "\n\n".join(asked)

    return counting
