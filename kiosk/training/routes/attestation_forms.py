"""Forms of the attestations: the day written on them, the rule of a session, a number to check."""

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from kiosk.language import msg
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

_REQUIRED = InputRequired(msg("Il manque cette réponse."))
_PERCENT = NumberRange(1, 100, msg("Écrivez un nombre entre %(low)s et %(high)s.", low=1, high=100))


class AttestForm(Form):
    """Attestations of a session: the day written on them."""

    day = DayField(msg("Fait le"), [_REQUIRED], description=msg("Cette date est écrite sur le papier."))


class RuleForm(Form):
    """How much of a session must be followed."""

    percent = IntegerField(msg("Part à suivre, en %%"), [_REQUIRED, _PERCENT])


class CheckForm(Form):
    """An attestation to check: its number, and the name on the paper."""

    number = StringField(
        msg("Numéro de l’attestation"),
        [_REQUIRED, max_length(30)],
        description=msg("Par exemple : A-NIO-000064-V."),
    )
    name = StringField(
        msg("Nom écrit sur le papier"),
        [Optional(), max_length(120)],
        description=msg("Pour savoir s’il va avec ce numéro."),
    )
