"""The machine in plain words: room on the disk, last copy, its clock.

Only what this machine can know of itself; each line says whether it is well.
"""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from kiosk.language import Message, formats, msg
from kiosk.storage import clock

_LOW_DISK = 1_000_000_000
_OLD_COPY_DAYS = 7
_PLAUSIBLE = (datetime.date(2026, 1, 1), datetime.date(2080, 1, 1))


@dataclass(frozen=True)
class Sign:
    """One line of the machine's health. `state` is ok, wait or bad."""

    icon: str
    name: Message
    note: Message | str
    state: str


def machine(data: Path) -> list[Sign]:
    """Return what the machine says of itself."""
    return [_disk(data), _copy(data), _clock()]


def verdict(signs: list[Sign]) -> Message:
    """Say in one sentence how the machine is."""
    if any(sign.state == "bad" for sign in signs):
        return msg("La machine demande de l’aide")
    if any(sign.state == "wait" for sign in signs):
        return msg("La machine va bien, une chose est à faire")
    return msg("La machine va bien")


def _disk(data: Path) -> Sign:
    usage = shutil.disk_usage(data)
    sizes = {"free": formats.size(usage.free), "total": formats.size(usage.total)}
    note = msg("%(free)s sur %(total)s", **sizes)
    return Sign("disk", msg("Place libre"), note, "ok" if usage.free > _LOW_DISK else "bad")


def _copy(data: Path) -> Sign:
    moments = [path.stat().st_mtime for path in (data / "backups").glob("*") if path.is_file()]
    name = msg("Copie de secours")
    if not moments:
        return Sign("shield", name, msg("pas encore faite"), "wait")
    last = int(max(moments) * 1000)
    days = (clock.today() - clock.local(last).date()).days
    return Sign("shield", name, formats.ago(last), "ok" if days <= _OLD_COPY_DAYS else "wait")


def _clock() -> Sign:
    right = _PLAUSIBLE[0] <= clock.today() <= _PLAUSIBLE[1]
    note = msg("à vérifier") if not right else formats.date_short(clock.today())
    return Sign("clock", msg("Date de la machine"), note, "ok" if right else "wait")
