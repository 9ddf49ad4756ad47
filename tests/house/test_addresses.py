"""The tables of addresses say what the pages say, and a page that is asked for by its table answers."""

import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kiosk.web.lazy import Address, Later, LazyBlueprint, read
from tests.house.addresses import lazy, line, tables
from tests.house.source import ROOT


def test_the_tables_are_up_to_date() -> None:
    stale = [path.relative_to(ROOT).as_posix() for path, text in tables() if path.read_text("utf-8") != text]
    assert not stale, f"{stale}: write them anew with: python -m tests.house.routes"


def test_a_table_reads_as_it_was_written() -> None:
    told = Address("/a/<any(b, c):act>", ("GET", "POST"), "page", "act"), Address("", ("GET",), "page", "all")
    assert tuple(read("\n".join(map(line, told)))) == told


def test_each_page_is_found_in_the_module_that_the_table_names() -> None:
    for blueprint in lazy():
        for one in blueprint.told:
            assert callable(blueprint._page(one).function), one


SLOW = """
import time

time.sleep(0.05)
count = 0


def one():
    return "here"


def add_to(blueprint):
    global count
    time.sleep(0.05)
    count += 1
    blueprint.get("/one")(one)
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LazyBlueprint:
    """A room of one slow page, which nobody opened."""
    routes = tmp_path / "slow_room" / "routes"
    routes.mkdir(parents=True)
    (routes / "page.py").write_text(SLOW)
    (routes.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return LazyBlueprint("slow", "slow_room", "GET /one page one")


def test_phones_that_open_a_page_at_once_all_get_it_and_it_is_taken_once(room: LazyBlueprint) -> None:
    view = room._page(Address("/one", ("GET",), "page", "one"))
    heard: list[Any] = []
    phones = [threading.Thread(target=lambda: heard.append(view())) for _ in range(8)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    found: ModuleType = room.bring("page")
    assert (heard, found.count, len(room.told)) == (["here"] * 8, 1, 1)


def test_a_view_without_rights_is_open_and_says_so_without_being_called(room: LazyBlueprint) -> None:
    assert not hasattr(room.later("page:one"), "rights")
    assert isinstance(room.later("page:one"), Later)
