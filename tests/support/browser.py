"""A real Chromium at the two widths of the design, driven by Playwright, checked by axe-core."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
WIDTHS = {"phone": (360, 740), "desk": (1280, 860)}
# Every rule is asked; what passes, a thousand nodes a page, is not told.
SERIOUS = """async () => (await axe.run({resultTypes: ['violations']})).violations
    .filter(found => ['serious', 'critical'].includes(found.impact))
    .flatMap(found => found.nodes.map(node => `${found.id}: ${found.help} (${node.html.slice(0, 140)})`))"""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]


def chromium() -> str:
    """Return Debian's Chromium, or the one on PATH; '' without any."""
    debian = "/usr/bin/chromium"
    return debian if os.path.exists(debian) else shutil.which("chromium") or ""


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for the session; skipped visibly without one, failed under CI."""
    if not chromium():
        missing = "Chromium is not installed: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Open a page of a given width ("phone" or "desk"); any error in its console fails the test."""
    opened, errors = [], []

    def make(width: str = "phone", **options: Any) -> "Page":
        across, down = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": across, "height": down}, bypass_csp=True, locale="fr-FR", **options
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        opened.append(context)
        return page

    yield make
    for context in opened:
        context.close()
    assert not errors, errors


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, open_page: "Callable[..., Page]") -> "Page":
    """A page at each width in turn."""
    return open_page(request.param)


def accessibility(page: "Page") -> list[str]:
    """Return the serious findings of axe-core, which came with the page (`add_init_script(path=AXE)`)."""
    found: list[str] = page.evaluate(SERIOUS)
    return found


def overflow(page: "Page") -> int:
    """Return by how many pixels the page is wider than its window; 0 is right."""
    wide: int = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return max(wide, 0)
