"""Forms of the pages of sending."""

from flask_wtf.file import FileRequired, MultipleFileField

from kiosk.language import msg
from kiosk.web.forms import Form


class BroughtForm(Form):
    """What somebody brought as a file, in one piece or in several."""

    files = MultipleFileField(
        msg("Fichiers reçus"),
        [FileRequired(msg("Choisissez un fichier."))],
        description=msg("Leur nom finit par .KSE. Choisissez-les tous."),
    )
