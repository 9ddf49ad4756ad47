"""Bring the catalogues up to date: `python -m tests.translations` (add `--screens` for details)."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from kiosk.language import languages
from kiosk.language.registry import Language
from tests.translations import coverage
from tests.translations.books import compiled, folder, french, printed, spoken
from tests.translations.sources import SHELF, extracted
from tests.translations.words import write_gaps

PSEUDO = "pseudo"


def main(arguments: list[str]) -> None:
    """Extract, fill, compile, list the gaps, print the coverage."""
    template = extracted()
    _write(SHELF / "messages.pot", printed(template, ""))
    for language in languages():
        if language.code != PSEUDO:
            _update(language, template, "--screens" in arguments)


def _update(language: Language, template: Catalog, screens: bool) -> None:
    book = french(template) if language.is_source else spoken(template, language)
    place = folder(language)
    _write(place / "messages.po", printed(book, language.plural))
    _write(place / "messages.mo", compiled(book, language.plural))
    said, every = coverage.total(book)
    print(f"{language.code} : {said} phrases sur {every}")
    if language.is_source:
        return
    write_gaps(language.code, coverage.gaps(book, language.code))
    if screens:
        for screen, (part, whole) in coverage.by_screen(book).items():
            print(f"  {part:3d} / {whole:3d}  {screen}")


def _write(path: Path, content: bytes) -> None:
    """Write only what changed: the command is run often, by many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
