"""The form of a public account."""

from wtforms import SelectField, StringField, URLField
from wtforms.validators import DataRequired, Optional

from kiosk.language import msg
from kiosk.posts.channels.services import Card
from kiosk.posts.channels.words import WORDS, word
from kiosk.web.forms import Form, max_length


class AccountForm(Form):
    """One public account; nothing secret is asked, nothing secret is taken."""

    network = SelectField(msg("Où"))
    handle = StringField(
        msg("Nom du compte"),
        [DataRequired(msg("Le nom du compte manque. Exemple : @FecongMali.")), max_length(60)],
    )
    address = URLField(msg("Adresse"), [Optional(), max_length(300)])

    def offer(self) -> None:
        """Offer every network, and the account’s own where a newer version named it."""
        own = str(self.network.object_data or "")
        known = {str(one): said for one, said in WORDS.items()}
        self.network.choices = list(({own: word(own)} | known if own else known).items())

    def card(self) -> Card:
        """Return the account as typed."""
        return Card(self.network.data, self.handle.data or "", self.address.data or "")
