"""Forms of signing in, of the team and of the first run."""

from wtforms import PasswordField, RadioField, SelectField, StringField, TelField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from kiosk.accounts.queries import ROLE_WORDS
from kiosk.language import msg
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

NAME = 120
SECRET = 200


def _secret(label: object, missing: object) -> PasswordField:
    return PasswordField(label, [InputRequired(missing), max_length(SECRET)])


class PinForm(Form):
    """The PIN of one person of the team."""

    secret = _secret(msg("Votre code"), msg("Tapez votre code."))


class PasswordForm(Form):
    """Name and password, at the centre."""

    name = StringField(msg("Votre nom"), [DataRequired(msg("Écrivez votre nom.")), max_length(NAME)])
    secret = _secret(msg("Mot de passe"), msg("Écrivez votre mot de passe."))


class _NewSecret(Form):
    """A secret typed twice."""

    secret = _secret(msg("Nouveau code"), msg("Choisissez un code."))
    again = _secret(msg("Le même code encore"), msg("Tapez le code une deuxième fois."))

    def validate_again(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self.secret.data:
            raise ValidationError(msg("Les deux ne sont pas les mêmes."))


class OwnSecretForm(_NewSecret):
    """One's own secret: the one of now, then the new one twice."""

    # The order on the page is the order of creation: the inherited two are made anew.
    now = _secret(msg("Code de maintenant"), msg("Tapez votre code de maintenant."))
    secret = _secret(msg("Nouveau code"), msg("Choisissez un code."))
    again = _secret(msg("Le même code encore"), msg("Tapez le code une deuxième fois."))

    def speak_of_passwords(self) -> None:
        """Name the three fields after what is typed at the centre."""
        self.now.label.text = msg("Mot de passe actuel")
        self.secret.label.text = msg("Nouveau mot de passe")
        self.again.label.text = msg("Le même mot de passe encore")


class ResetForm(Form):
    """A first secret that the manager gives; the person changes it when she signs in."""

    secret = PasswordField(
        msg("Code pour commencer"), [InputRequired(msg("Choisissez un code.")), max_length(SECRET)]
    )

    def speak_of_passwords(self) -> None:
        """Name the field after what is typed at the centre."""
        self.secret.label.text = msg("Mot de passe pour commencer")


class ColleagueForm(Form):
    """The card of a person of the team."""

    name = StringField(msg("Prénom et nom"), [DataRequired(msg("Le nom manque.")), max_length(NAME)])
    role = RadioField(msg("Rôle"), [InputRequired(msg("Choisissez un rôle."))])
    phone = TelField(msg("Téléphone"), [Optional(), max_length(30)])

    def offer(self, roles: tuple[str, ...]) -> None:
        """Offer the roles of this team."""
        self.role.choices = [(str(role), ROLE_WORDS[role]) for role in roles]  # type: ignore[index]


class NewColleagueForm(ColleagueForm, ResetForm):
    """A new person and her first secret."""


class BeginForm(Form):
    """Since when a person works here."""

    starts_on = DayField(msg("Depuis le"), [InputRequired(msg("Écrivez le premier jour."))])


class EndForm(Form):
    """The last day of a person here."""

    ends_on = DayField(msg("Dernier jour"), [InputRequired(msg("Écrivez le dernier jour."))])


class TakeOverForm(_NewSecret):
    """A manager of a space whose machine was lost: who she is, the code of the console, her new PIN."""

    console = StringField(
        msg("Code de la machine"),
        [DataRequired(msg("Ce code est écrit sur la machine.")), max_length(20)],
    )
    who = RadioField(msg("Votre nom"), [InputRequired(msg("Choisissez votre nom."))])
    secret = _secret(msg("Votre nouveau code"), msg("Choisissez un code."))
    again = _secret(msg("Le même code encore"), msg("Tapez le code une deuxième fois."))


class SetUpForm(_NewSecret):
    """The first run: the space, its manager, the code of the console."""

    console = StringField(
        msg("Code de la machine"),
        [DataRequired(msg("Ce code est écrit sur la machine.")), max_length(20)],
    )
    space = StringField(
        msg("Nom de l’espace"), [DataRequired(msg("Le nom de l’espace manque.")), max_length(NAME)]
    )
    code = StringField(
        msg("Code en trois lettres"), [DataRequired(msg("Le code a trois lettres.")), max_length(3)]
    )
    commune = SelectField(msg("Commune"), [Optional()])
    manager = StringField(
        msg("Votre prénom et nom"), [DataRequired(msg("Votre nom manque.")), max_length(NAME)]
    )
    secret = _secret(msg("Votre code"), msg("Choisissez un code."))
    again = _secret(msg("Le même code encore"), msg("Tapez le code une deuxième fois."))
    language = RadioField(msg("Votre langue"))
