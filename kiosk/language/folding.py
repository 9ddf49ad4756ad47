"""One spelling for search, one order for lists.

SQLite folds neither accents nor the Bambara letters, and people write
« nyogondeme » as readily as « Ɲɔgɔndɛmɛ ». So every searched column holds
`fold(text)`, the query is folded the same way, and the text shown stays as it
was typed. The kiosk, the exchange and the centre share these functions:
a change here asks for a re-derivation of the stored columns.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ɛ": "e",
        "ɔ": "o",
        "ɲ": "ny",
        "ŋ": "ng",
        "œ": "oe",
        "æ": "ae",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
    }
)


class _Marks(dict[int, int | None]):
    """Code point to itself, or to nothing where it is a mark; learnt as letters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _Marks()
_SPACES = re.compile(r"\s+")
_DOUBLES = re.compile(r"(.)\1+")
_BAMBARA = {"ɛ": "e~", "ɔ": "o~", "ɲ": "n~", "ŋ": "n~~"}


def fold(text: str) -> str:
    """Plain spelling of `text`: « Ɲɔgɔndɛmɛ » gives « nyogondeme ».

    Case, accents, tone marks and typographic apostrophes go; the four Bambara
    letters take their usual plain spelling; runs of space become one.
    """
    plain = _bare(text).translate(_LETTERS)
    return _SPACES.sub(" ", plain).strip()


def loose(text: str) -> str:
    """A coarser spelling, for when `fold` found nothing: « nefoli » meets « ɲɛfɔli ».

    `ny` and `ng` become `n`, doubled letters one. Never for names of places.
    """
    return _DOUBLES.sub(r"\1", fold(text).replace("ny", "n").replace("ng", "n"))


def sort_key(text: str) -> str:
    """Key that puts French and Bambara words in one alphabet (… e ɛ f … n ɲ ŋ o ɔ p …).

    The key compares by code point (a stored column on PostgreSQL needs collation
    "C"). Accents and case only decide between words that are otherwise equal.
    """
    spelled = _bare(text).replace("œ", "oe").replace("æ", "ae")
    primary = "".join(_BAMBARA.get(letter, letter) for letter in spelled)
    return f"{_SPACES.sub(' ', primary).strip()}\t{text.casefold()}"


def _bare(text: str) -> str:
    """Small letters without marks; decomposed twice, as small letters may bring marks."""
    if text.isascii():
        return text.lower()
    return _without_marks(_without_marks(text).casefold())


def _without_marks(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_MARKS)
