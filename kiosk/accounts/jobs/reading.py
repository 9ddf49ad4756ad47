"""Reading job descriptions: as they stand now, their history, who holds them, what one person holds."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from kiosk.accounts.jobs.models import JobHolder, JobSheet
from kiosk.accounts.models import Staff
from kiosk.language import msg, sort_key
from kiosk.storage import NotFound, session


@dataclass(frozen=True)
class Sheet:
    """A description: its first version, by whose uid it is known, the one in use, how many hold it."""

    first: JobSheet
    now: JobSheet
    holders: int = 0

    @property
    def uid(self) -> uuid.UUID:
        """The id of the description."""
        return self.first.uid

    @property
    def active(self) -> bool:
        """Tell whether it is in use."""
        return self.first.active


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post, and the last version she said she read (0: none)."""

    uid: uuid.UUID
    name: str
    space_uid: uuid.UUID | None
    seen: int


@dataclass(frozen=True)
class Held:
    """A description somebody holds; `fresh`: she has not said yet that she read its version of now."""

    sheet: Sheet
    fresh: bool


def sheets(space_uid: uuid.UUID | None = None, every: bool = False) -> list[Sheet]:
    """Return the descriptions of a space (of the centre: None) or, with `every`, all this machine has.

    Those in use come first, then the alphabet (two statements).
    """
    query = select(JobSheet).where(JobSheet.deleted_at.is_(None))
    rows = session().scalars(query if every else query.where(JobSheet.space_uid == space_uid))
    held = select(JobHolder.sheet_uid).join(Staff, Staff.uid == JobHolder.staff_uid).where(*_holds())
    counts = Counter(session().scalars(held))
    found = [Sheet(one.first, one.now, counts[one.uid]) for one in _told(rows)]
    return sorted(found, key=lambda one: (not one.active, sort_key(one.now.title)))


def _told(rows: Iterable[JobSheet]) -> list[Sheet]:
    """Group versions under their descriptions; one whose first version has not come yet waits for it."""
    versions: dict[uuid.UUID, list[JobSheet]] = defaultdict(list)
    for row in rows:
        versions[row.first_uid or row.uid].append(row)
    ordered = {uid: _in_order(some) for uid, some in versions.items()}
    return [Sheet(some[-1], some[0]) for uid, some in ordered.items() if some[-1].uid == uid]


def _in_order(versions: Iterable[JobSheet]) -> list[JobSheet]:
    """The latest first; the first version last, whatever numbers say."""
    return sorted(versions, key=lambda one: (one.first_uid is not None, one.number, one.uid), reverse=True)


def history(uid: uuid.UUID) -> list[JobSheet]:
    """Return every version of a description, the latest first, or raise NotFound."""
    query = select(JobSheet).where(_is(uid), JobSheet.deleted_at.is_(None))
    found = _in_order(session().scalars(query))
    if not found or found[-1].uid != uid or found[-1].first_uid:
        raise NotFound(msg("Cette fiche de poste n’existe pas ici."))
    return found


def _is(uid: uuid.UUID) -> ColumnElement[bool]:
    return or_(JobSheet.uid == uid, JobSheet.first_uid == uid)


def holders(uid: uuid.UUID) -> list[Holder]:
    """Return who holds a post now, in the order of the alphabet."""
    query = select(Staff.uid, Staff.name, Staff.space_uid, JobHolder.seen).join(
        JobHolder, JobHolder.staff_uid == Staff.uid
    )
    rows = session().execute(query.where(JobHolder.sheet_uid == uid, *_holds()))
    return sorted((Holder(*row) for row in rows), key=lambda one: sort_key(one.name))


def held_by(staff_uid: uuid.UUID) -> list[Held]:
    """Return the descriptions in use that somebody holds, in the order of the alphabet (two statements)."""
    mine = (JobHolder.staff_uid == staff_uid, JobHolder.active, JobHolder.deleted_at.is_(None))
    rows = session().execute(select(JobHolder.sheet_uid, JobHolder.seen).where(*mine))
    seen: dict[uuid.UUID, int] = {row.sheet_uid: row.seen for row in rows}
    if not seen:
        return []
    theirs = or_(JobSheet.uid.in_(seen), JobSheet.first_uid.in_(seen))
    versions = session().scalars(select(JobSheet).where(theirs, JobSheet.deleted_at.is_(None)))
    found = [Held(one, seen[one.uid] < one.now.number) for one in _told(versions) if one.active]
    return sorted(found, key=lambda one: sort_key(one.sheet.now.title))


def _holds() -> tuple:
    return (JobHolder.active, JobHolder.deleted_at.is_(None), Staff.active, Staff.deleted_at.is_(None))
