"""Fields that several rooms need: a day, a month, an hour as people write them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, Field, StringField
from wtforms.widgets import MonthInput, TimeInput

from kiosk.language import fmt, msg

_HOUR = re.compile(r"([01]?\d|2[0-3])\s*[:hH]\s*([0-5]\d)?")


class DayField(DateField):
    """A day in any spelling used here; an impossible one stays as typed, with an example."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day, or raise with an example; nothing typed is None."""
        self.data: date | None = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = fmt.parse_date(valuelist[0].strip())
        except ValueError as error:
            raise ValueError(msg("Cette date n’existe pas. Exemple : 19/11/2026.")) from error


class MonthField(Field):
    """A month: « 2027-08 », « 08/2027 », « août 2027 »; its data is the month's first day, or None."""

    widget = MonthInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%Y-%m}" if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the month, or raise with an example; nothing typed is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data: Any = None
        if not text:
            return
        for day in (f"{text}-01", f"01/{text}", f"1 {text}"):
            try:
                self.data = fmt.parse_date(day)
            except ValueError:
                continue
            return
        raise ValueError(msg("Ce mois n’existe pas. Exemple : août 2027."))


class HourField(StringField):
    """An hour of the day, « 9 h », « 09:30 », « 15h »; its data is "HH:MM"."""

    widget = TimeInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the hour, or raise with an example; nothing typed is ""."""
        text = valuelist[0].strip() if valuelist else ""
        found = _HOUR.fullmatch(text)
        if text and not found:
            raise ValueError(msg("Cette heure n’existe pas. Exemple : 15:00."))
        self.data = f"{int(found[1]):02d}:{found[2] or '00'}" if found else ""
