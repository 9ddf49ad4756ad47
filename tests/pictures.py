"""A picture of every screen, to be looked at: `python -m tests.pictures FOLDER [/prefix…] [--demo .demo]`.

A kiosk with a year of data is served for real (or, with `--demo`, a copy of the
demonstration's kiosk and of its centre); every kind of page that links lead to is
photographed at 360 and 1280 px, in French and, where a stranger sees it, in
Bambara. A file is named after its page: `kiosk-members.index-360-fr-manager.png`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.config import load
from tests.support.browser import FLAGS, WIDTHS, chromium
from tests.support.cast import find
from tests.support.living import lived
from tests.support.machines import Machine
from tests.support.processes import Served, start
from tests.support.screens import carry, pages, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LANGUAGES = {"stranger": ("fr", "bm")}


@dataclass(frozen=True)
class Wanted:
    """Which pages, where to."""

    prefixes: tuple[str, ...]
    out: Path

    def picks(self, path: str) -> bool:
        return not self.prefixes or path.startswith(self.prefixes)


def machines(folder: Path, demo: Path | None) -> Iterator[Machine]:
    """The machines to photograph; copies, so that nothing is spoilt."""
    if demo is None:
        yield lived(folder / "yelimane")
        return
    for name in ("nioro", "centre"):
        data = shutil.copytree(demo / name, folder / name, ignore=shutil.ignore_patterns("*.lock", "*.wake"))
        machine = Machine(load(data, {}), {})
        with machine.open():
            machine.people = {person.role: person for person in find()}
        yield machine


def photograph(browser: "Browser", machine: Machine, log: Path, wanted: Wanted) -> int:
    """Photograph what each person of a machine sees; return how many pictures were made."""
    served = start(machine.data, log)
    try:
        served.wait()
        return sum(_as_one(browser, machine, served, role, wanted) for role in ("stranger", *machine.people))
    finally:
        served.stop()
        machine.close()


def _as_one(browser: "Browser", machine: Machine, served: Served, role: str, wanted: Wanted) -> int:
    client, made = visitor(machine, role), 0
    found = [(name, path) for name, path in pages(client) if wanted.picks(path)]
    for language in LANGUAGES.get(role, ("fr",)):
        for across, down in WIDTHS.values():
            context = browser.new_context(viewport={"width": across, "height": down}, locale="fr-FR")
            carry(client, context, served, language)
            page = context.new_page()
            for name, path in found:
                page.goto(f"{served.url}{path}")
                picture = f"{machine.settings.role}-{name}-{across}-{language}-{role}.png"
                page.screenshot(path=wanted.out / picture, full_page=True)
                made += 1
            context.close()
    return made


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.argument("prefixes", nargs=-1)
@click.option("--demo", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(out: Path, prefixes: tuple[str, ...], demo: Path | None) -> None:
    """Make the pictures."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        made = sum(
            photograph(browser, machine, Path(folder) / "log", Wanted(prefixes, out))
            for machine in machines(Path(folder), demo)
        )
        browser.close()
    click.echo(f"{made} pictures in {out}")


if __name__ == "__main__":
    main()
