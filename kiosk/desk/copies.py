"""The copies of this machine as its manager sees them: when, where, locked or not; a lock made and checked.

The code that opens locked copies is kept nowhere on the machine: it is drawn, shown
once to be written on paper, and its public half locks once a part was typed again.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path

from kiosk.language import Message, msg
from kiosk.storage import Refusal, backup, clock, sealing
from kiosk.storage.store import StoreError

ASKED = (3, 5)
"""The groups of a code that are typed again, from 1."""


@dataclass(frozen=True)
class State:
    """How copies stand. `locked_on` None: they are not locked; `spoilt`: the lock cannot be read.

    `on_machine` tells that the last one lies beside the data: what breaks the machine takes it too.
    """

    last: backup.Last | None
    on_machine: bool
    locked_on: datetime.date | None
    spoilt: bool
    can_lock: bool
    leaves_out: bool

    @property
    def is_whole(self) -> bool:
        """Tell whether copies take everything along."""
        return self.locked_on is not None and not self.spoilt


def state(data: Path) -> State:
    """Return how the copies of a machine stand."""
    last, spoilt = backup.last(data), False
    try:
        locked = sealing.lock_of(data) is not None
    except StoreError:
        locked, spoilt = False, True
    on = clock.local(int((data / sealing.NAME).stat().st_mtime * 1000)).date() if locked else None
    there = bool(last and last.file and last.file.is_relative_to(data.resolve()))
    out = not spoilt and (data / backup.DATABASE).exists() and backup.leaves_out(data)
    return State(last, there, on, spoilt, sealing.is_there(), out)


def groups(code: str) -> list[str]:
    """Return the groups of a code, as they are written on paper."""
    return code.split("-")


def lock(data: Path, code: str, typed: dict[int, str]) -> None:
    """Lock copies from now on with a code; `typed` are the groups that were read from the paper.

    Raises Refusal for the first that differs: the paper would open nothing.
    """
    known = groups(code)
    for number in ASKED:
        if sealing.plain(typed.get(number, "")) != known[number - 1]:
            raise Refusal(msg("Ce n’est pas ce groupe. Relisez votre papier."), f"group_{number}")
    try:
        sealing.lock_with(data, code)
    except StoreError as error:
        raise Refusal(no_lock()) from error


def no_lock() -> Message:
    """Say that this machine cannot lock."""
    return msg("Cette machine ne sait pas chiffrer. Appelez la coordination.")


def check(data: Path, code: str) -> None:
    """Raise Refusal where a code does not open the copies made from now on."""
    try:
        good = sealing.fits(data, code)
    except StoreError as error:
        raise Refusal(msg("Ce code est mal tapé. Relisez-le, groupe par groupe."), "code") from error
    if not good:
        raise Refusal(msg("Ce code n’ouvre pas les copies de cette machine."), "code")
