"""Reading volunteers: who offers what, what each gave, which offers wait; days for the figures."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from kiosk.accounts import queries as accounts
from kiosk.language import fold, msg, sort_key
from kiosk.members import queries as register
from kiosk.members.volunteers.models import (
    HelpOffer,
    OfferState,
    OutsideEvent,
    Volunteer,
    VolunteerTime,
)
from kiosk.storage import NotFound, derived_uid, session


@dataclass(frozen=True)
class Wanted:
    """Whom a search is for; every part that is empty lets everybody through."""

    words: str = ""
    family: str = ""
    language: str = ""
    slot: str = ""


@dataclass(frozen=True)
class Line:
    """A volunteer as a list shows her."""

    name: str
    volunteer: Volunteer


@dataclass(frozen=True)
class Given:
    """Time somebody gave, in hundredths of a day: a member, or a person of the staff."""

    member_uid: uuid.UUID | None
    staff_uid: uuid.UUID | None
    day: datetime.date
    weight: int
    space_uid: uuid.UUID


def search(space_uid: uuid.UUID, wanted: Wanted, active: bool = True) -> list[Line]:
    """Return a space's volunteers that answer all that is wanted, by name (three statements)."""
    mine = Volunteer.space_uid == space_uid, Volunteer.deleted_at.is_(None)
    found = session().execute(select(Volunteer, Volunteer.active).where(*mine)).all()
    there = {one.uid for one, _ in found}
    shown = [one for one, gives in found if gives == active and main_uid(one) not in there - {one.uid}]
    fitting = [one for one in shown if _fits(one, wanted)]
    people = register.by_uids(one.member_uid for one in fitting if one.member_uid)
    staff = accounts.names(one.staff_uid for one in fitting)
    lines = []
    for one in fitting:
        member = people.get(one.member_uid) if one.member_uid else None
        if member and not (member.is_erased or member.deleted_at):
            lines.append(Line(member.name, one))
        elif one.staff_uid in staff:
            lines.append(Line(staff[one.staff_uid], one))
    asked = fold(wanted.words).split()
    named = (one for one in lines if all(word in _spoken(one) for word in asked))
    return sorted(named, key=lambda one: sort_key(one.name))


def main_uid(one: Volunteer) -> uuid.UUID:
    """Return the id of the profile that stands for somebody who has two: the member's."""
    return derived_uid("volunteer", one.member_uid) if one.member_uid and one.staff_uid else one.uid


def _fits(one: Volunteer, wanted: Wanted) -> bool:
    asked = (
        (wanted.family, one.families),
        (wanted.language, one.languages),
        (wanted.slot, one.slots),
    )
    return all(not code or code in (codes or ()) for code, codes in asked)


def _spoken(line: Line) -> str:
    return fold(f"{line.name} {line.volunteer.skills}")


