"""Forms of the coordination's page of kiosks."""

from wtforms import StringField
from wtforms.validators import DataRequired, Regexp

from kiosk.language import msg
from kiosk.web.forms import Form, max_length


class CodeForm(Form):
    """For which space a code is made."""

    code = StringField(
        msg("Code de l’espace"),
        [
            DataRequired(msg("Tapez le code de l’espace. Exemple\u00a0: NIO.")),
            Regexp(r"[A-Za-z]{3}$", message=msg("Le code a trois lettres. Exemple\u00a0: NIO.")),
            max_length(3),
        ],
        description=msg("Trois lettres, les mêmes que sur les cartes."),
    )
    name = StringField(
        msg("Nom du nouvel espace"),
        [max_length(80)],
        description=msg("Vérifiez d’abord les trois lettres."),
    )
