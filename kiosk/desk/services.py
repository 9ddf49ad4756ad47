"""Writing visits: one line each, a way to take lines back, and a way to put them back."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.desk.models import SEXES, Family, Visit
from kiosk.language import msg
from kiosk.storage import NotFound, Refusal, clock, session

MANY = 200
OLDEST = datetime.date(2000, 1, 1)


@dataclass(frozen=True)
class Arrival:
    """Who came, for what, when. `hour` None: the visits were written down later."""

    day: datetime.date
    sex: str
    family: str
    hour: int | None = None
    member_uid: uuid.UUID | None = None


def note_visit(space_uid: uuid.UUID, arrival: Arrival, count: int = 1) -> list[Visit]:
    """Note `count` visits of the same kind; return them.

    Raises Refusal for a day to come or long gone, a service or an answer that does
    not exist, and a count that no counter ever saw.
    """
    _check(arrival, count)
    now = clock.now_ms()
    visits = [_visit(space_uid, arrival, now) for _ in range(count)]
    session().add_all(visits)
    session().flush()
    return visits


def _check(arrival: Arrival, count: int) -> None:
    if arrival.day > clock.today():
        raise Refusal(msg("Ce jour n’est pas encore venu. Vérifiez la date."), "day")
    if arrival.day < OLDEST:
        raise Refusal(msg("Ce jour est trop ancien. Vérifiez l’année."), "day")
    if not 1 <= count <= MANY:
        raise Refusal(msg("Notez entre 1 et %(n)s personnes à la fois.", n=MANY), "count")
    if arrival.family not in [str(family) for family in Family]:
        raise Refusal(msg("Choisissez un service."), "family")
    if arrival.sex not in SEXES:
        raise Refusal(msg("Choisissez une réponse."), "sex")


def _visit(space_uid: uuid.UUID, arrival: Arrival, now: int) -> Visit:
    return Visit(
        space_uid=space_uid,
        day=arrival.day,
        hour=arrival.hour,
        sex=arrival.sex,
        family=Family(arrival.family),
        member_uid=arrival.member_uid,
        noted_at=now,
    )


def take_back(space_uid: uuid.UUID, uid: uuid.UUID, alike: bool = False) -> Sequence[Visit]:
    """Take a visit back, or with `alike` all that were noted with it; return those that went.

    Taking back what is already gone changes nothing. Raises NotFound for a visit
    that this space never had.
    """
    going = [visit for visit in _noted(space_uid, uid, alike) if visit.deleted_at is None]
    now = clock.stamp()
    for visit in going:
        visit.deleted_at = now
    return going


def put_back(space_uid: uuid.UUID, uid: uuid.UUID) -> Visit:
    """Put back a visit that was taken back by mistake. Raises NotFound as `take_back` does."""
    visit = _noted(space_uid, uid, False)[0]
    visit.deleted_at = None
    return visit


def _noted(space_uid: uuid.UUID, uid: uuid.UUID, alike: bool) -> Sequence[Visit]:
    first = session().get(Visit, uid)
    if first is None or first.space_uid != space_uid:
        raise NotFound(msg("Cette visite n’existe pas."))
    if not alike:
        return [first]
    same = (Visit.noted_at == first.noted_at, Visit.sex == first.sex, Visit.family == first.family)
    query = select(Visit).where(Visit.space_uid == space_uid, Visit.day == first.day, *same)
    return session().scalars(query).all()
