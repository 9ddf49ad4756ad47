"""Every page fits its window: no word broken at 320 px, and room for words a third longer than French."""

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from waitress import create_server

from kiosk.language import get, messages
from tests.support.browser import overflow
from tests.support.machines import Machine
from tests.support.screens import addresses, visitor
from tests.translations.pseudo import write

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINDOWS = {"fr": (320,), "pseudo": (1280, 768, 360)}
CUT = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.offsetParent && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 1
        && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
        && !e.closest('svg, .sr') && !['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName))
    .map(e => `${e.className} cuts « ${e.textContent.trim().slice(0, 60)} »`)"""

BROKEN = """() => {
    const found = [], range = document.createRange();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; node = walk.nextNode();) {
        const box = node.parentElement;
        if (!box.offsetParent || box.closest('svg, .sr, textarea, select')) continue;
        for (const word of node.data.matchAll(/[\\p{L}\\p{N}]{2,14}/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const parts = [...range.getClientRects()].filter(one => one.width > 1);
            const lines = new Set(parts.map(one => Math.round(one.top)));
            if (lines.size > 1) found.push(`breaks « ${word[0]} » in two`);
        }
    }
    return found;
}"""


@pytest.fixture(scope="module")
def house(living: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The living kiosk, served from this process, which alone knows the pseudo-language."""
    shelf, longer = tmp_path_factory.mktemp("longer"), get("pseudo")
    assert longer
    write(longer, shelf)
    messages.folders.append(shelf)
    server = create_server(living.app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    messages.folders.remove(shelf)
    messages._catalogue.cache_clear()
    messages._alone.cache_clear()


@pytest.mark.parametrize("language", ["fr", "pseudo"])
@pytest.mark.parametrize("role", ["stranger", "manager", "author"])
def test_nothing_is_wider_than_the_window_and_no_word_is_cut(
    living: Machine, house: str, open_page: "Callable[..., Page]", role: str, language: str
) -> None:
    client = visitor(living, role)
    page = open_page("phone")
    cookies = {"langue": language}
    if session := client.get_cookie(client.application.config["SESSION_COOKIE_NAME"]):
        cookies[session.key] = session.value
    page.context.add_cookies([{"name": key, "value": word, "url": house} for key, word in cookies.items()])
    wrong = []
    for path in addresses(living, role):
        page.goto(f"{house}{path}")
        for width in WINDOWS[language]:
            page.set_viewport_size({"width": width, "height": 740})
            wrong += [f"{path} at {width}: {wide} px too wide" for wide in [overflow(page)] if wide]
            wrong += [f"{path} at {width}: {cut}" for cut in page.evaluate(CUT)]
            if language == "fr":
                wrong += [f"{path}: {broken}" for broken in page.evaluate(BROKEN)]
    if language == "pseudo":
        assert "⟦" in page.content()
    assert not wrong, "\n".join(wrong)
