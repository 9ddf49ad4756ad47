"""The form at the counter: who came, for what."""

from wtforms import DateField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from kiosk.desk.models import FAMILIES, Family
from kiosk.desk.services import MANY
from kiosk.language import msg
from kiosk.web.forms import Form


class VisitForm(Form):
    """One arrival, or several alike written down later."""

    SEXES = (("F", msg("Une femme")), ("M", msg("Un homme")), ("unsaid", msg("Non dit")))

    family = RadioField(
        msg("Pour quoi ?"),
        choices=list(FAMILIES.items()),
        default=Family.LEARN.value,
        validators=[InputRequired(msg("Choisissez un service."))],
    )
    sex = RadioField(
        msg("Qui vient ?"),
        choices=list(SEXES),
        validators=[InputRequired(msg("Choisissez une réponse."))],
    )
    day = DateField(
        msg("Quel jour ?"), validators=[InputRequired(msg("Écrivez le jour, par exemple 21/11/2026."))]
    )
    count = IntegerField(
        msg("Combien de personnes ?"),
        default=1,
        validators=[
            InputRequired(msg("Écrivez un nombre.")),
            NumberRange(1, MANY, msg("Notez entre 1 et %(n)s personnes à la fois.", n=MANY)),
        ],
    )
