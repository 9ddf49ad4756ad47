"""Forms of who stands beside a session: its team, and an organisation to link."""

import uuid
from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from kiosk.language import msg
from kiosk.training.beside.models import Share
from kiosk.training.beside.words import SHARES
from kiosk.web.forms import Form

_ABSENT, _PAID, _UNPAID = "", "paid", "volunteer"
_PARTS = [(_ABSENT, msg("Non")), (_PAID, msg("Forme")), (_UNPAID, msg("Forme, bénévole"))]


class TeamForm(Form):
    """One answer for each person of the staff, under the name `t-<uid>`."""

    def volunteers(self) -> dict[uuid.UUID, bool]:
        """Return who holds the session, and whether unpaid."""
        said = {uuid.UUID(hex=field.name[2:]): field.data for field in self if field.name.startswith("t-")}
        return {uid: part == _UNPAID for uid, part in said.items() if part in (_PAID, _UNPAID)}


def team_form(people: Iterable[tuple[uuid.UUID, str]], known: dict[uuid.UUID, bool]) -> TeamForm:
    """Return the form for these people (uid, name); `known` says who holds it now, and whether unpaid."""
    fields = {
        f"t-{uid.hex}": RadioField(name, [Optional()], choices=_PARTS, default=_part(known.get(uid)))
        for uid, name in people
    }
    made: TeamForm = type("TeamForm", (TeamForm,), fields)()
    return made


def _part(volunteer: bool | None) -> str:
    if volunteer is None:
        return _ABSENT
    return _UNPAID if volunteer else _PAID


class PartnerForm(Form):
    """An organisation that shares in the session."""

    organisation = SelectField(msg("Organisation"), [InputRequired(msg("Choisissez une organisation."))])
    share = RadioField(msg("Son rôle"), choices=list(SHARES.items()), default=Share.PARTNER)
