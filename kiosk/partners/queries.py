"""Reading partners: the tree of organisations with its counts, projects, authors by collective."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from kiosk.accounts import queries as accounts
from kiosk.accounts.queries import Colleague
from kiosk.language import fold, sort_key
from kiosk.partners.models import Kind, Organisation, Project
from kiosk.storage import session


class Where(StrEnum):
    """Which organisations a list shows; one whose place is unknown is only under ALL."""

    ALL = "tous"
    BAMAKO = "bamako"
    OUTSIDE = "hors-bamako"


@dataclass(frozen=True)
class Branch:
    """An organisation with those below it."""

    organisation: Organisation
    below: "tuple[Branch, ...]" = ()

    def count(self, kind: Kind) -> int:
        """Return how many organisations of a kind stand in this branch, itself included."""
        own = int(self.organisation.kind == kind)
        return own + sum(branch.count(kind) for branch in self.below)


@dataclass(frozen=True)
class Directory:
    """The whole tree and what it counts."""

    branches: tuple[Branch, ...]
    collectives: int
    ngos: int


def organisations(where: Where = Where.ALL) -> list[Organisation]:
    """Return every organisation, in the order of the alphabet."""
    found = session().scalars(select(Organisation).where(Organisation.deleted_at.is_(None)))
    return sorted((one for one in found if is_there(one, where)), key=lambda one: sort_key(one.name))


def is_there(one: Organisation, where: Where) -> bool:
    """Tell whether an organisation is in Bamako, outside, or anywhere."""
    if where == Where.OUTSIDE:
        return one.outside_bamako
    return where == Where.ALL or fold(one.place or "").startswith("bamako")


def collectives(where: Where = Where.ALL) -> list[Organisation]:
    """Return the collectives, in the order of the alphabet."""
    return [one for one in organisations(where) if one.kind == Kind.COLLECTIVE]


def ngos() -> list[Organisation]:
    """Return the NGOs, in the order of the alphabet."""
    return [one for one in organisations() if one.kind == Kind.NGO]


def organisation(uid: uuid.UUID) -> Organisation | None:
    """Return one organisation, removed or not."""
    return session().get(Organisation, uid)


def organisation_names(uids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names of several organisations in one statement."""
    wanted = {uid for uid in uids if uid}
    if not wanted:
        return {}
    rows = session().execute(select(Organisation.uid, Organisation.name).where(Organisation.uid.in_(wanted)))
    return {row.uid: row.name for row in rows}


def directory(where: Where = Where.ALL) -> Directory:
    """Return the tree; an organisation whose parent is not shown stands at the top."""
    shown = organisations(where)
    branches = _branches(shown)
    counts = [sum(one.kind == kind for one in shown) for kind in (Kind.COLLECTIVE, Kind.NGO)]
    return Directory(branches, *counts)


def branch(uid: uuid.UUID) -> Branch | None:
    """Return one organisation that is not removed, with those below it."""
    return next((one for one in _walk(directory().branches) if one.organisation.uid == uid), None)


def _walk(branches: Iterable[Branch]) -> Iterable[Branch]:
    for one in branches:
        yield one
        yield from _walk(one.below)


def _branches(shown: Sequence[Organisation]) -> tuple[Branch, ...]:
    present = {one.uid for one in shown}
    below: dict[uuid.UUID | None, list[Organisation]] = {}
    for one in shown:
        # Its own parent by mistake, or a parent not shown: at the top.
        parent = one.parent_uid if one.parent_uid in present and one.parent_uid != one.uid else None
        below.setdefault(parent, []).append(one)
    return tuple(_grown(one, below, frozenset()) for one in below.get(None, ()))


def _grown(
    one: Organisation, below: dict[uuid.UUID | None, list[Organisation]], above: frozenset[uuid.UUID]
) -> Branch:
    path = above | {one.uid}
    children = [child for child in below.get(one.uid, ()) if child.uid not in path]
    return Branch(one, tuple(_grown(child, below, path) for child in children))


def authors_by_collective(where: Where = Where.ALL) -> list[tuple[Organisation, list[Colleague]]]:
    """Return each collective with its authors, those of its NGOs included."""
    parents = {one.uid: one.parent_uid for one in organisations()}
    found: dict[uuid.UUID | None, list[Colleague]] = {}
    for who in accounts.authors():
        if who.organisation_uid is not None:
            found.setdefault(who.organisation_uid, []).append(who)
            found.setdefault(parents.get(who.organisation_uid), []).append(who)
    return [(one, found.get(one.uid, [])) for one in collectives(where)]


def projects(active: bool = False) -> list[Project]:
    """Return the projects (only those that run, when `active`), in the order of the alphabet."""
    query = select(Project).where(Project.deleted_at.is_(None))
    found = session().scalars(query.where(Project.active) if active else query)
    return sorted(found, key=lambda one: sort_key(one.name))


def partners_of(one: Project) -> list[tuple[uuid.UUID, str]]:
    """Return the organisations that work on a project, (uid, name), in the order of the alphabet."""
    names = organisation_names(uuid.UUID(hex=partner) for partner in one.partners or ())
    return sorted(names.items(), key=lambda found: sort_key(found[1]))


def partners_on(projects: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return the organisations that work on any of these projects, each once (one statement)."""
    wanted = set(projects)
    rows = session().scalars(select(Project.partners).where(Project.uid.in_(wanted))) if wanted else ()
    return {uuid.UUID(hex=partner) for partners in rows for partner in partners or ()}


def projects_with(organisation_uid: uuid.UUID) -> list[Project]:
    """Return the projects an organisation works on, those that run first."""
    mine = [one for one in projects() if organisation_uid.hex in (one.partners or ())]
    return sorted(mine, key=lambda one: not one.active)


def project(uid: uuid.UUID) -> Project | None:
    """Return one project, removed or not."""
    return session().get(Project, uid)
