"""How the desk calls its records."""

from kiosk.language import msg
from kiosk.storage.telling import call

call("visit", msg("Visite"))
