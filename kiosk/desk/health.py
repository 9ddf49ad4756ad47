"""The machine in plain words: its current, its last copy, room on the disk, its date.

Only what this machine can know of itself; each line says whether it is well.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from kiosk.language import Message, formats, msg
from kiosk.storage import backup, clock

_LOW_DISK = 1_000_000_000
_LOW_BATTERY = 20
_OLD_COPY_DAYS = 7
_SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True)
class Sign:
    """One line of the machine's health. `state` is ok, wait or bad."""

    icon: str
    name: Message
    note: Message | str
    state: str


def machine(data: Path, supplies: Path = _SUPPLIES) -> list[Sign]:
    """Return what the machine says of itself; a machine without battery says nothing of current."""
    return [*_power(supplies), _copy(data), _disk(data), _clock()]


def verdict(signs: list[Sign]) -> Message:
    """Say in one sentence how the machine is."""
    if any(sign.state == "bad" for sign in signs):
        return msg("La machine demande de l’aide")
    if any(sign.state == "wait" for sign in signs):
        return msg("La machine va bien, une chose est à faire")
    return msg("La machine va bien")


def _power(supplies: Path) -> list[Sign]:
    """Read the battery as the kernel shows it."""
    for place in sorted(supplies.glob("*")):
        try:
            if (place / "type").read_text().strip() != "Battery":
                continue
            left = int((place / "capacity").read_text())
            running_out = (place / "status").read_text().strip() == "Discharging"
        except (OSError, ValueError):
            continue
        return [_current(left, running_out)]
    return []


def _current(left: int, running_out: bool) -> Sign:
    share = formats.percent(left / 100)
    if not running_out:
        return Sign("power", msg("Courant"), msg("branché · batterie à %(share)s", share=share), "ok")
    state = "bad" if left < _LOW_BATTERY else "wait"
    return Sign("power", msg("Courant"), msg("sur batterie · %(share)s", share=share), state)


def _copy(data: Path) -> Sign:
    name = msg("Copie de secours")
    last = backup.last(data)
    if last is None:
        return Sign("shield", name, msg("pas encore faite"), "wait")
    return Sign("shield", name, formats.ago(last.at), "wait" if is_old(last) else "ok")


def is_old(last: backup.Last) -> bool:
    """Tell whether the last copy is from more than a week ago."""
    return (clock.today() - clock.local(last.at).date()).days > _OLD_COPY_DAYS


def _disk(data: Path) -> Sign:
    usage = shutil.disk_usage(data)
    sizes = {"free": formats.size(usage.free), "total": formats.size(usage.total)}
    note = msg("%(free)s sur %(total)s", **sizes)
    return Sign("disk", msg("Place libre"), note, "ok" if usage.free > _LOW_DISK else "bad")


def _clock() -> Sign:
    name, today = msg("Date de la machine"), clock.today()
    if clock.is_sure():
        return Sign("clock", name, formats.date_short(today), "ok")
    return Sign("clock", name, msg("%(day)s : à corriger", day=formats.date_short(today)), "bad")
