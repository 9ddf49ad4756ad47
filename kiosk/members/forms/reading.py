"""How answers of the register are read: a year, a number to call, another record."""

import uuid
from typing import Any

from wtforms import IntegerField, ValidationError

from kiosk.language import Message, msg, nmsg
from kiosk.members import phones

_NO_YEAR = msg("Écrivez l’année en quatre chiffres. Exemple\u00a0: 2004.")


class YearField(IntegerField):
    """A year in digits; anything else is refused with an example."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year; an empty answer is no year."""
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_NO_YEAR) from error


def read_uid(value: Any) -> uuid.UUID | None:
    """Read the answer of a list of records; no answer is None. Raises ValueError for no id."""
    return value if isinstance(value, uuid.UUID) or value is None else uuid.UUID(hex=value) if value else None


def check_phone(text: str, kept: str | None) -> None:
    """Raise ValidationError for a number that cannot be called, unless it was already kept so."""
    if not phones.is_whole(phones.normalise(text)) and text != kept:
        raise ValidationError(_phone_fault(text))


def _phone_fault(text: str) -> Message:
    lacking = phones.missing(text)
    if lacking > 0:
        return nmsg(
            "Il manque %(n)s chiffre. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            "Il manque %(n)s chiffres. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            lacking,
        )
    if lacking < 0:
        return nmsg(
            "Il y a %(n)s chiffre de trop. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            "Il y a %(n)s chiffres de trop. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            -lacking,
        )
    return msg("Ce numéro n’existe pas au Mali. Exemple\u00a0: 76\u00a012\u00a034\u00a056.")
