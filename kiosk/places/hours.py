"""Opening hours: how people write them, and what they are on a day.

A span is the text "08:00-12:00". Hours are kept by ISO weekday ("1" is Monday);
exceptions are {"from", "to" (ISO dates), "spans", "why"} and replace the hours
of every day they cover.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.language import Message, fold, msg
from kiosk.storage import Refusal

WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")
MOST_SPANS = 4

# The second number is minutes unless it begins the next span: « 12h 15h-18h », « 12h 15-18 ».
_START = r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?"
_END = r"(\d{1,2})\s*(?:[h:.]\s*(\d{2}(?!\s*[\dh:.–—-]))?)?"
_SPAN = re.compile(rf"{_START}\s*(?:-|–|—|a)\s*{_END}")
_BETWEEN = re.compile(r"[\s,;/+]*(?:et)?[\s,;/+]*")
_CLOSED = {"", "ferme", "fermee", "-"}

Hours = Mapping[str, Sequence[str]]
Exceptions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Opening:
    """What a day holds: spans in order (none: closed), and why it is exceptional.

    `estimated`: the day of this feast is calculated, nobody confirmed it yet.
    """

    spans: tuple[str, ...]
    why: str = ""
    estimated: bool = False

    @property
    def words(self) -> Message:
        """« 08:00 – 12:00, 15:00 – 18:00 », or « fermé »."""
        if not self.spans:
            return msg("fermé")
        return msg("%(spans)s", spans=shown(self.spans))

    def covers(self, time: datetime.time) -> bool:
        """Tell whether the space is open at `time` of that day."""
        return any(start <= f"{time:%H:%M}" < end for start, end in (span.split("-") for span in self.spans))


def shown(spans: Sequence[str]) -> str:
    """Write spans for a reader: « 08:00 – 12:00, 15:00 – 18:00 »."""
    return ", ".join(span.replace("-", "\u00a0–\u00a0") for span in spans)


def written(spans: Sequence[str]) -> str:
    """Write spans as one types them: « 8h-12h 15h-18h30 »."""
    return " ".join("-".join(_short(time) for time in span.split("-")) for span in spans)


def _short(time: str) -> str:
    hour, minute = time.split(":")
    return f"{int(hour)}h{minute if minute != '00' else ''}"


def parse(text: str, field: str | None = None) -> list[str]:
    """Read one day's hours: « 8h-12h 15h-18h30 », « 08:00 à 12:00 », « fermé ».

    Raises Refusal, on `field`, for hours that cannot be read, overlap or go back.
    """
    plain = fold(text)
    if plain in _CLOSED:
        return []
    spans, place = [], 0
    for found in _SPAN.finditer(plain):
        if not _BETWEEN.fullmatch(plain[place : found.start()]):
            raise _unreadable(field)
        spans.append((_minutes(found[1], found[2], field), _minutes(found[3], found[4], field)))
        place = found.end()
    if not spans or plain[place:].strip(" ,;.") or len(spans) > MOST_SPANS:
        raise _unreadable(field)
    return _ordered(spans, field)


def _minutes(hour: str, minute: str | None, field: str | None) -> int:
    value = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or value > 24 * 60:
        raise _unreadable(field)
    return value


def _ordered(spans: list[tuple[int, int]], field: str | None) -> list[str]:
    spans.sort()
    ends = [end for _, end in spans]
    starts = [start for start, _ in spans[1:]] + [24 * 60]
    if any(start >= end for start, end in spans) or any(e > s for e, s in zip(ends, starts, strict=True)):
        raise Refusal(msg("Ces heures se croisent. Exemple\u00a0: 8h-12h 15h-18h."), field)
    return [f"{_clock(start)}-{_clock(end)}" for start, end in spans]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _unreadable(field: str | None) -> Refusal:
    return Refusal(msg("Ces heures sont illisibles. Exemple\u00a0: 8h-12h 15h-18h."), field)


def exceptional(day: datetime.date, exceptions: Exceptions | None) -> Mapping[str, Any] | None:
    """Return the first exception that covers a day."""
    covering = (
        one for one in exceptions or () if str(one.get("from")) <= day.isoformat() <= str(one.get("to"))
    )
    return next(covering, None)


def on(day: datetime.date, hours: Hours | None, exceptions: Exceptions | None) -> Opening:
    """Return what `day` holds, exceptions first."""
    exception = exceptional(day, exceptions)
    if exception is not None:
        return Opening(tuple(exception.get("spans") or ()), str(exception.get("why") or ""))
    return Opening(tuple((hours or {}).get(str(day.isoweekday()), ())))
