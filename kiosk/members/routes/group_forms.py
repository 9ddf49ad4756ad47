"""Forms of groups: the card of one, and a list brought as a file or pasted."""

import uuid

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Optional

from kiosk.language import msg
from kiosk.members.groups.models import GroupKind
from kiosk.members.groups.queries import KIND_WORDS
from kiosk.members.groups.services import GroupCard
from kiosk.web.forms import Form, max_length


class GroupForm(Form):
    """The card of a group or class."""

    name = StringField(msg("Nom du groupe"), [DataRequired(msg("Le nom manque.")), max_length(120)])
    kind = RadioField(msg("Sorte"), default=str(GroupKind.GROUP), choices=list(KIND_WORDS.items()))
    contact_name = StringField(
        msg("Contact"), [Optional(), max_length(80)], description=msg("L’enseignant, ou qui parle pour eux.")
    )
    contact_phone = TelField(msg("Téléphone du contact"), [Optional(), max_length(30)])
    organisation = SelectField(msg("École ou organisation"), [Optional()])

    def card(self) -> GroupCard:
        """Return the group as typed."""
        chosen = self.organisation.data
        return GroupCard(
            name=self.name.data or "",
            kind=GroupKind(self.kind.data),
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.data or "",
            organisation_uid=uuid.UUID(hex=chosen) if chosen else None,
        )


class ListForm(Form):
    """A class list: a file, or lines pasted."""

    file = FileField(
        msg("Fichier de la liste"),
        [Optional()],
        description=msg("Excel (.xlsx), LibreOffice (.ods) ou texte (.csv)."),
    )
    lines = TextAreaField(
        msg("Ou collez la liste"),
        [Optional()],
        description=msg("Une personne par ligne\u00a0: prénom, puis nom."),
    )
