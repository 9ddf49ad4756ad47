"""How the desk calls its records."""

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
tell("booking", Telling(_BOOKING))
tell(
    "tariff", Telling({"label": msg("Service"), "price": msg("Prix")}, title=lambda row, _: str(row["label"]))
)
tell("till_line", Telling({}))
