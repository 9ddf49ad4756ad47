"""The pseudo-language: French with accents, brackets and a third more length.

A page shown in it tells two things at a glance: text without ⟦ ⟧ is not
translatable, and a label that overflows will overflow in Bambara. Made for
tests only, in a folder they choose; it never ships.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog

from kiosk.language.registry import Language
from tests.translations.books import compiled, folder, sentences
from tests.translations.sources import empty, extracted

OPEN, CLOSE = "⟦", "⟧"
GROWTH = 0.35
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "àçëîñöšüýžÀÇËÎÑÖŠÜÝŽ")
_WORD = re.compile(r"[^\W\d_]{2,}")
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|<[^>]+>|&\w+;)")


def pseudo(text: str) -> str:
    """`Aide %(n)s` as `⟦Àîdë~ %(n)s⟧`: every word grows; placeholders, tags and entities stay whole."""
    parts = [part if _KEPT.fullmatch(part) else _grown(part) for part in _KEPT.split(text)]
    return f"{OPEN}{''.join(parts)}{CLOSE}"


def _grown(text: str) -> str:
    longer = _WORD.sub(lambda word: word[0] + "~" * round(len(word[0]) * GROWTH), text)
    return longer.translate(_ACCENTS)


def book(template: Catalog) -> Catalog:
    """The pseudo-catalogue of all sentences."""
    made = empty("fr")
    for sentence in sentences(template):
        forms = sentence.id
        text = tuple(map(pseudo, forms)) if isinstance(forms, tuple | list) else pseudo(str(forms))
        made.add(forms, text, context=sentence.context)
    return made


def write(language: Language, shelf: Path) -> None:
    """Compile the pseudo-catalogue under `shelf`, for `kiosk.language.messages.folders`."""
    place = folder(language, shelf)
    place.mkdir(parents=True, exist_ok=True)
    (place / "messages.mo").write_bytes(compiled(book(extracted()), language.plural))
