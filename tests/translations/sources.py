"""What the program says: every translatable sentence of the package, with its screens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from kiosk import __version__

ROOT = Path(__file__).resolve().parents[2]
SHELF = ROOT / "translations"
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "msg": None, "nmsg": (1, 2), "tr": None, "ntr": (1, 2)}
# A fixed date, so that a catalogue changes only when a sentence does.
BORN = datetime(2026, 11, 22, tzinfo=UTC)


def empty(locale: str | None = None) -> Catalog:
    """A catalogue of this project without a sentence; its header never depends on the day."""
    book = Catalog(
        locale=locale,
        project="espaces-connectes",
        version=__version__,
        header_comment="# Sentences of the connected spaces' server. Made by: python -m tests.translations",
        msgid_bugs_address="README.md",
        last_translator="python -m tests.translations",
        language_team="espaces-connectes",
        creation_date=BORN,
        revision_date=BORN,
        fuzzy=False,
    )
    book.charset = "utf-8"
    return book


def extracted() -> Catalog:
    """Every sentence of the package. Raises on a template that does not parse."""
    book = empty()
    for place, _, text, comments, context in _found():
        book.add(text, None, [(place, 0)], auto_comments=comments, context=context)
    return book


def _found() -> Iterator[tuple[Any, ...]]:
    with (SHELF / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    yield from extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("TR:",), directory_filter=_visited
    )


def _visited(folder: str) -> bool:
    """The package alone: neither environments nor the tests."""
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or parts[0] == "kiosk"
