"""Domains of courses and sessions: those everybody knows, and what a space makes of them.

A domain that comes with the software has no row until somebody changes it: there is
nothing to send, and an upgrade never writes over a space's own words. The centre says
domains for every space as words of a list; a space's own word goes before. A new domain
takes its key from its name, so that two spaces that add the same one add up.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, select, union_all

from kiosk.language import Message, fold, msg, sort_key
from kiosk.members import vocabulary
from kiosk.members.fields import words
from kiosk.members.vocabulary import LONGEST_KEY, slug
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, derived_uid, session
from kiosk.training.catalogue.models import Course, Theme

CIVIC = "citizenship"
LIST = "domain"
SEEDS: Mapping[str, Message] = vocabulary.DOMAINS
UNSAID = msg("Domaine pas dit")


@dataclass(frozen=True)
class Domain:
    """A domain as a space sees it."""

    key: str
    label: Message | str
    label_bm: str = ""
    active: bool = True


def themes(space_uid: uuid.UUID, put_away: bool = False) -> list[Domain]:
    """Return a space's domains by name (one statement); with `put_away`, those out of use too."""
    known = {key: Domain(key, label) for key, label in SEEDS.items()}
    known |= {row[0]: _domain(*row) for row in _said(Theme.space_uid == space_uid)}
    shown = (one for one in known.values() if one.active or put_away)
    return sorted(shown, key=lambda one: sort_key(str(one.label)))


def names(space_uid: uuid.UUID | None = None) -> dict[str, Message | str]:
    """Return the names by key: a space's own, or for all of them those of the software first.

    A course of a former release says the name of its domain itself (two statements).
    """
    old = _said_by_courses(space_uid)
    if space_uid is not None:
        return {**old, **{one.key: one.label for one in themes(space_uid, put_away=True)}}
    centre: dict[str, Message | str] = {}
    spaces: dict[str, Message | str] = {}
    for key, label, _bm, _active, rank in _said():
        (spaces if rank else centre)[key] = _domain(key, label).label
    return {**old, **spaces, **SEEDS, **centre}


def _said(*of: ColumnElement[bool]) -> Sequence[Any]:
    """Return what the centre says to all, then what spaces say: key, label, Bambara, on offer, whose."""
    everywhere = words.for_all(LIST).add_columns(literal(0).label("rank"))
    own = select(Theme.key, Theme.label, Theme.label_bm, Theme.active, literal(1))
    both = union_all(everywhere, own.where(*of, Theme.deleted_at.is_(None))).subquery()
    return session().execute(select(both).order_by(both.c.rank, *both.c)).all()


def _domain(key: str, label: str, label_bm: str | None = "", active: bool = True, _rank: int = 0) -> Domain:
    """Return a domain; one of the software that kept its name is said in the reader's language."""
    seed = SEEDS.get(key)
    return Domain(key, seed if seed and label == seed.msgid else label, label_bm or "", bool(active))


def _said_by_courses(space_uid: uuid.UUID | None) -> dict[str, Message | str]:
    query = select(Course.domain).where(Course.theme == "", Course.domain != "").distinct()
    query = query if space_uid is None else query.where(Course.space_uid == space_uid)
    return {key_of(domain): domain for domain in session().scalars(query.order_by(Course.domain))}


def offered() -> list[tuple[str, Message | str]]:
    """Return the domains other rooms may speak of, (key, name): those of this space; at the centre, all."""
    here = places.here_uid()
    if here is None:
        gone = {code for code, *_, active in session().execute(words.for_all(LIST)) if not active}
        return [(key, label) for key, label in names().items() if key not in gone]
    return [(one.key, one.label) for one in themes(here)]


def with_own(known: Sequence[Domain], key: str, label: str) -> list[Domain]:
    """Return domains to choose from, with the one that something bears already, in use or not."""
    mine = [] if not key or key in {one.key for one in known} else [Domain(key, label or key)]
    return [*known, *mine]


def find_theme(space_uid: uuid.UUID, key: str) -> Domain:
    """Return a domain of a space, in use or not, or raise NotFound."""
    for one in themes(space_uid, put_away=True):
        if one.key == key:
            return one
    raise NotFound(msg("Ce domaine n’existe pas ici."))


def key_of(label: str) -> str:
    """Return the key of a domain by its name, as older courses wrote it: a seed's, or its own."""
    if not label.strip():
        return ""
    return next((key for key, seed in SEEDS.items() if fold(seed.msgid) == fold(label)), slug(label))


def add_theme(space_uid: uuid.UUID, label: str, label_bm: str = "") -> Domain:
    """Add a domain; one out of use that has this very name comes back."""
    known = {fold(str(one.label)): one for one in themes(space_uid, put_away=True)}
    same = known.get(fold(label))
    if same and same.active:
        raise Refusal(msg("Ce domaine existe déjà."), field="label")
    key = same.key if same else _free(key_of(label), {one.key for one in known.values()})
    return edit_theme(space_uid, key, label, label_bm or (same.label_bm if same else ""))


def edit_theme(space_uid: uuid.UUID, key: str, label: str, label_bm: str = "") -> Domain:
    """Give a domain its names; it is in use from then on."""
    if not slug(label):
        raise Refusal(msg("Donnez un nom au domaine."), field="label")
    return _write(space_uid, Domain(key, label, label_bm))


def use_theme(space_uid: uuid.UUID, key: str, active: bool) -> Domain:
    """Take a domain out of use, or back into it; whatever bears it keeps it."""
    found = find_theme(space_uid, key)
    return _write(space_uid, Domain(key, str(found.label), found.label_bm, active))


def _free(key: str, taken: set[str]) -> str:
    """Return a key nobody has: a domain that was renamed leaves its old name to another."""
    steps = (key, *(f"{key[: LONGEST_KEY - 3]}-{n}" for n in range(2, 100)))
    return next(one for one in steps if one not in taken)


def _write(space_uid: uuid.UUID, said: Domain) -> Domain:
    uid = derived_uid(f"theme.{said.key}", space_uid)
    row = session().get(Theme, uid)
    if row is None:
        row = Theme(uid=uid, space_uid=space_uid, key=said.key, label=str(said.label))
        session().add(row)
    row.label, row.label_bm, row.active = str(said.label), said.label_bm, said.active
    session().flush()
    return said
