"""Job descriptions: published in versions, given to people, read by them.

`space_uid` says who writes: a space, or the centre (None). Each publishes only its own.
"""

import uuid
from dataclasses import dataclass

from kiosk.accounts.jobs import reading
from kiosk.accounts.jobs.models import JobHolder, JobSheet
from kiosk.accounts.queries import Colleague
from kiosk.language import fold, msg
from kiosk.storage import Refusal, clock, derived_uid, session


@dataclass(frozen=True)
class Told:
    """A description as typed; `novelty` says what this version changes."""

    title: str
    body: str
    novelty: str = ""


def write(told: Told, space_uid: uuid.UUID | None) -> JobSheet:
    """Publish the first version of a description. Raises Refusal for a title in use here."""
    if any(fold(one.now.title) == fold(told.title) and one.active for one in reading.sheets(space_uid)):
        raise Refusal(msg("Une fiche porte déjà ce titre. Publiez sa nouvelle version."), "title")
    return _published(told, 1, space_uid)


def publish(uid: uuid.UUID, told: Told, space_uid: uuid.UUID | None) -> JobSheet:
    """Publish the next version; the former ones stay as they were, a sheet put away comes back.

    Raises Refusal where the description is another's, or says what it said already.
    """
    history = own(uid, space_uid)
    now = history[0]
    if (now.title, now.body) == (told.title.strip(), told.body.strip()):
        raise Refusal(msg("Rien n’a changé depuis la version %(n)s.", n=now.number), "body")
    history[-1].active = True
    return _published(told, now.number + 1, space_uid, uid)


def own(uid: uuid.UUID, space_uid: uuid.UUID | None) -> list[JobSheet]:
    """Return the versions of a description that this space (the centre: None) may change, or refuse."""
    history = reading.history(uid)
    if history[0].space_uid != space_uid:
        raise Refusal(msg("Cette fiche est tenue ailleurs. Écrivez à la coordination."))
    return history


def _published(
    told: Told, number: int, space_uid: uuid.UUID | None, first: uuid.UUID | None = None
) -> JobSheet:
    if not fold(told.title):
        raise Refusal(msg("Donnez un titre à la fiche."), "title")
    if not fold(told.body):
        raise Refusal(msg("Écrivez ce que la personne fait."), "body")
    made = JobSheet(first_uid=first, number=number, day=clock.today(), space_uid=space_uid)
    made.title, made.body, made.novelty = told.title.strip(), told.body.strip(), told.novelty.strip()
    session().add(made)
    session().flush()
    return made


def put_away(uid: uuid.UUID, space_uid: uuid.UUID | None, active: bool) -> None:
    """Take a description out of use, or back into it; whoever holds it sees it no more meanwhile."""
    own(uid, space_uid)[-1].active = active
    session().flush()


def give(uid: uuid.UUID, who: Colleague) -> None:
    """Say that somebody holds a post; again changes nothing.

    Raises Refusal for who works no more, or works where the description does not go.
    """
    if reading.history(uid)[0].space_uid not in (None, who.space_uid):
        raise Refusal(msg("Cette fiche est celle d’un autre espace."), "who")
    if not who.active:
        raise Refusal(msg("Cette personne n’entre plus ici."), "who")
    row = session().get(JobHolder, _holding(uid, who.uid))
    if row is None:
        row = JobHolder(uid=_holding(uid, who.uid), sheet_uid=uid, staff_uid=who.uid, space_uid=who.space_uid)
        session().add(row)
    elif not row.active:
        row.active = True
    session().flush()


def take(uid: uuid.UUID, staff_uid: uuid.UUID) -> None:
    """Say that somebody does not hold a post any more."""
    row = session().get(JobHolder, _holding(uid, staff_uid))
    if row is not None and row.active:
        row.active = False
        session().flush()


def say_read(uid: uuid.UUID, staff_uid: uuid.UUID, number: int) -> None:
    """Note that a holder read a version; an older one changes nothing."""
    row = session().get(JobHolder, _holding(uid, staff_uid))
    if row is not None and row.seen < number <= reading.history(uid)[0].number:
        row.seen = number
        session().flush()


def _holding(uid: uuid.UUID, staff_uid: uuid.UUID) -> uuid.UUID:
    return derived_uid("job", uid, staff_uid)
