"""How much of each screen a language says, and the list of the rest for speakers."""

from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tests.translations.books import is_said, sentences, singular
from tests.translations.sources import ROOT
from tests.translations.words import GAPS_FIELDS, answered, key

PUBLIC_LAYOUT = '"web/public.html"'


def by_screen(book: Catalog) -> dict[str, tuple[int, int]]:
    """Screen (or Python file) to (sentences said, sentences in all)."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sentence in sentences(book):
        for place in places(sentence):
            counted[place][0] += is_said(sentence)
            counted[place][1] += 1
    return {place: (said, total) for place, (said, total) in sorted(counted.items())}


def total(book: Catalog) -> tuple[int, int]:
    """(sentences said, sentences in all)."""
    every = sentences(book)
    return sum(map(is_said, every)), len(every)


def places(sentence: Message) -> list[str]:
    """The files that say this sentence, short: `library/material.html`, `posts/forms.py`."""
    return sorted({_short(place) for place, _ in sentence.locations})


def _short(place: str) -> str:
    return place.removeprefix("kiosk/").partition("/templates/")[2] or place.removeprefix("kiosk/")


def gaps(book: Catalog, code: str) -> list[dict[str, str]]:
    """Rows for speakers, screens of the public first; proposals already written stay."""
    written = {key(row["francais"]): row for row in answered(code)}
    unsaid = [s for s in sentences(book) if not is_said(s) or key(singular(s)) in written]
    return [_row(sentence, written) for sentence in sorted(unsaid, key=_urgency)]


def _row(sentence: Message, written: dict[str, dict[str, str]]) -> dict[str, str]:
    done = written.get(key(singular(sentence)), {})
    plural = sentence.id[1] if isinstance(sentence.id, tuple | list) else ""
    blank = {
        "francais": singular(sentence),
        "pluriel": plural,
        "ou": ", ".join(places(sentence)),
    }
    return {field: blank.get(field) or done.get(field) or "" for field in GAPS_FIELDS}


def _urgency(sentence: Message) -> tuple[bool, list[str], str]:
    public = any(_is_public(ROOT / place) for place, _ in sentence.locations)
    return not public, places(sentence), singular(sentence)


def _is_public(path: Path) -> bool:
    return path.suffix == ".html" and PUBLIC_LAYOUT in path.read_text(encoding="utf-8")
