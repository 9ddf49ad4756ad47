"""Writing visits: one line each, and a way to take a line back."""

import datetime
import uuid
from dataclasses import dataclass

from kiosk.desk.models import Family, Visit
from kiosk.language import msg
from kiosk.storage import NotFound, Refusal, clock, session

MANY = 200


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

    Raises Refusal for a day to come or a count that no counter ever saw.
    """
    if arrival.day > clock.today():
        raise Refusal(msg("Ce jour n’est pas encore venu. Vérifiez la date."), "day")
    if not 1 <= count <= MANY:
        raise Refusal(msg("Notez entre 1 et %(n)s personnes à la fois.", n=MANY), "count")
    if arrival.family not in Family:
        raise Refusal(msg("Choisissez un service."), "family")
    visits = [_visit(space_uid, arrival) for _ in range(count)]
    session().add_all(visits)
    session().flush()
    return visits


def _visit(space_uid: uuid.UUID, arrival: Arrival) -> Visit:
    return Visit(
        space_uid=space_uid,
        day=arrival.day,
        hour=arrival.hour,
        sex=arrival.sex,
        family=Family(arrival.family),
        member_uid=arrival.member_uid,
        noted_at=clock.now_ms(),
    )


def take_back(space_uid: uuid.UUID, uids: list[uuid.UUID]) -> int:
    """Take visits back; return how many were. Already gone ones are not counted.

    Raises NotFound when none of them exists at this space.
    """
    found = [visit for uid in uids if (visit := session().get(Visit, uid)) and visit.space_uid == space_uid]
    if not found:
        raise NotFound(msg("Cette visite n’existe pas."))
    standing = [visit for visit in found if visit.deleted_at is None]
    for visit in standing:
        visit.deleted_at = clock.stamp()
    return len(standing)
