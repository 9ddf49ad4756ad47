"""What a cell says: sex, birth year, dates, words of our lists, yes or no.

Every reader takes the cell as the file gives it and returns what it understood;
ValueError carries nothing: the caller words the fault.
"""

import datetime
import re
import unicodedata
from functools import lru_cache

from kiosk.language import fold
from kiosk.language.formats import parse_date
from kiosk.members import vocabulary
from kiosk.members.ages import OLDEST
from kiosk.members.importer.sheet import Cell
from kiosk.members.importer.words import MISSING, NO, YES, codes
from kiosk.members.vocabulary import Sex

_LISTS = {**vocabulary.LISTS, "school_level": vocabulary.SCHOOLINGS}
_EPOCH = datetime.date(1899, 12, 30)
_YEARS = range(1900, 2101)
_SERIALS = range(3654, 73051)
_FOUR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-\s]\d{1,2}[/.\-\s](\d\d)")
_WHOLE = re.compile(r"\d[^\da-z]+\d+[^\da-z]+\d")
_AGE = re.compile(r"(\d{1,3})(?: ?ans?)?")
_ABOUT = re.compile(r"\b(?:vers|environ|env|circa|approx\w*)\b|[~±?]")
_LONGEST_MISSING = max(map(len, MISSING))
_ESCAPED = re.compile(r"'(?=[=+\-@\t\r])")


def shown(cell: Cell) -> str:
    """Return a cell as text; '' for nothing, a spreadsheet's error or « néant »."""
    if isinstance(cell, str):
        return _tidy(cell)
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("oui" if cell else "non")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _tidy(str(cell))


@lru_cache(maxsize=5_000)
def plain(text: str) -> str:
    """Return a short answer folded; the same ones come back on every line."""
    return fold(text)


def visible(text: str) -> str:
    """Return a text without the signs that hide or turn it: controls, direction marks, joiners."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf"))


@lru_cache(maxsize=20_000)
def _tidy(cell: str) -> str:
    text = " ".join(_ESCAPED.sub("", visible(cell).strip(), count=1).split())
    return "" if len(text) <= _LONGEST_MISSING and fold(text) in MISSING else text


@lru_cache(maxsize=500)
def sex(text: str) -> Sex:
    """Return the sex a word says. Raises ValueError for a word we do not know."""
    return Sex(codes("sex").get(fold(text).rstrip("."), text))


def yes(text: str) -> bool:
    """Return what a tick, an x, « oui » or « non » says. Raises ValueError otherwise."""
    plain = fold(text).split(" ")[0].rstrip(".,;:")
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise ValueError(text)


def day(cell: Cell) -> datetime.date:
    """Return the date of a cell: a date, an Excel serial, or a date as people write it."""
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if int(cell) not in _SERIALS:
            raise ValueError(cell)
        return _EPOCH + datetime.timedelta(days=int(cell))
    text = shown(cell)
    return parse_date(re.sub(r"([t ]\d{1,2}:\d{2}\S*)( utc)?$", "", text.casefold()).strip())


@lru_cache(maxsize=2_000, typed=True)
def birth(cell: Cell) -> tuple[int, bool, bool]:
    """Return (year, is a guess, the date is whole or plainly a year) of a birth cell.

    An impossible day such as 31/02/1990 still gives its year. Raises ValueError
    where no year can be read.
    """
    if isinstance(cell, datetime.date):
        return cell.year, False, True
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(int(cell)), False, True
    text = shown(cell)
    about = bool(_ABOUT.search(fold(text)))
    plain = _ABOUT.sub(" ", fold(text)).strip(" .,()")
    if plain.isdecimal():
        return _from_number(int(plain)), about, True
    try:
        return parse_date(plain).year, about, True
    except ValueError:
        return _year_in(plain), about, not _WHOLE.search(plain)


def _from_number(number: int) -> int:
    if number in _YEARS:
        return number
    if number in _SERIALS:
        return (_EPOCH + datetime.timedelta(days=number)).year
    raise ValueError(number)


def _year_in(text: str) -> int:
    if found := _FOUR.search(text):
        return int(found[1])
    if found := _SHORT_YEAR.fullmatch(text):
        return parse_date(f"01/01/{found[1]}").year
    raise ValueError(text)


def age(cell: Cell) -> int:
    """Return the age of a cell: 24, « 24 ans », « vers 24 ». Raises ValueError outside 0 to 120."""
    found = _AGE.fullmatch(_ABOUT.sub(" ", fold(shown(cell))).strip())
    if not found or int(found[1]) > OLDEST:
        raise ValueError(cell)
    return int(found[1])


def born(cell: Cell, now: int) -> tuple[int, bool]:
    """Return the year of birth that an age gives in the year `now`, and whether it is a guess.

    Many write the year where an age is asked. Raises ValueError for neither.
    """
    try:
        return now - age(cell), True
    except ValueError:
        year, about = birth(cell)[:2] if _FOUR.search(shown(cell)) else (0, False)
        if not _YEARS[0] <= year <= now:
            raise
        return year, about


@lru_cache(maxsize=2_000)
def code(text: str, name: str) -> str:
    """Return the code of a word of the list `name`; a word of nobody's list stays itself."""
    plain, words, others = fold(text), _LISTS[name], codes(name)
    known = {fold(label.msgid): key for key, label in words.items()}
    found = known.get(plain) or others.get(plain)
    if found:
        return found
    return next((key for start, key in others.items() if plain.startswith(f"{start} ")), text)
