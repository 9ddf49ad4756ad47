"""Forms of volunteers: what one offers, the days she gave, an event elsewhere, an offer from a phone."""

from decimal import Decimal, InvalidOperation

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from kiosk.language import msg
from kiosk.members import vocabulary
from kiosk.members.volunteers.services import Event, Profile
from kiosk.members.volunteers.words import FAMILIES, SLOTS
from kiosk.web.forms import Form, max_length

_NO_DAY = InputRequired(msg("Écrivez le jour."))
_NO_DAYS = msg("Comptez en demi-journées. Exemple : 3,5.")


class ProfileForm(Form):
    """What a volunteer offers."""

    families = SelectMultipleField(msg("Compétences"), [Optional()], choices=list(FAMILIES.items()))
    skills = StringField(
        msg("En quelques mots"),
        [Optional(), max_length(200)],
        description=msg("Exemple : répare les ordinateurs, traduit en soninké."),
    )
    languages = SelectMultipleField(msg("Langues"), [Optional()], choices=list(vocabulary.LANGUAGES.items()))
    slots = SelectMultipleField(msg("Disponible"), [Optional()], choices=list(SLOTS.items()))

    def profile(self) -> Profile:
        """Return what was ticked and typed."""
        families, languages, slots = (
            tuple(self[name].data or ()) for name in ("families", "languages", "slots")
        )
        return Profile(families, languages, slots, self.skills.data or "")


class TimeForm(Form):
    """Time given for one task."""

    day = DateField(msg("Dernier jour"), [_NO_DAY])
    task = StringField(
        msg("Tâche"),
        [InputRequired(msg("Écrivez la tâche. Exemple : site web.")), max_length(120)],
        description=msg("Exemple : site web, accueil, traduction."),
    )
    days = StringField(
        msg("Nombre de jours"),
        [InputRequired(_NO_DAYS), max_length(10)],
        description=msg("Une demi-journée s’écrit 0,5."),
    )
    remote = BooleanField(msg("À distance"))

    def validate_days(self, field: StringField) -> None:
        """Refuse what is no number."""
        try:
            self.given()
        except InvalidOperation:
            raise ValidationError(_NO_DAYS) from None

    def given(self) -> Decimal:
        """Return the days, typed with a comma or a point."""
        return Decimal((self.days.data or "").replace(",", "."))


class EventForm(Form):
    """An event held elsewhere."""

    title = StringField(
        msg("Nom de l’événement"), [InputRequired(msg("Écrivez le nom de l’événement.")), max_length(160)]
    )
    place = StringField(msg("Lieu"), [Optional(), max_length(120)])
    organiser = StringField(msg("Qui l’organise"), [Optional(), max_length(120)])
    first = DateField(msg("Premier jour"), [_NO_DAY])
    last = DateField(msg("Dernier jour"), [_NO_DAY])

    def event(self) -> Event:
        """Return the event as typed."""
        named = {name: self[name].data or "" for name in ("title", "place", "organiser")}
        return Event(**named, first=self.first.data, last=self.last.data)


class OfferForm(Form):
    """« Je veux aider », from a phone."""

    name = StringField(
        msg("Votre prénom et votre nom"),
        [InputRequired(msg("Écrivez votre prénom et votre nom.")), max_length(80)],
    )
    phone = TelField(
        msg("Votre téléphone"),
        [
            InputRequired(msg("Écrivez un numéro de 8 chiffres, par exemple 76 12 34 56.")),
            max_length(30),
        ],
    )
    families = SelectMultipleField(
        msg("Comment voulez-vous aider ?"), [Optional()], choices=list(FAMILIES.items())
    )
    words = TextAreaField(msg("Ce que vous savez faire"), [Optional(), max_length(300)])

    def profile(self) -> Profile:
        """Return what she offers."""
        return Profile(tuple(self.families.data or ()), skills=self.words.data or "")


class CardForm(Form):
    """The few answers that put somebody who offers her help in the register."""

    given_name = StringField(msg("Prénom"), [InputRequired(msg("Écrivez un prénom.")), max_length(80)])
    family_name = StringField(msg("Nom de famille"), [Optional(), max_length(80)])
    sex = RadioField(
        msg("Femme ou homme"),
        [InputRequired(msg("Choisissez une des trois réponses."))],
        choices=list(vocabulary.SEXES.items()),
    )
    phone = TelField(msg("Téléphone"), [Optional(), max_length(30)])
