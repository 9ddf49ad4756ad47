"""Reading the médiathèque: the shelves, one material, what to read next, the counts."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.language import sort_key
from kiosk.library.models import Material, MaterialFile, MaterialTally
from kiosk.library.vocabulary import Part, Theme
from kiosk.storage import search, session

_NEXT = 3
_ORDER = {theme: rank for rank, theme in enumerate(Theme)}


@dataclass(frozen=True)
class Item:
    """One line of a shelf: a material and the size in bytes of its main file (None: no file)."""

    material: Material
    size: int | None


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for: words half typed, a shelf, a language (None: any)."""

    words: str = ""
    theme: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A material with its files by part, how often it was opened here, its other languages, what is near."""

    material: Material
    files: dict[str, list[MaterialFile]]
    reads: int
    versions: list[Material] = field(default_factory=list)
    near: list[Item] = field(default_factory=list)

    def file(self, part: str) -> MaterialFile | None:
        """The file that is this part, None where there is none."""
        return next(iter(self.files.get(part, [])), None)


def shelf(reader: str, wanted: Wanted) -> Select[tuple[Material, int | None]]:
    """The public list, for `paging.paginate(…, scalars=False)`: the reader's language first.

    Then by shelf and in the alphabet's order; a search puts titles that hold
    the words on top. Rows are (material, size of its main file).
    """
    conditions = [_public(), search.matching(Material, wanted.words)]
    if wanted.theme:
        conditions.append(Material.theme == wanted.theme)
    if wanted.language:
        conditions.append(Material.language == wanted.language)
    shelf_order = case(_ORDER, value=Material.theme, else_=99)
    place = (shelf_order, Material.theme, Material.title_key, Material.uid)
    order = (_elsewhere(wanted.words), _foreign(reader), *place)
    return select(Material, _main_size()).where(*conditions).order_by(*order)


def latest(reader: str, count: int = 3) -> list[Item]:
    """The newest materials for the home page, the reader's language first (one statement)."""
    order = (_foreign(reader), Material.added_on.desc(), Material.uid.desc())
    query = select(Material, _main_size()).where(_public()).order_by(*order).limit(count)
    return [Item(material, size) for material, size in session().execute(query)]


def sheet(slug: str) -> Sheet | None:
    """A material on the shelves with everything its page shows (two statements)."""
    reads = select(func.sum(MaterialTally.reads)).where(MaterialTally.material_uid == Material.uid)
    kept = (MaterialFile.material_uid == Material.uid) & MaterialFile.deleted_at.is_(None)
    query = (
        select(Material, MaterialFile, reads.scalar_subquery())
        .outerjoin(MaterialFile, kept)
        .where(Material.slug == slug, _public())
        .order_by(Material.uid, MaterialFile.uid)
    )
    rows = session().execute(query).all()
    if not rows:
        return None
    material, _, count = rows[0]
    files: dict[str, list[MaterialFile]] = {}
    for found, file, _ in rows:
        if file is not None and found is material:
            files.setdefault(str(file.part), []).append(file)
    return Sheet(material, files, count or 0, *_around(material))


def _around(material: Material) -> tuple[list[Material], list[Item]]:
    """The other languages of a material, and what stands near it on the shelf."""
    root = material.version_of or material.uid
    family = or_(Material.uid == root, Material.version_of == root)
    near = (Material.theme == material.theme) & (Material.language == material.language)
    query = (
        select(Material, _main_size())
        .where(_public(), Material.uid != material.uid, or_(family, near))
        .order_by(case((family, 0), else_=1), Material.title_key)
        .limit(20)
    )
    versions, others = [], []
    for found, size in session().execute(query):
        if root in (found.uid, found.version_of):
            versions.append(found)
        else:
            others.append(Item(found, size))
    return versions, others[:_NEXT]


def by_slug(slug: str) -> Material | None:
    """The material of that address, on the shelves or withdrawn."""
    query = (
        select(Material).where(Material.slug == slug, Material.deleted_at.is_(None)).order_by(Material.uid)
    )
    return session().scalars(query.limit(1)).first()


def files_of(material_uid: uuid.UUID, part: Part | None = None) -> Sequence[MaterialFile]:
    """The files of a material, oldest first."""
    query = select(MaterialFile).where(
        MaterialFile.material_uid == material_uid, MaterialFile.deleted_at.is_(None)
    )
    if part is not None:
        query = query.where(MaterialFile.part == part)
    return session().scalars(query.order_by(MaterialFile.uid)).all()


def public_file(slug: str, sha256: str) -> MaterialFile | None:
    """The file of a material on the shelves, by its content (one statement)."""
    query = (
        select(MaterialFile)
        .join(Material, Material.uid == MaterialFile.material_uid)
        .where(Material.slug == slug, _public(), MaterialFile.sha256 == sha256)
        .where(MaterialFile.deleted_at.is_(None))
    )
    return session().scalars(query.limit(1)).first()


def staff_shelf(words: str) -> Select[tuple[Any, ...]]:
    """The staff's list with the reads of this machine: their own first, withdrawn ones last."""
    tally = aliased(MaterialTally)
    reads = select(func.coalesce(func.sum(tally.reads), 0)).where(tally.material_uid == Material.uid)
    return (
        select(Material, _main_size(), reads.scalar_subquery())
        .where(Material.deleted_at.is_(None), search.matching(Material, words))
        .order_by(Material.withdrawn, Material.shipped, Material.title_key, Material.uid)
    )


def originals(besides: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """(uid, title) of the materials another one can be a translation of, alphabetical."""
    query = select(Material.uid, Material.title).where(_public(), Material.version_of.is_(None))
    rows = session().execute(query.order_by(Material.title_key)).all()
    return [(str(uid), title) for uid, title in rows if uid != besides]


def reads(first: datetime.date, last: datetime.date) -> list[tuple[str, str, int]]:
    """(title, theme, reads) of every material opened here between two days, most read first."""
    total = func.sum(MaterialTally.reads)
    query = (
        select(Material.title, Material.theme, total)
        .join(MaterialTally, MaterialTally.material_uid == Material.uid)
        .where(MaterialTally.day.between(first, last))
        .group_by(Material.uid, Material.title, Material.theme, Material.title_key)
        .order_by(total.desc(), Material.title_key)
    )
    return [(title, theme, int(count)) for title, theme, count in session().execute(query)]


def _public() -> ColumnElement[bool]:
    return Material.deleted_at.is_(None) & Material.withdrawn.is_(False)


def _foreign(reader: str) -> ColumnElement[int]:
    return case((Material.language == reader, 0), else_=1)


def _elsewhere(words: str) -> ColumnElement[int]:
    """0 where the title holds the first word looked for, 1 where only the text does."""
    first = next(iter(words.split()), "")
    primary = sort_key(first).partition("\t")[0]
    return case((Material.title_key.contains(primary, autoescape=True), 0), else_=1)


def _main_size() -> Any:
    file = aliased(MaterialFile)
    return (
        select(func.max(file.size))
        .where(file.material_uid == Material.uid, file.part == Part.MAIN, file.deleted_at.is_(None))
        .correlate(Material)
        .scalar_subquery()
    )
