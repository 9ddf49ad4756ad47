"""What leaves the machine as a file: asked each time."""

from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import InputRequired

from kiosk.language import msg
from kiosk.web.forms import Form


class ExportForm(Form):
    """What leaves the machine, and in which kind of file."""

    content = RadioField(
        msg("Contenu du fichier"),
        [InputRequired(msg("Choisissez ce que le fichier contient."))],
        choices=[
            ("anonyme", msg("Sans les noms")),
            ("complet", msg("Avec les noms")),
            ("messages", msg("Liste WhatsApp")),
        ],
        default="anonyme",
    )
    kind = RadioField(
        msg("Sorte de fichier"),
        [InputRequired(msg("Choisissez une sorte de fichier."))],
        choices=[("csv", "CSV"), ("xlsx", "Excel"), ("vcf", msg("Contacts du téléphone"))],
        default="csv",
    )

    sensitive = BooleanField(msg("Avec les réponses sensibles"))

    def validate_kind(self, field: RadioField) -> None:
        """Contacts of a phone hold names: they are of the list of those who agreed, and of no other."""
        if field.data == "vcf" and self.content.data != "messages":
            raise ValidationError(msg("Les contacts vont avec la liste WhatsApp."))
