"""Malian names as they sound: the many spellings of one name have one class.

Spellings that people really use are in `names.csv`, with their source; a name
that is not there is heard as a French ear writes Mande sounds. Two names of one
class may still be two names: a class only proposes, a person decides.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from kiosk.language import fold

_FILE = Path(__file__).with_name("names.csv")
_SOUNDS = 3
_PARTS = re.compile(r"[^a-z]+")
_LONGEST = 6
_SHORTEST = 4
_PARTICLES = frozenset(
    "dit dite nee ne epouse ep veuve vve feu fils fille et alias"
    " el elhadj elhadji hadj hadji hadja mme mlle mr m".split()
)
# In this order: the ear of Kayes behind the French spelling.
_HEARD = tuple(
    (re.compile(written), sound)
    for written, sound in (
        (r"^(?:gn|ni(?=[aeou]))|ny", "n"),
        (r"ou|w", "u"),
        (r"tch|th(?=i)", "c"),
        (r"d[ij](?=[aeou])|dj", "j"),
        (r"gu(?=[ei])|gh|kh|q|x|ck", "k"),
        (r"sc?h", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"y", "i"),
        (r"n(?=[bp])", "m"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[eiu]+$", ""),
    )
)


def sound(word: str) -> str:
    """Return a folded name as it is heard: « coulibaly » and « kulibali » give « kulibal »."""
    for written, heard in _HEARD:
        word = written.sub(heard, word)
    return word


@lru_cache(maxsize=20_000)
def class_of(word: str) -> str:
    """Return what all spellings of a folded name share: its class, else its sound."""
    written, heard = _classes()[:2]
    return written.get(word) or heard.get(sound(word)) or sound(word)


def spellings(word: str) -> tuple[str, ...]:
    """Return the other spellings that people use of a folded name, or of one that sounds like it.

    A word too short to be told from others, or that no file of ours knows, has none.
    """
    if len(word) < _SHORTEST:
        return ()
    return tuple(one for one in _together().get(class_of(word), ()) if not one.startswith(word))


def written(text: str) -> list[frozenset[str]]:
    """Return, for each word of a name, the spellings people use of it, itself among them."""
    return [frozenset({word, *_together().get(class_of(word), ())}) for word in sorted(spelled(text))]


@cache
def _together() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, name in _classes()[0].items():
        found.setdefault(name, []).append(one)
    return found


def is_common(name: str) -> bool:
    """Tell whether many people bear a name, given as its class."""
    return name in _classes()[2]


def classes(text: str) -> tuple[str, ...]:
    """Return the names in a text as classes, in order, each once: « Sékou dit Cheick » gives one."""
    words = [word for word in _words(text) if word not in _PARTICLES]
    return tuple(dict.fromkeys(class_of(word) for word in words[:_LONGEST]))


@lru_cache(maxsize=20_000)
def heard(text: str) -> frozenset[str]:
    """Return the classes of the names in a text, whatever their order."""
    return frozenset(classes(text))


def _words(text: str) -> Iterator[str]:
    """Yield the folded words of a name: « N’Diaye » is one, a number is none."""
    for word in _PARTS.split(fold(text).replace("'", "")):
        if len(word) > 1:
            yield word


@lru_cache(maxsize=20_000)
def spelled(text: str) -> frozenset[str]:
    """Return the folded words of a name, as they are written."""
    return frozenset(word for word in _words(text) if word not in _PARTICLES)


@cache
def rules() -> str:
    """Return a print of the rules: when it changes, every card is looked at anew."""
    return f"{_SOUNDS}.{sha256(_FILE.read_bytes()).hexdigest()[:12]}"


def rows() -> Iterator[dict[str, str]]:
    """Yield the lines of the data file: kind, class, spellings, common, source."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        names = ("kind", "class", "spellings", "common", "source")
        plain = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(plain, fieldnames=names, delimiter=";")


@cache
def _classes() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    written: dict[str, str] = {}
    common = set()
    for row in rows():
        written.update(dict.fromkeys(row["spellings"].split(), row["class"]))
        if row["common"]:
            common.add(row["class"])
    heard: dict[str, set[str]] = {}
    for word, name in written.items():
        heard.setdefault(sound(word), set()).add(name)
    # A sound that two classes share says nothing: « amadi » is neither Amadou nor Hamady.
    alone = {sounded: min(found) for sounded, found in heard.items() if len(found) == 1}
    return written, alone, frozenset(common)
