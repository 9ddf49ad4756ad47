"""One person with two profiles: a member who also works in the team. Linked, they count and show as one.

No row is re-pointed: both profiles name the member and the colleague, the member's own is
the one that is shown, and what was written under either stays where it was written.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from kiosk.accounts import queries as accounts
from kiosk.language import msg
from kiosk.members import queries as register
from kiosk.members.models import Member
from kiosk.members.volunteers import queries
from kiosk.members.volunteers.models import Volunteer
from kiosk.storage import NotFound, Refusal, derived_uid, session

_MOST = 12


def colleagues_like(volunteer: Volunteer) -> Sequence[accounts.Colleague]:
    """Return the people of the team that a member may be."""
    taken = queries.members_of_staff()
    return [one for one in accounts.team(volunteer.space_uid) if one.uid not in taken]


def members_like(volunteer: Volunteer, words: str) -> Sequence[Member]:
    """Return the members that a person of the team may be, by half a name or a number."""
    return register.find(words, _MOST, volunteer.space_uid) if words.strip() else ()


def link(uid: uuid.UUID, other: uuid.UUID) -> Volunteer:
    """Say that a profile is also that of a colleague, or of a member; return the one to show from now on.

    Raises Refusal where either is somebody else already.
    """
    found = queries.one(uid)
    staff, member = (found.staff_uid, other) if found.member_uid is None else (other, found.member_uid)
    _check(found, staff, member)
    for one in _profiles(staff, member):
        one.staff_uid, one.member_uid = staff, member
    session().flush()
    return session().get(Volunteer, derived_uid("volunteer", member)) or found


def unlink(uid: uuid.UUID) -> Volunteer:
    """Say that a member and a colleague are two people: each profile is again whose it was made."""
    found = queries.one(uid)
    for one in _profiles(found.staff_uid, found.member_uid):
        if one.uid == derived_uid("volunteer", one.member_uid or one.uid):
            one.staff_uid = None
        else:
            one.member_uid = None
    session().flush()
    return found


def _check(found: Volunteer, staff: uuid.UUID | None, member: uuid.UUID) -> None:
    if staff is None or (found.staff_uid and found.member_uid):
        raise Refusal(msg("Ce profil est déjà lié."))
    if staff not in {one.uid for one in accounts.team(found.space_uid)}:
        raise NotFound(msg("Cette personne n’est pas de l’équipe."))
    if register.one(member).space_uid != found.space_uid:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    known = queries.members_of_staff()
    if staff in known or member in known.values():
        raise Refusal(msg("Cette personne est déjà liée à une autre."))


def _profiles(staff: uuid.UUID | None, member: uuid.UUID | None) -> Sequence[Volunteer]:
    mine = queries.is_of(staff, member)
    return session().scalars(select(Volunteer).where(mine)).all()
