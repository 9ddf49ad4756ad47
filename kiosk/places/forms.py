"""Forms of a space's sheet: card, hours, exceptional days, rooms."""

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
)
from wtforms.fields import DateField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from kiosk.language import msg
from kiosk.places import hours
from kiosk.places.models import SiteKind
from kiosk.web.forms import Form, max_length

MOST_SEATS = 1000


class CardForm(Form):
    """Where the space is and whom to call."""

    name = StringField(
        msg("Nom de l’espace"), [DataRequired(msg("Le nom de l’espace manque.")), max_length(120)]
    )
    commune = SelectField(msg("Commune"), [Optional()])
    address = StringField(msg("Adresse"), [Optional(), max_length(300)])
    phone = TelField(msg("Téléphone"), [Optional(), max_length(30)])
    contact = StringField(msg("Personne à demander"), [Optional(), max_length(120)])
    power = StringField(msg("Courant"), [Optional(), max_length(200)])


def _day() -> StringField:
    return StringField("", [max_length(60)])


class HoursForm(Form):
    """The seven days of the week, as people write hours."""

    day_1, day_2, day_3, day_4 = _day(), _day(), _day(), _day()
    day_5, day_6, day_7 = _day(), _day(), _day()

    def days(self, names: Sequence[str]) -> list[StringField]:
        """Return the seven fields in order, each under the name of its day."""
        fields = [self[f"day_{day}"] for day in hours.WEEKDAYS]
        for field, name in zip(fields, names, strict=True):
            field.label.text = name.capitalize()
        return fields

    def week(self) -> dict[str, str]:
        """Return the typed text of each ISO weekday."""
        return {day: self[f"day_{day}"].data or "" for day in hours.WEEKDAYS}


class ExceptionForm(Form):
    """Days when the space opens otherwise, or not at all."""

    first = DateField(msg("Du"), [InputRequired(msg("Écrivez le premier jour."))])
    last = DateField(msg("Au"), [InputRequired(msg("Écrivez le dernier jour."))])
    spans = StringField(msg("Heures ces jours-là"), [Optional(), max_length(60)])
    why = StringField(msg("Pourquoi"), [Optional(), max_length(120)])


class FeastForm(Form):
    """The true day of a feast, and its hours that day."""

    day = DateField(msg("Jour"), [InputRequired(msg("Écrivez le jour."))])
    spans = StringField(msg("Heures ce jour-là"), [Optional(), max_length(60)])


def _count(label: object) -> IntegerField:
    asked = msg("Écrivez un nombre, 0 si vous ne savez pas.")
    return IntegerField(label, [InputRequired(asked), NumberRange(0, MOST_SEATS, asked)], default=0)


class RoomForm(Form):
    """A room, its seats and computers."""

    name = StringField(
        msg("Nom de la salle"), [DataRequired(msg("Le nom de la salle manque.")), max_length(80)]
    )
    seats = _count(msg("Places assises"))
    computers = _count(msg("Ordinateurs"))


SITES = {
    SiteKind.CENTRE: msg("Centre"),
    SiteKind.SPACE: msg("Espace connecté"),
    SiteKind.MOBILE: msg("Point mobile"),
}


class SiteForm(Form):
    """A place: its code for life, its name, what it is."""

    code = StringField(
        msg("Code en trois lettres"), [DataRequired(msg("Le code a trois lettres.")), max_length(3)]
    )
    name = StringField(msg("Nom du lieu"), [DataRequired(msg("Le nom manque.")), max_length(120)])
    site = RadioField(msg("Sorte"), choices=list(SITES.items()))
    commune = SelectField(msg("Commune"), [Optional()])

    def kind(self) -> SiteKind:
        """Return what the place is."""
        return SiteKind(self.site.data)


class TogetherForm(Form):
    """Communes that act together."""

    name = StringField(msg("Nom du groupe"), [DataRequired(msg("Le nom manque.")), max_length(80)])
    communes = SelectMultipleField(msg("Communes"), [Optional()])
    active = BooleanField(msg("Proposer ce groupe comme filtre"), default=True)
