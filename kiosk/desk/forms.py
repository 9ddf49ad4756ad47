"""The forms at the counter: who comes in now, and what a paper notebook says of another day."""

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from kiosk.desk.models import FAMILIES, SEXES
from kiosk.desk.services import MANY
from kiosk.language import msg
from kiosk.web.fields import DayField
from kiosk.web.forms import Form


class ArrivalForm(Form):
    """Somebody has just come in. Nothing is chosen beforehand: a default would be counted."""

    family = RadioField(
        msg("Pour quoi ?"),
        choices=list(FAMILIES.items()),
        validators=[InputRequired(msg("Choisissez un service."))],
    )
    sex = RadioField(
        msg("Qui vient ?"),
        choices=list(SEXES.items()),
        validators=[InputRequired(msg("Choisissez une réponse."))],
    )


class NotebookForm(ArrivalForm):
    """Several visits alike, written down later: the day first, as in the notebook."""

    day = DayField(
        msg("Quel jour ?"), validators=[InputRequired(msg("Écrivez le jour, par exemple 21/11/2026."))]
    )
    count = IntegerField(
        msg("Combien de personnes ?"),
        default=1,
        validators=[
            InputRequired(msg("Écrivez un nombre.")),
            NumberRange(1, MANY, msg("Notez entre 1 et %(n)s personnes à la fois.", n=MANY)),
        ],
    )
