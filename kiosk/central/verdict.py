"""Who wins a field: the rule of the merge, as a pure function.

What its author had seen, or what his own log already held, an edit replaces
whatever the clocks say. Only a truly concurrent one is decided: by the field's
own strong or weak values first, then by the clock, clamped to the centre's.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kiosk.central.journal import Setting, Version
from kiosk.storage.base import Synced


class Verdict(Enum):
    """What becomes of an edit.

    SAW: nothing concurrent. WINS, LOSES: concurrent, one value goes. AGREES: both said the
    same. OVER: it waited, and its own author has written over it since.
    """

    SAW = "saw"
    WINS = "wins"
    LOSES = "loses"
    AGREES = "agrees"
    OVER = "over"


@dataclass(frozen=True)
class Edit:
    """One field as a change writes it: `base` is the version its author had seen, `eff` the clamped clock."""

    value: Any
    op: bytes
    eff: int
    base: Version | None


@dataclass(frozen=True)
class Standing:
    """One field as it stands: its value, and who set it (None: nobody)."""

    value: Any
    by: Setting | None


def judge(model: type[Synced], name: str, edit: Edit, stands: Standing, own: Collection[bytes]) -> Verdict:
    """Return what becomes of an edit; `own` holds the op ids of its author's past."""
    now = stands.by
    if now is None or now.op in own or (edit.base is not None and now.version <= edit.base):
        return Verdict.SAW
    if edit.value == stands.value:
        # A later withdrawal that saw one of two equal entries must not undo the other.
        return Verdict.AGREES if name in model.__yields__ else _by_clock(edit, now)
    strong, weak = _special(model.__prevails__, name), _special(model.__yields__, name)
    if strong in (edit.value, stands.value) and name in model.__prevails__:
        return Verdict.WINS if edit.value == strong else Verdict.LOSES
    if weak in (edit.value, stands.value) and name in model.__yields__:
        return Verdict.LOSES if edit.value == weak else Verdict.WINS
    return _by_clock(edit, now)


def _special(values: Any, name: str) -> Any:
    return values.get(name, ...)


def _by_clock(edit: Edit, now: Setting) -> Verdict:
    return Verdict.WINS if (edit.eff, edit.op) > (now.eff, now.op) else Verdict.LOSES


def agreed(edit: Edit, now: Setting, version: Version) -> Setting:
    """Return the setting of a value that two authors gave without seeing each other: neither's alone."""
    first, second = sorted((edit.op, now.op))
    op = hashlib.sha256(b"agreed" + first + second).digest()[:16]
    return Setting(version, max(edit.eff, now.eff), op, version[1])
