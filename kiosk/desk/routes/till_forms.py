"""Forms of the counter's services: a sale, a tariff."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from kiosk.desk.till.services import MOST_PRICE, MOST_SHEETS, Service
from kiosk.language import formats, msg
from kiosk.storage import clock
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

_PRICE = NumberRange(0, MOST_PRICE, msg("Écrivez un prix entre 0 et %(n)s.", n=MOST_PRICE))


@dataclass(frozen=True)
class Said:
    """A sale as typed; `price` None: the tariff's, 0: given free."""

    service: str
    sheets: int
    day: datetime.date
    price: int | None


class SaleForm(Form):
    """Sheets of a service, paid or given."""

    service = RadioField(msg("Quel service\u202f?"), [InputRequired(msg("Choisissez un service."))])
    sheets = IntegerField(
        msg("Nombre de feuilles"),
        [
            InputRequired(msg("Écrivez un nombre.")),
            NumberRange(1, MOST_SHEETS, msg("Notez entre 1 et %(n)s feuilles.", n=MOST_SHEETS)),
        ],
    )
    paid = RadioField(
        msg("Payé\u202f?"), choices=[("paid", msg("Payé")), ("free", msg("Gratuit"))], default="paid"
    )
    price = IntegerField(
        msg("Autre prix d’une feuille"),
        [Optional(), _PRICE],
        description=msg("En francs. Vide\u00a0: le prix du tarif."),
    )
    day = DayField(msg("Jour"), [InputRequired(msg("Écrivez le jour, par exemple 21/11/2026."))])

    def offer(self, sold: Sequence[Service]) -> None:
        """Offer the services in use, each with its price; lines of the others keep their name."""
        self.labels = {one.key: one.label for one in sold}
        self.service.choices = [(one.key, _told(one)) for one in sold if one.active]

    def said(self) -> Said:
        """Return what was typed."""
        price = 0 if self.paid.data == "free" else self.price.data
        return Said(self.service.data, self.sheets.data or 0, self.day.data or clock.today(), price)


def _told(one: Service) -> str:
    return str(one.label) if one.price is None else f"{one.label} · {formats.money(one.price)}"


class TariffForm(Form):
    """What a service is called and what a sheet of it costs."""

    label = StringField(
        msg("Nom du service"), [DataRequired(msg("Donnez un nom au service.")), max_length(60)]
    )
    price = IntegerField(
        msg("Prix d’une feuille"),
        [Optional(), _PRICE],
        description=msg("En francs. 0\u00a0: gratuit pour tous."),
    )
    active = BooleanField(msg("Proposer ce service"), default=True)
