"""Forms of the médiathèque: the sheet of a material, one file."""

import re
import uuid
from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from kiosk.language import msg
from kiosk.library import queries, shelves
from kiosk.library.models import Material
from kiosk.library.services import Card
from kiosk.library.shelves import Name
from kiosk.library.vocabulary import (
    KINDS,
    LICENCES,
    PARTS,
    Kind,
    Licence,
    Part,
    Theme,
    language_names,
)
from kiosk.web.forms import Form, max_length

_DURATION = re.compile(r"(?:(\d{1,2})[h:])?(\d{1,2}):(\d{2})|(\d{1,3})")


class MaterialForm(Form):
    """The sheet of a material."""

    title = StringField(msg("Titre"), [DataRequired(msg("Le titre manque.")), max_length(120)])
    kind = RadioField(msg("Que fait-on avec\u00a0?"), choices=list(KINDS.items()), default=Kind.TEXT)
    language = SelectField(msg("Langue"), default="fr")
    theme = SelectField(msg("Étagère"), default=Theme.OTHER)
    new_shelf = StringField(
        msg("Ou une nouvelle étagère"),
        [Optional(), max_length(60)],
        description=msg("Un thème qui manque. Exemple\u00a0: Développement durable."),
    )
    summary = TextAreaField(
        msg("En deux phrases"),
        [Optional(), max_length(300)],
        description=msg("Ce qu’on apprend, en mots simples."),
    )
    body = TextAreaField(
        msg("Le texte à lire"),
        [Optional(), max_length(20_000)],
        description=msg("Une ligne vide sépare deux paragraphes. Un titre commence par #."),
    )
    title_bm = StringField(msg("Titre en bamanankan"), [Optional(), max_length(120)])
    needs_review = BooleanField(msg("À relire par un locuteur"))
    author = StringField(msg("Auteur"), [Optional(), max_length(120)])
    credit = StringField(
        msg("Autres noms à citer"),
        [Optional(), max_length(200)],
        description=msg("Voix, dessins, traduction."),
    )
    year = IntegerField(
        msg("Année"), [Optional(), NumberRange(1900, 2100, msg("Écrivez l’année. Exemple\u00a0: 2026."))]
    )
    licence = SelectField(msg("Droit de copie"), choices=list(LICENCES.items()), default=Licence.HERE_ONLY)
    collection = StringField(msg("Collection"), [Optional(), max_length(80)])
    duration = StringField(
        msg("Durée"),
        [Optional(), max_length(8)],
        description=msg("Minutes et secondes. Exemple\u00a0: 6:20."),
    )
    pages = IntegerField(
        msg("Nombre de pages"),
        [Optional(), NumberRange(1, 9999, msg("Écrivez un nombre de pages."))],
    )
    version_of = SelectField(msg("Est la traduction de"), [Optional()])

    def offer(self, material: Material | None, domains: Iterable[tuple[str, Name]] = ()) -> None:
        """Fill the lists that depend on what there is: shelves, languages, originals."""
        self.shelves = shelves.offered(domains)
        self.theme.choices = list(self.shelves.items())
        self.language.choices = list(language_names().items())
        others = queries.originals(material.uid if material else None)
        self.version_of.choices = [("", msg("Ce n’est pas une traduction")), *others]

    def validate_new_shelf(self, field: StringField) -> None:
        """Refuse a name of which no key can be made."""
        if not shelves.place(field.data or "", self.theme.data, self.shelves)[0]:
            raise ValidationError(msg("Écrivez ce nom en lettres latines."))

    def validate_duration(self, field: StringField) -> None:
        """Minutes and seconds, or minutes alone."""
        if field.data and seconds(field.data) is None:
            raise ValidationError(msg("Écrivez la durée ainsi\u00a0: 6:20."))

    def show(self, material: Material) -> None:
        """Fill the form from a material."""
        self.process(obj=material)
        self.title_bm.data = (material.titles or {}).get("bm", "")
        self.version_of.data = str(material.version_of or "")
        if material.seconds:
            self.duration.data = f"{material.seconds // 60}:{material.seconds % 60:02d}"

    def card(self) -> Card:
        """What was typed, as the services want it."""
        theme, shelf = shelves.place(self.new_shelf.data or "", self.theme.data, self.shelves)
        return Card(
            title=self.title.data or "",
            kind=Kind(self.kind.data),
            language=self.language.data,
            theme=theme,
            shelf=shelf,
            licence=Licence(self.licence.data),
            titles={"bm": self.title_bm.data} if self.title_bm.data else None,
            summary=self.summary.data or "",
            body=self.body.data or "",
            author=self.author.data or "",
            credit=self.credit.data or "",
            collection=self.collection.data or "",
            year=self.year.data,
            seconds=seconds(self.duration.data or ""),
            pages=self.pages.data,
            version_of=uuid.UUID(self.version_of.data) if self.version_of.data else None,
            needs_review=bool(self.needs_review.data),
        )


def seconds(typed: str) -> int | None:
    """« 6:20 » in seconds, « 6 » as minutes; None for anything else."""
    found = _DURATION.fullmatch(typed.strip())
    if not found:
        return None
    hours, minutes, rest, alone = found.groups()
    return int(alone) * 60 if alone else int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)


# The original of a picture is kept beside its light copy; nobody chooses that.
_USES = {part: label for part, label in PARTS.items() if part != Part.ORIGINAL}


class FileForm(Form):
    """One file and what it is for."""

    file = FileField(msg("Fichier"), [FileRequired(msg("Choisissez un fichier."))])
    part = SelectField(msg("À quoi sert ce fichier\u00a0?"), choices=list(_USES.items()), default=Part.MAIN)
