"""Writing meetings: note one, correct it, take it back."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.language import fold, msg
from kiosk.partners.meetings import reading
from kiosk.partners.meetings.models import MeetingPartner, PartnerMeeting
from kiosk.storage import NotFound, Refusal, clock, derived_uid, session


@dataclass(frozen=True)
class Told:
    """A meeting as typed; `partners` are organisations of the directory."""

    day: datetime.date
    subject: str
    place: str = ""
    people: str = ""
    account: str = ""
    outcome: str = ""
    partners: Collection[uuid.UUID] = ()


def note(space_uid: uuid.UUID, told: Told) -> PartnerMeeting:
    """Write a meeting. Raises Refusal without a subject or a partner."""
    made = PartnerMeeting(space_uid=space_uid)
    session().add(made)
    return _write(made, told)


def correct(uid: uuid.UUID, space_uid: uuid.UUID, told: Told) -> PartnerMeeting:
    """Write a meeting anew; a partner left out was named by mistake. Raises Refusal for another's."""
    return _write(own(uid, space_uid), told)


def own(uid: uuid.UUID, space_uid: uuid.UUID | None) -> PartnerMeeting:
    """Return a meeting that this space may change."""
    found = reading.one(uid)
    if found.space_uid != space_uid:
        raise Refusal(msg("Cette réunion est notée ailleurs."))
    return found


def _write(found: PartnerMeeting, told: Told) -> PartnerMeeting:
    if not fold(told.subject):
        raise Refusal(msg("Écrivez le sujet."), "subject")
    if not told.partners:
        raise Refusal(msg("Cochez au moins un partenaire."), "partners")
    for name in ("day", "subject", "place", "people", "account", "outcome"):
        setattr(found, name, getattr(told, name))
    session().flush()
    query = select(MeetingPartner).where(MeetingPartner.meeting_uid == found.uid)
    known = {row.organisation_uid: row for row in session().scalars(query)}
    for organisation, row in known.items():
        row.active = organisation in told.partners
    for organisation in set(told.partners) - known.keys():
        keys = {"meeting_uid": found.uid, "organisation_uid": organisation}
        uid = derived_uid("meet", found.uid, organisation)
        session().add(MeetingPartner(uid=uid, space_uid=found.space_uid, **keys))
    session().flush()
    return found


def take_back(uid: uuid.UUID, space_uid: uuid.UUID | None, back: bool = False) -> PartnerMeeting:
    """Take a meeting out of the log (`back`: put it in again)."""
    found = session().get(PartnerMeeting, uid)
    if found is None or found.space_uid != space_uid:
        raise NotFound(msg("Cette réunion n’est pas notée ici."))
    found.deleted_at = None if back else clock.stamp()
    session().flush()
    return found
