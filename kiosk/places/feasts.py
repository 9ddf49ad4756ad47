"""Mali's public feasts: fixed ones of every year, Easter Monday, and those the moon decides.

A moving feast has a day from a calculated calendar (`feasts.csv`) and is only
estimated: a space writes its true day, or other hours, among its exceptional
days under the feast's key, « tabaski-2027 ».
"""

import csv
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.language import Message, msg
from kiosk.places.models import Space
from kiosk.storage import NotFound, session

NAMES: Mapping[str, Message] = {
    "new-year": msg("Jour de l’an"),
    "army": msg("Fête de l’armée"),
    "martyrs": msg("Journée des martyrs"),
    "labour": msg("Fête du travail"),
    "africa": msg("Journée de l’Afrique"),
    "independence": msg("Fête de l’indépendance"),
    "christmas": msg("Noël"),
    "easter": msg("Lundi de Pâques"),
    "ramadan": msg("Fête du Ramadan"),
    "tabaski": msg("Tabaski"),
    "mawloud": msg("Maouloud"),
    "baptism": msg("Baptême du Prophète"),
}
_FIXED = {
    (1, 1): "new-year",
    (1, 20): "army",
    (3, 26): "martyrs",
    (5, 1): "labour",
    (5, 25): "africa",
    (9, 22): "independence",
    (12, 25): "christmas",
}
_AHEAD = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Feast:
    """A feast on its day; `estimated` while nobody confirmed the day of a moving one."""

    key: str
    name: Message
    day: datetime.date
    estimated: bool = False


def shipped(start: datetime.date, end: datetime.date) -> list[Feast]:
    """Return the feasts from `start` to `end`, both included, as they are known without any space."""
    years = range(start.year, end.year + 1)
    found = [feast for year in years for feast in (*_fixed(year), *_moving().get(year, ()))]
    return sorted((one for one in found if start <= one.day <= end), key=lambda one: one.day)


def _fixed(year: int) -> Iterator[Feast]:
    for (month, day), word in _FIXED.items():
        yield Feast(f"{word}-{year}", NAMES[word], datetime.date(year, month, day))
    yield Feast(f"easter-{year}", NAMES["easter"], _easter(year) + datetime.timedelta(days=1))


@cache
def _moving() -> dict[int, list[Feast]]:
    found: dict[int, list[Feast]] = {}
    with Path(__file__).with_name("feasts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day, word = datetime.date.fromisoformat(row["day"]), row["feast"]
            found.setdefault(day.year, []).append(Feast(f"{word}-{day.year}", NAMES[word], day, True))
    return found


def _easter(year: int) -> datetime.date:
    """Return Easter Sunday by Butcher's rule (Gregorian)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    n = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    total = h + n - 7 * ((a + 11 * h + 22 * n) // 451) + 114
    return datetime.date(year, total // 31, total % 31 + 1)


def on(day: datetime.date, exceptions: Sequence[Mapping[str, Any]] | None) -> Feast | None:
    """Return the shipped feast of a day, None where the space wrote another day for it."""
    told = {str(one.get("feast")) for one in exceptions or ()}
    return next((one for one in shipped(day, day) if one.key not in told), None)


def coming(space: Space, today: datetime.date) -> list[tuple[Feast, Mapping[str, Any] | None]]:
    """Return the feasts of the year ahead, each with what the space wrote of it (None: nothing)."""
    told = {str(one.get("feast")): one for one in space.exceptions or () if one.get("feast")}
    found = [(one, told.get(one.key)) for one in shipped(today, today + _AHEAD)]
    return sorted(found, key=lambda pair: day_of(*pair))


def day_of(feast: Feast, told: Mapping[str, Any] | None) -> datetime.date:
    """Return the day of a feast, the one the space wrote first."""
    return datetime.date.fromisoformat(str(told["from"])) if told else feast.day


def find(key: str) -> Feast:
    """Return a shipped feast by its key, or raise NotFound."""
    year = int(key[-4:]) if key[-4:].isdigit() else 0
    known = shipped(datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if 2000 <= year < 2100 else []
    found = next((one for one in known if one.key == key), None)
    if found is None:
        raise NotFound(msg("Cette fête n’est pas dans le calendrier."))
    return found


def confirm(space: Space, feast: Feast, day: datetime.date, spans: Sequence[str]) -> None:
    """Write the true day of a feast at a space, and its hours that day (none: closed)."""
    entry = {"feast": feast.key, "from": day.isoformat(), "to": day.isoformat(), "spans": list(spans)}
    space.exceptions = [*_others(space, feast), {**entry, "why": str(feast.name)}]
    session().flush()


def give_back(space: Space, feast: Feast) -> None:
    """Give a feast its calculated day back."""
    space.exceptions = _others(space, feast)
    session().flush()


def _others(space: Space, feast: Feast) -> list[dict[str, Any]]:
    return [one for one in space.exceptions or [] if one.get("feast") != feast.key]
