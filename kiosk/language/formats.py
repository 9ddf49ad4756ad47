"""Every format of the interface, known in templates as `fmt`.

Figures come from `figures` and are French in every language. Dates use the
language's own day and month names, in patterns that are safe in all of them:
`EEEE d MMMM y`, `d MMMM`, `dd/MM/y`, `HH:mm`.

A moment is an int (UTC milliseconds, as records keep it), an aware `datetime`
or a `date`; moments are shown in the machine's time zone (`configure`).
Formatted dates are cached: a list of thirty rows costs thirty look-ups.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from kiosk.language import registry
from kiosk.language.figures import (
    NBSP,
    Count,
    money,
    number,
    parse_amount,
    parse_number,
    percent,
    share,
    size,
)
from kiosk.language.folding import fold
from kiosk.language.messages import Message, current, msg, nmsg

Moment = int | datetime | date

__all__ = [
    "Count", "ago", "clock_time", "configure", "date_long", "date_medium", "date_short",
    "day_month", "day_names", "duration", "iso", "join", "local", "money", "month", "month_year",
    "number", "parse_amount", "parse_date", "parse_number", "percent", "share", "size", "weekday",
]  # fmt: skip

MINUTE, HOUR = 60, 3600
# French says « 1er janvier », then « 2 janvier ».
_FIRST = re.compile(r"\b1 (?=[a-zéû])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YOUNG_CENTURY = 40
_NUMERIC = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_WORDED = re.compile(r"(?:[a-z]+\.?,? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4}|\d{2})")

_zone = ZoneInfo("Africa/Bamako")
_now: Callable[[], int] | None = None


def configure(zone: str, now_ms: Callable[[], int]) -> None:
    """Tell this module the machine's time zone and its one clock (at start)."""
    global _zone, _now
    _zone, _now = ZoneInfo(zone), now_ms


def local(moment: Moment) -> datetime | date:
    """The moment in the machine's time zone; a plain date stays itself."""
    if isinstance(moment, int):
        return datetime.fromtimestamp(moment / 1000, UTC).astimezone(_zone)
    return moment.astimezone(_zone) if isinstance(moment, datetime) else moment


def _day(moment: Moment) -> date:
    found = local(moment)
    return found.date() if isinstance(found, datetime) else found


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    said = format_date(day, pattern, locale=locale)
    return _FIRST.sub("1er ", said) if day.day == 1 and locale.startswith(registry.SOURCE) else said


def date_long(moment: Moment) -> str:
    """« mardi 5 janvier 2027 », « tarata 5 zanwuye 2027 »."""
    return _dated(_day(moment), "EEEE d MMMM y", current().babel_locale)


def date_medium(moment: Moment) -> str:
    """« 5 janvier 2027 »."""
    return _dated(_day(moment), "d MMMM y", current().babel_locale)


def date_short(moment: Moment) -> str:
    """« 05/01/2027 », the form of fields and tables."""
    return _dated(_day(moment), "dd/MM/y", registry.SOURCE)


def day_month(moment: Moment) -> str:
    """« 5 janvier », where the year is plain."""
    return _dated(_day(moment), "d MMMM", current().babel_locale)


def month_year(moment: Moment) -> str:
    """« janvier 2027 »."""
    return _dated(_day(moment), "MMMM y", current().babel_locale)


def weekday(moment: Moment, short: bool = False) -> str:
    """« mardi »; `short` gives « mar. » in French and the whole name elsewhere."""
    return _dated(_day(moment), _name_pattern("EEEE", short), current().babel_locale)


def month(moment: Moment, short: bool = False) -> str:
    """« novembre »; `short` gives « nov. » in French and the whole name elsewhere."""
    return _dated(_day(moment), _name_pattern("MMMM", short), current().babel_locale)


def _name_pattern(pattern: str, short: bool) -> str:
    """Babel's short Bambara names vary from release to release: never used."""
    return pattern[:-1] if short and current().is_source else pattern


def clock_time(moment: datetime | int) -> str:
    """« 15:00 » in the machine's time zone."""
    return f"{local(moment):%H:%M}"


