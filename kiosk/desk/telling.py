"""How the desk calls its records."""

from kiosk.language import msg
from kiosk.storage.telling import Telling, call, tell

call("visit", msg("Visite"))
call("booking", msg("Réservation"))
call("lesson_done", msg("Leçon faite"))
tell(
    "booking",
    Telling({"day": msg("Jour"), "starts": msg("Heure"), "minutes": msg("Durée"), "purpose": msg("Objet")}),
)
