"""What a page showed of a person, so that saving it writes only what its reader changed.

Two people may hold the same form open: a field that one of them left as it
was must not undo what the other corrected meanwhile. The page carries a short
print of each value it showed, never the values.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.members.services import tidy
from kiosk.storage import plain

_SIGNS = 6


def prints(fields: Mapping[str, Any]) -> str:
    """Return the prints of the values of `fields`, in their order."""
    return ".".join(_print(name, value) for name, value in fields.items())


def changed(fields: Mapping[str, Any], seen: str | None) -> dict[str, Any]:
    """Return the fields that differ from the page whose prints are `seen`; all of them without prints."""
    shown = (seen or "").split(".")
    if len(shown) != len(fields):
        return dict(fields)
    pairs = zip(fields.items(), shown, strict=True)
    return {name: value for (name, value), before in pairs if _print(name, value) != before}


@dataclass(frozen=True)
class Met:
    """Two people at one card: fields that `both` changed, each in another way, and those `others` changed."""

    both: Sequence[str] = ()
    others: Sequence[str] = ()


def meet(kept: Mapping[str, Any], typed: Mapping[str, Any], seen: str | None) -> Met:
    """Return what moved in the card, as it is `kept`, since its page was shown, beside what is `typed`."""
    shown = (seen or "").split(".")
    if len(shown) != len(typed):
        return Met()
    mine = changed(typed, seen)
    moved = [
        name for (name, value), old in zip(kept.items(), shown, strict=True) if _print(name, value) != old
    ]
    both = [name for name in moved if name in mine and _print(name, mine[name]) != _print(name, kept[name])]
    return Met(both, [name for name in moved if name not in mine])


def _print(name: str, value: Any) -> str:
    kept = plain(tidy(name, value))
    told = json.dumps(sorted(kept) if isinstance(kept, list) else kept)
    return hashlib.sha256(told.encode()).hexdigest()[:_SIGNS]
