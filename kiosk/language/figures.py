"""Numbers, shares, amounts and sizes: French rules in every language.

Babel's Bambara data writes `1,234.5` and reads « 1,5 » as fifteen; so all
figures go through this module and through French. Groups are parted by U+202F,
a unit or a sign stands after U+00A0. Nothing here is for a CSV file: exports
carry plain digits. Plain numbers are written here, as Babel does (a test compares):
its five megabytes come with the first share or amount, and a machine that only
exchanges does without.
"""

import re
from decimal import Decimal
from functools import lru_cache

NBSP = "\u00a0"
_GROUP = "\u202f"
CURRENCY = "XOF"
_RULES = "fr"
_LONGEST = 40
_SIZES = (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3))
_BLANKS = re.compile(r"[\s\u00a0\u202f]")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_CURRENCY_WORDS = re.compile(r"(?i)(f\.?\s*cfa|fcfa|xof|francs?|f)\.?$")


class Count(int):
    """A count inside a sentence: `%(n)s` shows it with French groups, `%(n)d` raw."""

    def __str__(self) -> str:
        """The count as people read it."""
        return number(int(self))


@lru_cache(maxsize=4096)
def number(value: int | float | Decimal, digits: int = 2) -> str:
    """`1234567.5` as « 1 234 567,5 »; at most `digits` decimals, none when whole."""
    whole, _, part = f"{Decimal(str(value)):,.{digits}f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", _GROUP) + (f",{part}" if part else "")


@lru_cache(maxsize=1024)
def percent(ratio: float | Decimal, digits: int = 0) -> str:
    """The ratio 0.634 as « 63 % »."""
    from babel.numbers import format_percent

    pattern = f"0.{'0' * digits}{NBSP}%" if digits else f"0{NBSP}%"
    return format_percent(ratio, format=pattern, locale=_RULES)


def share(part: int, whole: int) -> str:
    """`part` of `whole` as a percentage; a dash where there is nothing to share."""
    return percent(Decimal(part) / whole) if whole else "–"


@lru_cache(maxsize=1024)
def money(amount: int) -> str:
    """A whole number of FCFA as « 12 500 F CFA »."""
    from babel.numbers import format_currency

    return format_currency(amount, CURRENCY, locale=_RULES)


@lru_cache(maxsize=1024)
def size(octets: int) -> str:
    """A file's size for people: « 820 o », « 310 ko », « 2,4 Mo », « 14 Mo ».

    Decimal units, as data bundles are sold; a decimal only under ten.
    """
    for unit, weight in _SIZES:
        if octets >= weight:
            amount = Decimal(octets) / weight
            return number(amount, digits=1 if amount < 10 else 0) + NBSP + unit
    return f"{number(octets)}{NBSP}o"


def parse_number(text: str) -> Decimal:
    """Read a number as people type it: « 1,5 », « 1.5 », « 12 500 », « 12.500 ».

    The comma is the decimal sign. A dot is one too, unless exactly three digits
    follow each dot: then it parts thousands, as amounts are written here.
    Raises ValueError for anything else.
    """
    compact = _BLANKS.sub("", text)
    if not compact.isascii() or len(compact) > _LONGEST:
        raise ValueError(text)
    if _GROUPED.fullmatch(compact.split(",")[0]) and compact.count(",") <= 1:
        compact = compact.replace(".", "")
    if not _PLAIN.fullmatch(compact):
        raise ValueError(text)
    return Decimal(compact.replace(",", "."))


def parse_amount(text: str) -> int:
    """Read an amount in FCFA, with or without its unit. Raises ValueError unless whole."""
    amount = parse_number(_CURRENCY_WORDS.sub("", _BLANKS.sub("", text)))
    if amount != amount.to_integral_value():
        raise ValueError(text)
    return int(amount)
