"""How the desk calls its records."""

from typing import Any

from kiosk.desk.booking.models import BookingState
from kiosk.desk.models import FAMILIES, SEXES
from kiosk.language import msg
from kiosk.storage.telling import Telling, call, tell

call("visit", msg("Visite"))
call("booking", msg("Réservation"))
call("lesson_done", msg("Leçon faite"))
call("tariff", msg("Tarif"))
call("till_line", msg("Ligne de caisse"))
_BOOKING = {
    "day": msg("Jour"),
    "starts": msg("Heure"),
    "minutes": msg("Durée"),
    "who": msg("Pour qui"),
    "phone": msg("Téléphone"),
    "purpose": msg("Objet"),
}
_BOOKED = {
    "station": msg("Ordinateur"),
    "people": msg("Nombre de personnes"),
    "state": msg("État"),
}
_VISIT = {"day": msg("Jour"), "hour": msg("Heure"), "family": msg("Pour"), "sex": msg("Sexe")}
_STATES = {BookingState.BOOKED: msg("Réservé"), BookingState.CANCELLED: msg("Annulé")}


def _booking(field: str, value: Any) -> str:
    return str(_STATES.get(value, value)) if field == "state" else ""


def _visit(field: str, value: Any) -> str:
    if field == "hour":
        return str(msg("%(n)s h", n=value))
    known = {"family": FAMILIES, "sex": SEXES}.get(field)
    return str(known.get(value, value)) if known else ""


tell("booking", Telling(_BOOKING, _booking, beside=_BOOKED))
tell("visit", Telling({}, _visit, beside=_VISIT))
tell(
    "tariff", Telling({"label": msg("Service"), "price": msg("Prix")}, title=lambda row, _: str(row["label"]))
)
tell("till_line", Telling({}))
