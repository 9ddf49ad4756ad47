"""« Quelle est la date d’aujourd’hui ? »: asked once, of who manages the space, when nobody can know."""

import datetime

from sqlalchemy import Connection

from kiosk.language import formats, msg
from kiosk.storage import Refusal, boots, clock
from kiosk.storage.clock import Footing

_YEAR_MS = 400 * clock.DAY_MS


def is_asked() -> bool:
    """Tell whether this machine needs a person to tell the date."""
    return clock.quality() == clock.UNSURE


def proposal() -> tuple[datetime.date, str]:
    """Return the likeliest date, and the hour: the system's where it is later by less than a year or
    so, else what the machine counts from the last moment known, as the heading of the page shows it.

    Where nothing was counted since the floor's day began, that very day is proposed, and
    never the next one. The machine was cut for ten minutes or for a night, nobody knows; but
    a tap that confirms a day already past leaves every later answer open, whereas a day to
    come dates sheets ahead and becomes a floor that no later answer may go below.
    """
    known, system = clock.footing(), clock.system_ms()
    floor = known.floor_ms if known else system
    likely = system if floor <= system <= floor + _YEAR_MS else max(floor, clock.now_ms())
    moment = clock.local(likely)
    return moment.date(), f"{moment:%H:%M}"


def answer(connection: Connection, day: datetime.date, hour: str) -> Footing:
    """Stand on what the person says; the caller tells the other processes after the commit.

    Raises Refusal, on field `day`, for a day before the last work done here, or one no
    machine of today will see.
    """
    hours, _, minutes = hour.partition(":")
    said = clock.midnight_ms(day) + (int(hours) * 60 + int(minutes or 0)) * 60_000
    known = clock.footing()
    last = clock.local(known.floor_ms).date() if known else day
    if not clock.is_plausible(day):
        raise Refusal(msg("Vérifiez l’année."), "day")
    if day < last and clock.is_plausible(last):
        when = formats.date_long(last)
        raise Refusal(msg("Le dernier travail ici date du %(day)s. Vérifiez.", day=when), "day")
    return boots.correct(connection, said, clock.CONFIRMED, boots.PERSON)
