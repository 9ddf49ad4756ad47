"""Writing volunteers: profiles, the days they give by task, events they attend elsewhere."""

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal

from kiosk.language import fold, msg
from kiosk.members import queries as register
from kiosk.members.volunteers import queries
from kiosk.members.volunteers.models import OutsideEvent, Volunteer, VolunteerTime
from kiosk.storage import NotFound, Refusal, clock, derived_uid, session

MOST_DAYS = 31
_HALF = 50


@dataclass(frozen=True)
class Profile:
    """What a volunteer offers, as ticked and typed."""

    families: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    skills: str = ""


@dataclass(frozen=True)
class Event:
    """An event held elsewhere, as typed."""

    title: str
    first: datetime.date
    last: datetime.date
    place: str = ""
    organiser: str = ""


def enlist_member(space_uid: uuid.UUID, member_uid: uuid.UUID, profile: Profile) -> Volunteer:
    """Make a member a volunteer, or bring her profile up to date. Raises NotFound for a stranger."""
    if register.one(member_uid).is_erased:
        raise Refusal(msg("Cette personne a été effacée. Sa fiche ne se remplit plus."))
    return _enlist(Volunteer(space_uid=space_uid, member_uid=member_uid), member_uid, profile)


def enlist_staff(space_uid: uuid.UUID, staff_uid: uuid.UUID, profile: Profile) -> Volunteer:
    """Make a person of the staff a volunteer, or bring her profile up to date."""
    return _enlist(Volunteer(space_uid=space_uid, staff_uid=staff_uid), staff_uid, profile)


def _enlist(made: Volunteer, person: uuid.UUID, profile: Profile) -> Volunteer:
    uid = derived_uid("volunteer", person)
    known = queries.of_staff(person) if made.staff_uid else queries.of_member(person)
    found = known or session().get(Volunteer, uid)
    if found is None:
        found, found.uid = made, uid
        session().add(found)
    found.active, found.deleted_at = True, None
    return _write(found, profile)


def change(uid: uuid.UUID, profile: Profile) -> Volunteer:
    """Say anew what a volunteer offers."""
    return _write(queries.one(uid), profile)


def _write(found: Volunteer, profile: Profile) -> Volunteer:
    said = profile.skills.strip()
    if not (profile.families or said):
        raise Refusal(msg("Cochez au moins une compétence, ou décrivez-la."), "families")
    found.families, found.languages = list(profile.families), list(profile.languages)
    found.slots, found.skills = list(profile.slots), said
    session().flush()
    return found


def rest(uid: uuid.UUID, active: bool = False) -> Volunteer:
    """Say that a volunteer gives no more time (or gives some again); what she gave stays counted."""
    found = queries.one(uid)
    found.active = active
    session().flush()
    return found


def give(uid: uuid.UUID, day: datetime.date, task: str, days: Decimal, remote: bool = False) -> VolunteerTime:
    """Write time given for a task. Raises Refusal for no task, and for anything but half-days."""
    volunteer = queries.one(uid)
    if not fold(task):
        raise Refusal(msg("Écrivez la tâche. Exemple : site web."), "task")
    made = VolunteerTime(
        space_uid=volunteer.space_uid,
        volunteer_uid=uid,
        day=day,
        task=" ".join(task.split()),
        weight=_weight(days),
        remote=remote,
    )
    session().add(made)
    session().flush()
    return made


def _weight(days: Decimal) -> int:
    if not days.is_finite() or not 0 < days <= MOST_DAYS:
        raise Refusal(msg("Écrivez de 0,5 à %(n)s jours.", n=MOST_DAYS), "days")
    weight = days * 100
    if weight % _HALF:
        raise Refusal(msg("Comptez en demi-journées. Exemple : 3,5."), "days")
    return int(weight)


def take_back(time_uid: uuid.UUID, back: bool = False) -> VolunteerTime:
    """Take time out of the count (`back`: put it in again)."""
    found = session().get(VolunteerTime, time_uid)
    if found is None:
        raise NotFound(msg("Ce temps n’est pas noté ici."))
    found.deleted_at = None if back else clock.stamp()
    session().flush()
    return found


def attend(uid: uuid.UUID, event: Event) -> OutsideEvent:
    """Write that a volunteer attended an event elsewhere; it counts in no days of the space."""
    volunteer = queries.one(uid)
    if not fold(event.title):
        raise Refusal(msg("Écrivez le nom de l’événement."), "title")
    if event.last < event.first:
        raise Refusal(msg("La fin est avant le début."), "last")
    made = OutsideEvent(space_uid=volunteer.space_uid, volunteer_uid=uid, **vars(event))
    session().add(made)
    session().flush()
    return made


def forget_event(event_uid: uuid.UUID, back: bool = False) -> OutsideEvent:
    """Take an event out of a profile (`back`: put it in again)."""
    found = session().get(OutsideEvent, event_uid)
    if found is None:
        raise NotFound(msg("Cet événement n’est pas noté ici."))
    found.deleted_at = None if back else clock.stamp()
    session().flush()
    return found
