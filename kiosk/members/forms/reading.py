"""How answers of the register are read: a year, a number to call, another record."""

import uuid
from typing import Any

from wtforms import IntegerField, ValidationError

from kiosk.language import Message, msg, nmsg
from kiosk.members import phones
from kiosk.members.ages import OLDEST
from kiosk.storage import clock

_NO_YEAR = msg("Écrivez l’année en quatre chiffres, ou l’âge. Exemples\u00a0: 2004, 24\u00a0ans.")


class YearField(IntegerField):
    """A year of birth in digits, or as people say it: « vers 1990 », « 24 ans », « 12/03/1990 ».

    `guessed` tells that what was typed is not sure. Anything else, a bare « 24 » too, is refused
    with an example: it may be a year or an age.
    """

    guessed = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year; an empty answer is no year."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data: int | None = None
        try:
            year, self.guessed = _year(typed) if typed else (None, False)
        except ValueError as error:
            raise ValueError(_no_year(typed)) from error
        self.data = year


def _no_year(typed: str) -> Message:
    """Say how a year is written; whoever typed an age on a phone's keys is told the year it gives."""
    if not (typed.isascii() and typed.isdecimal() and int(typed) <= OLDEST):
        return _NO_YEAR
    told = {"age": int(typed), "year": str(clock.today().year - int(typed))}
    return msg("Écrivez l’année en quatre chiffres. Pour %(age)s\u00a0ans, c’est %(year)s environ.", **told)


def _year(typed: str) -> tuple[int, bool]:
    """Return the year and whether it is a guess. Raises ValueError."""
    if typed.isdecimal():
        if len(typed) != 4:
            raise ValueError(typed)
        return int(typed), False
    # What registers of spaces say is read by the importer; few people write it on this form.
    from kiosk.members.importer import cells

    try:
        year, about, _whole = cells.birth(typed)
    except ValueError:
        return clock.today().year - cells.age(typed), True
    return year, about


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
