"""Forms of the register: a person, a file to import, what to export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
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

from kiosk.language import msg
from kiosk.members import vocabulary
from kiosk.members.fields.own import Question
from kiosk.members.fields.words import Book
from kiosk.members.forms.reading import YearField, check_phone, read_uid
from kiosk.members.minors import NOT_BEFORE, is_minor
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.web.forms import Form, max_length

_NAME, _TEXT, _NOTES = 80, 120, 2000
PLAIN = (
    "given_name", "family_name", "sex", "birth_year", "birth_year_about", "commune_pcode", "village", "phone",
    "languages", "occupation", "profession", "schooling", "organisation", "civil_society", "organisation_uid",
    "elected_as", "digital_roles", "how_heard", "guardian", "guardian_phone", "notes", "registered_on",
)  # fmt: skip
MORE = (
    "languages", "occupation", "profession", "schooling", "organisation", "civil_society", "organisation_uid",
    "elected_as", "digital_roles", "how_heard", "registered_on", "notes",
)  # fmt: skip


AT_FIRST = ("languages", "occupation", "schooling", "organisation", "how_heard", "registered_on", "notes")
"""What the first card asks of them: the rest stands on the page that amends it, one screen is enough."""

ONE_WORD = ("occupation", "profession", "schooling", "elected_as", "how_heard")
MINOR = ("guardian", "guardian_phone")
"""Who answers for a minor: asked apart, with her agreement."""


@dataclass(frozen=True)
class Offer:
    """What a form offers to choose from: the words of the lists, and our partners as (hex uid, name)."""

    book: Book
    organisations: Sequence[tuple[str, str]] = ()


SHARED = frozenset(
    {
        "commune_pcode",
        "village",
        "phone",
        "languages",
        "organisation",
        "how_heard",
        "guardian",
        "guardian_phone",
    }
)
"""What the people of one family share."""


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
    profession = SelectField(msg("Domaine du métier"), [Optional()])
    civil_society = BooleanField(msg("Membre d’une organisation de la société civile"))
    organisation_uid = SelectField(msg("Laquelle, parmi nos partenaires"), [Optional()], coerce=read_uid)
    elected_as = SelectField(
        msg("Mandat électif"), [Optional()], description=msg("Laissez vide sans mandat.")
    )
    digital_roles = SelectMultipleField(
        msg("Rôle en ligne"), [Optional()], description=msg("Plusieurs réponses possibles.")
    )
    how_heard = SelectField(msg("A connu l’espace par"), [Optional()])
    guardian = StringField(
        msg("Personne responsable"),
        [Optional(), max_length(_TEXT)],
        description=msg("Pour les moins de 18 ans."),
    )
    guardian_phone = TelField(msg("Son téléphone"), [Optional(), max_length(40)])
    notes = TextAreaField(msg("Remarques"), [Optional(), max_length(_NOTES)])
    registered_on = DateField(
        msg("Date d’inscription"), [InputRequired(msg("Écrivez la date de l’inscription."))]
    )

    seen = HiddenField(validators=[max_length(200)])

    questions: tuple[Question, ...] = ()
    kept_phone: str | None = None
    kept_guardian_phone: str | None = None

    def offer(
        self, communes: Mapping[str, list[tuple[str, str]]], asked: Offer, member: Member | None = None
    ) -> None:
        """Fill the lists; an answer of `member` that no list holds stays on offer."""
        self.kept_phone = member.phone if member else None
        self.kept_guardian_phone = member.guardian_phone if member else None
        known = {pcode for group in communes.values() for pcode, _ in group}
        own = member.commune_pcode if member else None
        first = [("", msg("Je ne sais pas"))] + ([(own, own)] if own and own not in known else [])
        self.commune_pcode.choices = {"": first, **communes}
        for name in ONE_WORD:
            self[name].choices = [("", "–"), *asked.book.offered(name, [getattr(member, name, None)])]
        for name in vocabulary.SEVERAL:
            self[name].choices = asked.book.offered(name, getattr(member, name, None) or [])
        self.organisation_uid.choices = [("", "–"), *asked.organisations]

    def validate_given_name(self, field: StringField) -> None:
        """Refuse a person without any name at once, with whatever else is missing."""
        if not (field.data or self.family_name.data):
            raise ValidationError(msg("Le nom manque. Écrivez au moins un nom."))

    def validate_phone(self, field: TelField) -> None:
        """Refuse a number that cannot be called, unless it was already kept so."""
        check_phone(field.data or "", self.kept_phone)

    def validate_guardian_phone(self, field: TelField) -> None:
        """Refuse a number that cannot be called, unless it was already kept so."""
        check_phone(field.data or "", self.kept_guardian_phone)

    def point_at_fault(self) -> None:
        """Put the reader on the first answer to correct, in the order of the page."""
        wrong = [
            field for field in self if field.errors and field.type not in ("HiddenField", "CSRFTokenField")
        ]
        if wrong:
            first = min(wrong, key=lambda field: field.name in MORE)  # what is behind a line comes last
            first.render_kw = {**(first.render_kw or {}), "autofocus": True}

    def answers(self) -> dict[str, Any]:
        """Return the answers by field of a member."""
        found = {name: self[name].data for name in PLAIN}
        return {**found, "birth_year_about": self.birth_year_about.data or self.birth_year.guessed}

    def own_answers(self) -> dict[str, str]:
        """Return the answers to the fields of one's own, as texts, "" for none."""
        found = {one.key: self[one.key].data for one in self.questions}
        return {key: "" if value is None else str(value) for key, value in found.items()}


class NewMemberForm(MemberForm):
    """A first registration: what she agrees to is asked at once, and of whom answers for a minor."""

    agreed = BooleanField(
        msg("La personne accepte que l’espace garde ces réponses."),
        description=msg("Demandez-lui, puis cochez. Elle peut être inscrite sans."),
    )
    contact = BooleanField(msg("Elle accepte un appel ou un message."))
    photo = BooleanField(msg("Elle accepte d’être prise en photo."))
    public_name = BooleanField(msg("Elle accepte que son nom soit publié."))

    guardian_says = RadioField(
        msg("La personne responsable est d’accord"),
        [Optional()],
        choices=[("oui", msg("Oui")), ("attente", msg("Pas encore demandé"))],
    )

    def validate(self, *args: Any, **more: Any) -> bool:
        """Check every answer; of a minor, ask who answers for her and whether that person agrees."""
        fine = super().validate(*args, **more)
        if not self._asks_guardian():
            return bool(fine)
        asked = (
            (self.guardian, msg("Elle a moins de 18 ans. Qui répond d’elle\u202f?")),
            (
                self.guardian_says,
                msg("Elle a moins de 18 ans. La personne responsable est-elle d’accord\u202f?"),
            ),
        )
        for field, sentence in asked:
            if not field.data:
                field.errors = [*field.errors, sentence]
                fine = False
        return bool(fine)

    def _asks_guardian(self) -> bool:
        year, day = self.birth_year.data, self.registered_on.data
        return bool(day) and is_minor(year, day)

    def purposes(self) -> list[Purpose]:
        """Return what was agreed to; a minor cannot agree to be shown."""
        asked = {
            Purpose.REGISTER: self.agreed,
            Purpose.CONTACT: self.contact,
            Purpose.PHOTO: self.photo,
            Purpose.PUBLIC_NAME: self.public_name,
        }
        agreed = [purpose for purpose, field in asked.items() if field.data]
        if not self._asks_guardian():
            return agreed
        theirs = [Purpose.GUARDIAN] if self.guardian_says.data == "oui" else []
        return [one for one in agreed if one not in NOT_BEFORE] + theirs


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