def one(uid: uuid.UUID) -> Volunteer:
    """Return a volunteer; raises NotFound."""
    found = session().get(Volunteer, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Ce profil de bénévole n’existe pas ici."))
    return found


def name_of(volunteer: Volunteer) -> str:
    """Return her name, and what stands in the place of an erased one."""
    if volunteer.member_uid:
        known = register.names_of([volunteer.member_uid]).get(volunteer.member_uid, "")
        if known or not volunteer.staff_uid:
            return known
    return accounts.names([volunteer.staff_uid]).get(volunteer.staff_uid or volunteer.uid, "")


def of_member(member_uid: uuid.UUID) -> Volunteer | None:
    """Return the profile of a member, None where she has none."""
    return _main(Volunteer.member_uid == member_uid)


def of_staff(staff_uid: uuid.UUID) -> Volunteer | None:
    """Return the profile of a person of the staff, None where she has none."""
    return _main(Volunteer.staff_uid == staff_uid)


def _main(whose: ColumnElement[bool]) -> Volunteer | None:
    query = select(Volunteer).where(whose, Volunteer.deleted_at.is_(None)).order_by(Volunteer.uid)
    found = session().scalars(query).all()
    return next((one for one in found if main_uid(one) == one.uid), found[0] if found else None)


def is_of(staff_uid: uuid.UUID | None, member_uid: uuid.UUID | None) -> ColumnElement[bool]:
    """Return the condition that a profile is of this colleague, or of this member."""
    member = Volunteer.member_uid == member_uid if member_uid else false()
    return or_(member, Volunteer.staff_uid == staff_uid) if staff_uid else member


def members_of_staff() -> dict[uuid.UUID, uuid.UUID]:
    """Return who is which member, by uid of the staff (one statement)."""
    both = (Volunteer.staff_uid.is_not(None), Volunteer.member_uid.is_not(None))
    query = select(Volunteer.staff_uid, Volunteer.member_uid).where(*both, Volunteer.deleted_at.is_(None))
    rows = session().execute(query.order_by(Volunteer.uid))
    return {staff: member for staff, member in rows if staff and member}


def _same(uid: uuid.UUID) -> Select[uuid.UUID]:
    """Select the profiles of whoever has this one."""
    mine = one(uid)
    return select(Volunteer.uid).where(or_(Volunteer.uid == uid, is_of(mine.staff_uid, mine.member_uid)))


def staff_to_ask(space_uid: uuid.UUID) -> list[accounts.Colleague]:
    """Return the active staff of a space who have no profile yet."""
    taken = set(session().scalars(select(Volunteer.staff_uid).where(Volunteer.deleted_at.is_(None))))
    return [who for who in accounts.team(space_uid) if who.active and who.uid not in taken]


def times(volunteer_uid: uuid.UUID) -> Sequence[VolunteerTime]:
    """Return what she gave, the latest first."""
    mine = (VolunteerTime.volunteer_uid.in_(_same(volunteer_uid)), VolunteerTime.deleted_at.is_(None))
    query = select(VolunteerTime).where(*mine)
    return session().scalars(query.order_by(VolunteerTime.day.desc(), VolunteerTime.uid.desc())).all()


def events(volunteer_uid: uuid.UUID) -> Sequence[OutsideEvent]:
    """Return the events elsewhere that she attended, the latest first."""
    mine = (OutsideEvent.volunteer_uid.in_(_same(volunteer_uid)), OutsideEvent.deleted_at.is_(None))
    return session().scalars(select(OutsideEvent).where(*mine).order_by(OutsideEvent.first.desc())).all()


def tasks(space_uid: uuid.UUID) -> list[str]:
    """Return the tasks already written at a space, to propose them again."""
    query = select(VolunteerTime.task).where(
        VolunteerTime.space_uid == space_uid, VolunteerTime.deleted_at.is_(None), VolunteerTime.task != ""
    )
    return list(session().scalars(query.distinct().order_by(VolunteerTime.task).limit(30)))


def given(space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None) -> list[Given]:
    """Return the time given by task over a period, days inclusive (one statement)."""
    who, time = Volunteer, VolunteerTime
    query = (
        select(who.member_uid, who.staff_uid, time.day, time.weight, time.space_uid)
        .join(who, time.volunteer_uid == who.uid)
        .where(time.deleted_at.is_(None))
        .order_by(time.day, time.uid)
    )
    for holds, bound in (
        (time.space_uid.__eq__, space_uid),
        (time.day.__ge__, start),
        (time.day.__le__, end),
    ):
        query = query if bound is None else query.where(holds(bound))
    return [Given(*row) for row in session().execute(query)]


def total(times: Iterable[VolunteerTime]) -> int:
    """Return hundredths of days."""
    return sum(one.weight for one in times)


def waiting_offers(space_uid: uuid.UUID) -> Sequence[HelpOffer]:
    """Return the offers of help that wait for an answer, the oldest first."""
    waits = (HelpOffer.state == OfferState.WAITING, HelpOffer.deleted_at.is_(None))
    query = select(HelpOffer).where(HelpOffer.space_uid == space_uid, *waits)
    return session().scalars(query.order_by(HelpOffer.uid)).all()


def count_offers(space_uid: uuid.UUID) -> int:
    """Return how many offers of help wait."""
    waits = (HelpOffer.state == OfferState.WAITING, HelpOffer.deleted_at.is_(None))
    query = select(func.count()).select_from(HelpOffer).where(HelpOffer.space_uid == space_uid, *waits)
    return session().scalar(query) or 0
