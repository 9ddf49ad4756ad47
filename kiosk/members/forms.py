"""Forms of the register: a person, a file to import, what to export."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import DateField
from wtforms.validators import InputRequired, Optional

from kiosk.language import Message, msg, nmsg
from kiosk.members import phones, vocabulary
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.web.forms import Form, max_length

_NAME, _TEXT, _NOTES = 80, 120, 2000
_NO_YEAR = msg("Écrivez l’année en quatre chiffres. Exemple\u00a0: 2004.")
PLAIN = (
    "given_name", "family_name", "sex", "birth_year", "birth_year_about", "commune_pcode", "village", "phone",
    "languages", "occupation", "schooling", "organisation", "how_heard", "guardian", "notes", "registered_on",
)  # fmt: skip
MORE = (
    "languages", "occupation", "schooling", "organisation", "how_heard", "guardian", "registered_on", "notes",
)  # fmt: skip


SHARED = frozenset(
    {"commune_pcode", "village", "phone", "languages", "organisation", "how_heard", "guardian"}
)
"""What the people of one family share."""


class YearField(IntegerField):
    """A year in digits; anything else is refused with an example."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year; an empty answer is no year."""
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_NO_YEAR) from error


class MemberForm(Form):
    """What is asked of a person; her name and « femme ou homme » alone must be answered."""

    given_name = StringField(msg("Prénom"), [max_length(_NAME)])
    family_name = StringField(msg("Nom de famille"), [max_length(_NAME)])
    sex = RadioField(
        msg("Femme ou homme"),
        [InputRequired(msg("Choisissez une des trois réponses."))],
        choices=list(vocabulary.SEXES.items()),
    )
    birth_year = YearField(
        msg("Année de naissance"),
        [Optional()],
        description=msg("Pas sûre\u202f? Cochez «\u00a0environ\u00a0». Inconnue\u202f? Laissez vide."),
    )
    birth_year_about = BooleanField(msg("environ"))
    commune_pcode = SelectField(msg("Commune"), [Optional()])
    village = StringField(msg("Village ou quartier"), [Optional(), max_length(_TEXT)])
    phone = TelField(
        msg("Téléphone"),
        [Optional(), max_length(40)],
        description=msg("Huit chiffres. Le numéro de la famille convient."),
    )
    languages = SelectMultipleField(msg("Langues parlées"), [Optional()])
    occupation = SelectField(msg("Occupation"), [Optional()])
    schooling = SelectField(msg("École"), [Optional()])
    organisation = StringField(msg("Association ou organisation"), [Optional(), max_length(_TEXT)])
    how_heard = SelectField(msg("A connu l’espace par"), [Optional()])
    guardian = StringField(
        msg("Personne responsable"),
        [Optional(), max_length(_TEXT)],
        description=msg("Pour les moins de 18 ans."),
    )
    notes = TextAreaField(msg("Remarques"), [Optional(), max_length(_NOTES)])
    registered_on = DateField(
        msg("Date d’inscription"), [InputRequired(msg("Écrivez la date de l’inscription."))]
    )

    seen = HiddenField(validators=[max_length(200)])

    kept_phone: str | None = None

    def offer(self, communes: Mapping[str, list[tuple[str, str]]], member: Member | None = None) -> None:
        """Fill the lists; an answer of `member` that no list holds stays on offer."""
        self.kept_phone = member.phone if member else None
        known = {pcode for group in communes.values() for pcode, _ in group}
        own = member.commune_pcode if member else None
        first = [("", msg("Je ne sais pas"))] + ([(own, own)] if own and own not in known else [])
        self.commune_pcode.choices = {"": first, **communes}
        for name in ("occupation", "schooling", "how_heard"):
            self[name].choices = [("", "–"), *_choices(name, [getattr(member, name, None)])]
        self.languages.choices = _choices("languages", (member.languages if member else None) or [])

    def validate_phone(self, field: TelField) -> None:
        """Refuse a number that cannot be called, unless it was already kept so."""
        text = field.data or ""
        if phones.is_whole(phones.normalise(text)) or text == self.kept_phone:
            return
        raise ValidationError(_phone_fault(text))

    def answers(self) -> dict[str, Any]:
        """Return the answers by field of a member."""
        return {name: self[name].data for name in PLAIN}


def _choices(name: str, kept: Iterable[str | None]) -> list[tuple[str, Any]]:
    words = vocabulary.LISTS[name]
    return [*words.items(), *((code, code) for code in kept if code and code not in words)]


def _phone_fault(text: str) -> Message:
    lacking = phones.missing(text)
    if lacking > 0:
        return nmsg(
            "Il manque %(n)s chiffre. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            "Il manque %(n)s chiffres. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            lacking,
        )
    if lacking < 0:
        return nmsg(
            "Il y a %(n)s chiffre de trop. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            "Il y a %(n)s chiffres de trop. Exemple\u00a0: 76\u00a012\u00a034\u00a056.",
            -lacking,
        )
    return msg("Ce numéro n’existe pas au Mali. Exemple\u00a0: 76\u00a012\u00a034\u00a056.")


class NewMemberForm(MemberForm):
    """A first registration: what she agrees to is asked at once."""

    agreed = BooleanField(msg("La personne accepte que l’espace garde ces réponses."), default=True)
    contact = BooleanField(msg("Elle accepte un appel ou un message."))
    photo = BooleanField(msg("Elle accepte d’être prise en photo."))
    public_name = BooleanField(msg("Elle accepte que son nom soit publié."))

    def purposes(self) -> list[Purpose]:
        """Return what she agreed to."""
        asked = {
            Purpose.REGISTER: self.agreed,
            Purpose.CONTACT: self.contact,
            Purpose.PHOTO: self.photo,
            Purpose.PUBLIC_NAME: self.public_name,
        }
        return [purpose for purpose, field in asked.items() if field.data]


class FileForm(Form):
    """A register to read."""

    file = FileField(
        msg("Fichier du registre"),
        [FileRequired(msg("Choisissez un fichier."))],
        description=msg("Excel (.xlsx), LibreOffice (.ods) ou texte (.csv)."),
    )
    day = DateField(
        msg("Date du registre"),
        [Optional()],
        description=msg("Si le fichier donne des âges, de quel jour datent-ils\u00a0?"),
    )


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

    def validate_kind(self, field: RadioField) -> None:
        """Contacts of a phone hold names: they are of the list of those who agreed, and of no other."""
        if field.data == "vcf" and self.content.data != "messages":
            raise ValidationError(msg("Les contacts vont avec la liste WhatsApp."))
