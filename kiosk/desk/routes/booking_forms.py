"""Forms of bookings: the hours, and who meets in a room."""

from wtforms import IntegerField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, NumberRange, Optional

from kiosk.desk.booking.services import Hours, Meeting
from kiosk.language import formats, msg
from kiosk.storage import clock
from kiosk.web.fields import DayField, HourField
from kiosk.web.forms import Form, max_length

_COMPUTER, _ROOM = (30, 60, 90, 120), (60, 90, 120, 180, 240, 360, 480)


def _said(lengths: tuple[int, ...]) -> list[tuple[int, str]]:
    return [(minutes, formats.duration(minutes * 60)) for minutes in lengths]


class HoursForm(Form):
    """When a computer is wanted."""

    day = DayField(msg("Quel jour\u202f?"), [InputRequired(msg("Écrivez le jour, par exemple 21/11/2026."))])
    starts = HourField(msg("À quelle heure\u202f?"), [InputRequired(msg("Donnez l’heure."))])
    minutes = SelectField(
        msg("Pour combien de temps\u202f?"), coerce=int, default=60, choices=lambda: _said(_COMPUTER)
    )

    def hours(self) -> Hours:
        """Return the hours as typed."""
        return Hours(self.day.data or clock.today(), self.starts.data, self.minutes.data)


class RoomForm(HoursForm):
    """When a room is wanted, by whom and what for."""

    minutes = SelectField(
        msg("Pour combien de temps\u202f?"), coerce=int, default=120, choices=lambda: _said(_ROOM)
    )
    room = SelectField(msg("Salle"), [InputRequired(msg("Choisissez une salle."))])
    who = StringField(
        msg("Pour qui\u202f?"), [InputRequired(msg("Dites pour qui est la salle.")), max_length(120)]
    )
    purpose = StringField(msg("Pour quoi faire\u202f?"), [Optional(), max_length(200)])
    people = IntegerField(
        msg("Combien de personnes\u202f?"),
        [
            Optional(),
            NumberRange(1, 1000, msg("Écrivez un nombre entre %(low)s et %(high)s.", low=1, high=1000)),
        ],
    )
    phone = TelField(msg("Téléphone"), [Optional(), max_length(30)])

    def meeting(self) -> Meeting:
        """Return who meets, as typed."""
        return Meeting(self.who.data or "", self.phone.data or "", self.purpose.data or "", self.people.data)


class ShareForm(Form):
    """One person's fair share of a day at a computer."""

    minutes = SelectField(
        msg("Part de chacun, par jour"), coerce=int, choices=lambda: _said((*_COMPUTER, 180, 240))
    )
