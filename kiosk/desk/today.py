"""What the welcome page and « Aujourd’hui » show, gathered from every room's queries."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.desk import queries
from kiosk.language import Message, formats, msg, nmsg
from kiosk.library import queries as library
from kiosk.places import queries as places
from kiosk.posts import queries as posts
from kiosk.storage import clock
from kiosk.sync import status
from kiosk.training import agenda

_SHEETS = 4
_LATEST = 3


@dataclass(frozen=True)
class Visits:
    """The counter's figures: today's, and how many came yesterday."""

    today: queries.Day
    yesterday: int

    @property
    def hours(self) -> list[tuple[str, int]]:
        """Columns of the chart: (« 8 h », visits)."""
        return [(str(msg("%(n)s h", n=hour)), count) for hour, count in self.today.hours()]

    @property
    def hours_label(self) -> Message:
        """The chart in words."""
        hour, most = max(self.today.by_hour.items(), key=lambda pair: pair[1], default=(0, 0))
        return msg("Visites par heure. Le plus : %(n)s à %(hour)s heures.", n=most, hour=hour)


@dataclass(frozen=True)
class Today:
    """The manager's day. `sheets` are the oldest of `sheets_total` sheets to enter."""

    date: datetime.date
    visits: Visits
    sittings: Sequence[agenda.SittingLine]
    sheets: Sequence[agenda.SittingLine]
    sheets_total: int
    sending: status.Status


@dataclass(frozen=True)
class Welcome:
    """What a stranger sees on the first page."""

    next: agenda.SessionLine | None
    news: Sequence[posts.Published]
    materials: Sequence[library.Card]


def today(space_uid: uuid.UUID) -> Today:
    """Gather the day of a space."""
    day = clock.today()
    sheets = [line for line in agenda.sheets_to_enter(space_uid, day) if line.day < day]
    return Today(
        day,
        _visits(space_uid, day),
        agenda.sittings_on(space_uid, day),
        sheets[:_SHEETS],
        len(sheets),
        status.current(),
    )


def _visits(space_uid: uuid.UUID, day: datetime.date) -> Visits:
    before = day - datetime.timedelta(days=1)
    found = queries.days(space_uid, before, day)
    yesterday = found.get(before)
    return Visits(found.get(day) or queries.Day(day), yesterday.total if yesterday else 0)


def welcome() -> Welcome:
    """Gather the first page of the space this machine stands in."""
    here = places.here_uid()
    coming = agenda.next_public(here, clock.today()) if here else None
    return Welcome(coming, posts.latest_public(_LATEST, here), library.latest(_LATEST))


def sitting_note(line: agenda.SittingLine) -> str:
    """« Séance 3 sur 6 · 14 personnes »."""
    number = msg("Séance %(n)s sur %(all)s", n=line.number, all=line.total)
    count = line.present if line.entered else line.seated
    people = nmsg("%(n)s personne", "%(n)s personnes", count)
    return f"{number} · {people}"


def age_of(line: agenda.SittingLine, day: datetime.date) -> str:
    """« lundi 16 novembre, il y a 5 jours »."""
    ago = nmsg("il y a %(n)s jour", "il y a %(n)s jours", (day - line.day).days)
    return f"{formats.weekday(line.day)} {formats.day_month(line.day)}, {ago}"
