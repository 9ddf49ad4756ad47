"""Every screen at both widths: nothing serious for axe-core, nothing wider than the window, no script needed.

One page of each kind, of a kiosk with a year of data, as each person of the cast.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import AXE, accessibility, overflow
from tests.support.machines import Machine
from tests.support.processes import Served, start
from tests.support.screens import addresses, carry, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLES = ("stranger", "manager", "author")


@pytest.fixture(scope="module")
def served(living: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The living kiosk, served for real."""
    running = start(living.data, tmp_path_factory.mktemp("served") / "log")
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("role", ROLES)
def test_every_screen_is_accessible_and_fits(
    living: Machine, served: Served, open_page: "Callable[..., Page]", role: str, width: str
) -> None:
    page = open_page(width)
    page.add_init_script(path=AXE)
    carry(visitor(living, role), page.context, served)
    wrong = []
    for path in addresses(living, role):
        page.goto(f"{served.url}{path}")
        wrong += [f"{path}: {finding}" for finding in accessibility(page)]
        wrong += [f"{path}: {wide} px too wide" for wide in [overflow(page)] if wide]
    assert addresses(living, role)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/", "/programme", "/mediatheque", "/connexion"])
def test_public_pages_reflow_at_320_pixels(
    served: Served, open_page: "Callable[..., Page]", path: str
) -> None:
    page = open_page("phone")
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{served.url}{path}")
    assert overflow(page) == 0


def test_targets_are_large_enough_to_touch(served: Served, open_page: "Callable[..., Page]") -> None:
    page = open_page("phone")
    page.goto(served.url)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, nav a, nav button')]
            .filter(e => e.offsetParent && !e.closest('p'))
            .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
            .filter(([_, height]) => height < 47.5)"""
    )
    assert not small


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    served: Served, open_page: "Callable[..., Page]"
) -> None:
    page = open_page("desk")
    page.goto(served.url)
    wanted = page.locator("a:visible, button:visible, input:visible").count()
    reached = set()
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                return [e.outerHTML.slice(0, 90), s.outlineStyle !== 'none' && s.outlineWidth !== '0px'] }"""
            ).__str__()
        )
    assert len(reached) >= wanted - 1
    hidden = [one for one in reached if one.endswith("False]") and "<body" not in one]
    assert not hidden, hidden
