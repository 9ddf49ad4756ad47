"""How the exchange calls its records about people."""

from typing import Any

from kiosk.language import formats, msg
from kiosk.storage import clock
from kiosk.storage.telling import Telling, call, tell
from kiosk.sync.matters import CardState

_STATES = {
    CardState.ASKED: msg("Demandée"),
    CardState.GRANTED: msg("Prêtée"),
    CardState.UNKNOWN: msg("Inconnue"),
    CardState.ENDED: msg("Rendue"),
}


def _card(field: str, value: Any) -> str:
    if field == "asked_at":
        return formats.date_long(clock.local(value).date())
    return str(_STATES.get(value, value)) if field == "state" else ""


call("card_request", msg("Carte demandée par un autre espace"))
tell(
    "card_request",
    Telling({}, _card, beside={"card": msg("Carte"), "asked_at": msg("Le"), "state": msg("État")}),
)