def iso(moment: Moment) -> str:
    """The machine form, for `<time datetime>` and exports: « 2027-01-05 »."""
    return _day(moment).isoformat()


def duration(seconds: int) -> str:
    """« 45 s », « 6 min 20 », « 2 h 30 »: the two greatest units at most."""
    if seconds < MINUTE:
        return f"{seconds}{NBSP}s"
    if seconds < HOUR:
        return _two(seconds // MINUTE, "min", seconds % MINUTE)
    return _two(seconds // HOUR, "h", seconds % HOUR // MINUTE)


def _two(great: int, unit: str, small: int) -> str:
    head = f"{great}{NBSP}{unit}"
    return f"{head}{NBSP}{small:02d}" if small else head


def ago(moment: int, now: int | None = None) -> Message:
    """How long since `moment`: « à l’instant », « il y a 3 heures », then the date.

    A lazy sentence: say it with `tr` on a public page. A moment ahead of the
    clock (a machine whose clock went back) shows its date.
    """
    now_ms = now if now is not None else _clock()
    seconds = (now_ms - moment) // 1000
    days = (_day(now_ms) - _day(moment)).days
    if seconds < 0 or days > 6:
        return msg("le %(date)s", date=date_medium(moment))
    if days:
        return days_ago(days)
    if seconds < MINUTE:
        return msg("à l’instant")
    if seconds < HOUR:
        return nmsg("il y a %(n)s minute", "il y a %(n)s minutes", seconds // MINUTE)
    return nmsg("il y a %(n)s heure", "il y a %(n)s heures", seconds // HOUR)


def days_ago(days: int) -> Message:
    """How long since a day: « aujourd’hui », « hier », « il y a 5 jours »."""
    if days < 1:
        return msg("aujourd’hui")
    return msg("hier") if days == 1 else nmsg("il y a %(n)s jour", "il y a %(n)s jours", days)


def _clock() -> int:
    if _now is None:
        raise RuntimeError("formats.configure() was not called")
    return _now()


def join(words: Iterable[object]) -> str:
    """« A, B et C » in French; commas alone where no word for "and" is attested."""
    from babel.lists import format_list

    spoken = [str(word) for word in words]
    return format_list(spoken, locale=current().babel_locale) if spoken else ""


def parse_date(text: str) -> date:
    """Read a date as people write it here, day first.

    05/01/2027, 5-1-27, 5.1.2027, 2027-01-05 (with or without an hour),
    « 5 janvier 2027 », « 1er févr. 2027 », month names of every language of the
    registry. Two digits under 40 are of this century. Raises ValueError for
    anything else, impossible days and years outside 1900-2100.
    """
    plain = fold(text)
    day, month_number, year = _numeric(plain) or _iso(plain) or _worded(plain)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(text)
    return date(year, month_number, day)


def _numeric(text: str) -> tuple[int, int, int] | None:
    found = _NUMERIC.fullmatch(text)
    return (int(found[1]), int(found[2]), _year(found[3])) if found else None


def _iso(text: str) -> tuple[int, int, int] | None:
    found = _ISO.fullmatch(text)
    return (int(found[3]), int(found[2]), int(found[1])) if found else None


def _worded(text: str) -> tuple[int, int, int]:
    found = _WORDED.fullmatch(text)
    if not found or found[2] not in _months():
        raise ValueError(text)
    return int(found[1]), _months()[found[2]], _year(found[3])


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < _YOUNG_CENTURY else 1900)


@cache
def _months() -> dict[str, int]:
    """Folded month names, long and short, of all languages, with their numbers."""
    from babel.dates import get_month_names

    return {
        fold(name).rstrip("."): index
        for language in registry.languages()
        for width in ("abbreviated", "wide")
        for index, name in get_month_names(width, locale=language.locale).items()
    }


def day_names() -> list[str]:
    """The seven day names in the current language, Monday first."""
    from babel.dates import get_day_names

    names = get_day_names("wide", locale=current().locale)
    return [names[index] for index in range(7)]
