"""Forms of organisations, of their authors and of projects."""

import re
import uuid

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from kiosk.language import msg
from kiosk.partners.mandates.services import MandateCard
from kiosk.partners.models import Kind
from kiosk.web.forms import Form, max_length

KIND_WORDS = {
    Kind.COLLECTIVE: msg("Collectif"),
    Kind.NGO: msg("ONG ou association"),
    Kind.FEDERATION: msg("Fédération"),
}


class OrganisationForm(Form):
    """The card of an organisation."""

    kind = RadioField(
        msg("Sorte"), [InputRequired(msg("Choisissez une sorte."))], choices=list(KIND_WORDS.items())
    )
    name = StringField(msg("Nom"), [DataRequired(msg("Le nom manque.")), max_length(160)])
    parent = SelectField(msg("Membre de"), [Optional()])
    place = StringField(msg("Ville ou région"), [Optional(), max_length(80)])
    commune = SelectField(msg("Commune"), [Optional()])
    phone = TelField(msg("Téléphone"), [Optional(), max_length(30)])

    def parent_uid(self) -> uuid.UUID | None:
        """Return the chosen parent."""
        return uuid.UUID(hex=self.parent.data) if self.parent.data else None


class AuthorForm(Form):
    """An author for this organisation."""

    author = SelectField(msg("Rédacteur, rédactrice"), [InputRequired(msg("Choisissez une personne."))])


class MandateForm(Form):
    """A person on the board of an organisation."""

    name = StringField(msg("Prénom et nom"), [DataRequired(msg("Le nom manque.")), max_length(120)])
    sex = RadioField(
        msg("Sexe"),
        [InputRequired(msg("Choisissez une réponse."))],
        choices=[("F", msg("Femme")), ("M", msg("Homme")), ("unsaid", msg("Non dit"))],
    )
    role = StringField(msg("Mandat"), [Optional(), max_length(80)], description=msg("Présidente, trésorier…"))
    starts_on = DateField(msg("Depuis le"), [Optional()])

    def card(self) -> MandateCard:
        """Return the mandate as typed."""
        return MandateCard(self.name.data or "", self.sex.data, self.role.data or "", self.starts_on.data)


class ProjectForm(Form):
    """The card of a project."""

    name = StringField(msg("Nom du projet"), [DataRequired(msg("Le nom manque.")), max_length(160)])
    code = StringField(
        msg("Code"), [DataRequired(msg("Le code manque. Exemple : FECONG-1.")), max_length(20)]
    )
    donors = TextAreaField(msg("Qui finance"), [Optional(), max_length(1000)])
    starts_on = DateField(msg("Début"), [Optional()])
    ends_on = DateField(msg("Fin"), [Optional()])
    first_ages = StringField(msg("Tranches d’âge"), [Optional(), max_length(80)])
    partners = SelectMultipleField(msg("Partenaires du projet"), [Optional()])
    active = BooleanField(msg("Le projet est en cours"), default=True)

    def ages(self) -> tuple[int, ...]:
        """Return the typed first ages: whole numbers with anything between them."""
        return tuple(map(int, re.findall(r"[0-9]{1,4}", self.first_ages.data or "")))
