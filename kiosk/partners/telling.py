"""How organisations and projects are told."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.storage.telling import Telling, call, tell


def _name(row: Mapping[str, Any], named: bool) -> str:
    return str(row["name"])


_ORGANISATION = {"name": msg("Nom"), "place": msg("Lieu"), "phone": msg("Téléphone")}
tell("organisation", Telling(_ORGANISATION, title=_name))
tell("project", Telling({"name": msg("Nom"), "starts_on": msg("Début"), "ends_on": msg("Fin")}, title=_name))
_MEETING = {
    "day": msg("Jour"),
    "subject": msg("Sujet"),
    "place": msg("Lieu"),
    "people": msg("Participants"),
    "account": msg("Compte rendu"),
    "outcome": msg("Suite"),
}
call("partner_meeting", msg("Réunion"))
call("mandate", msg("Mandat"))
tell("partner_meeting", Telling(_MEETING, title=lambda row, _: str(row["subject"])))
tell("meeting_partner", Telling({}))
tell(
    "mandate",
    Telling({"name": msg("Nom"), "role": msg("Mandat"), "starts_on": msg("Début"), "ends_on": msg("Fin")}),
)
