"""A picture of every screen, to be looked at: `python -m tests.pictures FOLDER [PATH-PREFIX…]`.

A kiosk with a year of data is served for real; every kind of page that links
lead to is photographed at 360 and 1280 px, in French and, where a stranger sees
it, in Bambara. A file is named after its page: `members.index-360-fr-manager.png`.
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.browser import FLAGS, WIDTHS, chromium
from tests.support.living import lived
from tests.support.pages import Client
from tests.support.processes import Served, start
from tests.support.screens import carry, pages, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Wanted = tuple[list[str], Path]
SEEN_BY = {"stranger": ("fr", "bm"), "manager": ("fr",), "author": ("fr",)}


def photograph(browser: "Browser", served: Served, client: Client, role: str, wanted: Wanted) -> int:
    """Photograph what one person sees; return how many pictures were made."""
    prefixes, out = wanted
    made = 0
    found = [(name, path) for name, path in pages(client) if not prefixes or path.startswith(tuple(prefixes))]
    for language in SEEN_BY[role]:
        for across, down in WIDTHS.values():
            context = browser.new_context(viewport={"width": across, "height": down}, locale="fr-FR")
            carry(client, context, served, language)
            page = context.new_page()
            for name, path in found:
                if "." in path.rsplit("/", 1)[-1]:
                    continue
                page.goto(f"{served.url}{path}")
                page.screenshot(path=out / f"{name}-{across}-{language}-{role}.png", full_page=True)
                made += 1
            context.close()
    return made


def main(out: Path, prefixes: list[str]) -> None:
    """Make the pictures."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        machine = lived(Path(folder))
        served = start(machine.data, Path(folder) / "log")
        try:
            served.wait()
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            made = sum(
                photograph(browser, served, visitor(machine, role), role, (prefixes, out)) for role in SEEN_BY
            )
            browser.close()
        finally:
            served.stop()
            machine.close()
    print(f"{made} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
