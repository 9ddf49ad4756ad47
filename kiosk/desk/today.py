"""What « Aujourd’hui » shows, gathered from every room's queries."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.desk import queries
from kiosk.language import Message, formats, msg, nmsg
from kiosk.members.volunteers import queries as volunteers
from kiosk.storage import clock
from kiosk.sync import status
from kiosk.training import queries as training

_SHEETS = 4


@dataclass(frozen=True)
class Visits:
    """The counter's figures: today's, and how many came yesterday. `now` is the hour it is."""

    today: queries.Day
    yesterday: int
    now: int

    @property
    def hours(self) -> list[tuple[str, int | None]]:
        """Columns of the chart: (« 8 h », visits), None for the hours to come."""
        return [
            (str(msg("%(n)s h", n=hour)), None if hour > self.now and not count else count)
            for hour, count in self.today.hours()
        ]

    @property
    def hours_label(self) -> Message:
        """The chart in words."""
        hour, most = max(self.today.by_hour.items(), key=lambda pair: pair[1], default=(0, 0))
        return msg("Visites par heure. Le plus : %(n)s à %(hour)s heures.", n=most, hour=hour)


@dataclass(frozen=True)
class Today:
    """The manager's day. `sheets` are the oldest of `sheets_total` sheets to enter; `asked` seats wait,
    as do `helping` offers of help.

    `sending` is None for who does not send.
    """

    date: datetime.date
    time: str
    visits: Visits
    sittings: Sequence[training.SittingLine]
    sheets: Sequence[training.SittingLine]
    sheets_total: int
    asked: int
    helping: int
    sending: status.Status | None


def today(space_uid: uuid.UUID, answers: bool = True, sends: bool = True, registers: bool = True) -> Today:
    """Gather the day of a space, for who answers requests for seats, sends or registers, or not."""
    day, now = clock.today(), clock.local(clock.now_ms())
    sheets, total = training.sheets_to_enter(space_uid, day - datetime.timedelta(days=1), _SHEETS)
    return Today(
        day,
        f"{now:%H:%M}",
        _visits(space_uid, day, now.hour),
        training.sittings_on(space_uid, day),
        sheets,
        total,
        training.waiting_requests(space_uid) if answers else 0,
        volunteers.count_offers(space_uid) if registers else 0,
        status.current() if sends else None,
    )


def _visits(space_uid: uuid.UUID, day: datetime.date, now: int) -> Visits:
    before = day - datetime.timedelta(days=1)
    found = queries.days(space_uid, before, day)
    yesterday = found.get(before)
    return Visits(found.get(day) or queries.Day(day), yesterday.total if yesterday else 0, now)


def sitting_note(line: training.SittingLine) -> str:
    """« Séance 3 sur 6 · 14 personnes », « Séance 3 sur 6 · 11 présences sur 12 » once entered."""
    number = msg("Séance %(n)s sur %(all)s", n=line.number, all=line.total)
    people = nmsg("%(n)s personne", "%(n)s personnes", line.seated)
    if line.entered:
        one, many = "%(n)s présence sur %(all)s", "%(n)s présences sur %(all)s"
        people = nmsg(one, many, line.present, all=max(line.seated, line.present))
    return f"{number} · {people}"


def age_of(line: training.SittingLine, day: datetime.date) -> str:
    """« lundi 16 novembre, il y a 5 jours »."""
    ago = formats.days_ago((day - line.day).days)
    return f"{formats.weekday(line.day)} {formats.day_month(line.day)}, {ago}"
