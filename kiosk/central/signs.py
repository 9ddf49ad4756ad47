"""How a kiosk is, in plain words: its clock, its disk, its version, what waits there and here.

Only what the machine said when it was last heard. Each line says whether it is well.
"""

from dataclasses import dataclass

from kiosk.central.clocks import SLACK_MS
from kiosk.central.queries import Kiosk
from kiosk.language import Message, formats, msg, nmsg
from kiosk.storage import clock

LOW_DISK = 1_000_000_000
OK, WAIT, BAD = "ok", "wait", "bad"


@dataclass(frozen=True)
class Sign:
    """One line; `state` is ok, wait or bad."""

    icon: str
    name: Message
    note: Message | str
    state: str


def of(one: Kiosk, program: str) -> list[Sign]:
    """Return how a kiosk is, beside a centre of version `program`."""
    lines = [waiting(one), held(one), time(one), disk(one), version(one, program)]
    return [*lines, behind()] if one.state == "stale" else lines


def behind() -> Sign:
    """Return what awaits a machine that was silent too long: the log does not go back that far."""
    return Sign("sync", msg("À son retour"), msg("il recevra tout de nouveau, sans rien perdre"), WAIT)


def warnings(one: Kiosk, program: str) -> list[Sign]:
    """Return what a person should look at."""
    return [sign for sign in (time(one), disk(one), version(one, program)) if sign.state != OK]


def waiting(one: Kiosk) -> Sign:
    """Return what it still had to send when last heard."""
    name = msg("Chez lui")
    if not one.waiting:
        return Sign("send", name, msg("tout était envoyé"), OK)
    said = nmsg("%(n)s changement attendait", "%(n)s changements attendaient", one.waiting)
    return Sign("send", name, said, WAIT)


def held(one: Kiosk) -> Sign:
    """Return what the centre holds back or has put aside."""
    name, count = msg("Retenus ici"), one.held + one.quarantined
    return Sign(
        "shield",
        name,
        nmsg("%(n)s envoi", "%(n)s envois", count) if count else msg("rien"),
        WAIT if count else OK,
    )


def time(one: Kiosk) -> Sign:
    """Return how its clock stood."""
    name = msg("Horloge")
    if one.clock_offset is None:
        return Sign("clock", name, msg("pas encore dit"), OK)
    if abs(one.clock_offset) <= SLACK_MS:
        return Sign("clock", name, msg("à l’heure"), OK)
    apart = _apart(abs(one.clock_offset) // 1000)
    late = (
        msg("en retard de %(time)s", time=apart)
        if one.clock_offset > 0
        else msg("en avance de %(time)s", time=apart)
    )
    return Sign("clock", name, late, WAIT if one.clock_quality == clock.SURE else BAD)


def _apart(seconds: int) -> Message | str:
    days = seconds // 86_400
    return nmsg("%(n)s jour", "%(n)s jours", days) if days else formats.duration(seconds)


def disk(one: Kiosk) -> Sign:
    """Return how much room its disk has."""
    name = msg("Place libre")
    if one.disk_free is None:
        return Sign("disk", name, msg("pas encore dit"), OK)
    return Sign("disk", name, formats.size(one.disk_free), OK if one.disk_free > LOW_DISK else BAD)


def version(one: Kiosk, program: str) -> Sign:
    """Return which program it runs."""
    name = msg("Version")
    if not one.program or one.program == program:
        return Sign("gear", name, one.program or msg("pas encore dit"), OK)
    return Sign("gear", name, msg("%(theirs)s, ici %(ours)s", theirs=one.program, ours=program), WAIT)
