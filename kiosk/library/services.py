"""Writing in the médiathèque: add, correct and withdraw a material, keep its files, count reads."""

import datetime
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module

from sqlalchemy import select
from sqlalchemy.sql.dml import Insert

from kiosk.language import fold, msg
from kiosk.library import queries
from kiosk.library.kinds import BY_PART, DOCUMENTS, Type
from kiosk.library.models import Material, MaterialFile, MaterialTally
from kiosk.library.vocabulary import Kind, Licence, Part
from kiosk.storage import NotFound, Refusal, clock, new_uid, session
from kiosk.storage.files import Kept

_SLUG_LENGTH = 60
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Card:
    """What the sheet of a material says, as typed; `shelf` names a shelf that is not ours."""

    title: str
    kind: Kind
    language: str
    theme: str
    licence: Licence
    titles: dict[str, str] | None = None
    summary: str = ""
    body: str = ""
    author: str = ""
    credit: str = ""
    collection: str = ""
    year: int | None = None
    seconds: int | None = None
    pages: int | None = None
    version_of: uuid.UUID | None = None
    needs_review: bool = False
    shelf: str | None = None


def add(card: Card, space_uid: uuid.UUID | None) -> Material:
    """Put a new material on the shelves, made by the space (None: by the centre)."""
    uid = new_uid()
    material = Material(
        uid=uid,
        slug=slug_of(card.title, uid),
        space_uid=space_uid,
        added_on=clock.today(),
        **asdict(card),
    )
    session().add(material)
    session().flush()
    return material


def slug_of(title: str, uid: uuid.UUID) -> str:
    """A readable address that no other material has, here or elsewhere."""
    words = _NOT_SLUG.sub("-", fold(title)).strip("-")[:_SLUG_LENGTH].strip("-")
    return f"{words or 'support'}-{uid.hex[-6:]}"


def edit(slug: str, card: Card, space_uid: uuid.UUID | None) -> Material:
    """Correct a material's sheet. Raises Refusal when it is not this space's."""
    material = editable(slug, space_uid)
    for name, value in asdict(card).items():
        if getattr(material, name) != value:
            setattr(material, name, value)
    session().flush()
    return material


def withdraw(slug: str, space_uid: uuid.UUID | None) -> Material:
    """Take a material off the shelves; its sheet and files stay."""
    return _shelve(slug, space_uid, withdrawn=True)


def put_back(slug: str, space_uid: uuid.UUID | None) -> Material:
    """Put a withdrawn material back on the shelves."""
    return _shelve(slug, space_uid, withdrawn=False)


def _shelve(slug: str, space_uid: uuid.UUID | None, withdrawn: bool) -> Material:
    material = editable(slug, space_uid)
    material.withdrawn = withdrawn
    session().flush()
    return material


def editable(slug: str, space_uid: uuid.UUID | None) -> Material:
    """The material of that address. Raises NotFound, or Refusal when it is not this space's."""
    material = queries.by_slug(slug)
    if material is None:
        raise NotFound(msg("Ce support n’existe pas ou n’existe plus."))
    if material.shipped:
        raise Refusal(msg("Ce support est livré avec la machine. Il ne se modifie pas."))
    if material.space_uid != space_uid:
        raise Refusal(msg("Ce support vient d’un autre espace. Lui seul peut le modifier."))
    return material


def attach(material: Material, part: Part, kept: Kept, kind: Type, name: str) -> MaterialFile:
    """Give a kept file to a material. A part holds one file, except those to take away.

    Raises Refusal when the file cannot be that part.
    """
    _check_part(material, part, kind)
    if part != Part.EXTRA:
        for before in queries.files_of(material.uid, part):
            before.deleted_at = clock.stamp()
    file = MaterialFile(
        material_uid=material.uid,
        space_uid=material.space_uid,
        part=part,
        sha256=kept.sha256,
        size=kept.size,
        mime=kind.mime,
        name=file_name(name, kind),
    )
    session().add(file)
    session().flush()
    return file


def _check_part(material: Material, part: Part, kind: Type) -> None:
    if part == Part.MAIN:
        wanted = {Kind.BOOK, Kind.TEXT} if material.kind in (Kind.BOOK, Kind.TEXT) else {material.kind}
        fits = kind.kind in wanted
    else:
        fits = kind.kind in BY_PART[part]
    if not fits:
        raise Refusal(msg("Ce fichier ne convient pas à cet usage. Choisissez un autre usage."), "part")


def file_name(typed: str, kind: Type) -> str:
    """The name a phone will show: what was typed, without folders, with the true ending."""
    stem = typed.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip() or "fichier"
    known = {type_.suffix for type_ in DOCUMENTS} | {kind.suffix}
    ending = typed.rpartition(".")[2].lower()
    return f"{stem[:80]}.{ending if ending in known else kind.suffix}"


def detach(file_uid: uuid.UUID, space_uid: uuid.UUID | None) -> MaterialFile:
    """Take a file away from its material. The content stays, so that it can be given back."""
    file = session().get(MaterialFile, file_uid)
    if file is None or file.deleted_at is not None:
        raise NotFound(msg("Ce fichier est déjà retiré."))
    if file.shipped or file.space_uid != space_uid:
        raise Refusal(msg("Ce fichier vient d’ailleurs. Il ne se retire pas ici."))
    file.deleted_at = clock.stamp()
    session().flush()
    return file


def reattach(file_uid: uuid.UUID, space_uid: uuid.UUID | None) -> MaterialFile:
    """Give a material back the file that `detach` took: a new sheet on the same content."""
    old = session().get(MaterialFile, file_uid)
    if old is None or old.deleted_at is None or old.space_uid != space_uid:
        raise NotFound(msg("Ce fichier n’est plus là."))
    same = ("material_uid", "space_uid", "part", "sha256", "size", "mime", "name", "seconds")
    file = MaterialFile(**{name: getattr(old, name) for name in same})
    session().add(file)
    session().flush()
    return file


def add_reads(counted: Mapping[tuple[str, datetime.date], int]) -> int:
    """Add counts of reads, by address and day, to the tallies; return how many rows moved.

    Addresses nobody knows any more are dropped.
    """
    slugs = {slug for slug, _ in counted}
    known = dict(session().execute(select(Material.slug, Material.uid).where(Material.slug.in_(slugs))).all())
    rows = [
        {"material_uid": known[slug], "day": day, "reads": count}
        for (slug, day), count in counted.items()
        if slug in known
    ]
    if rows:
        session().execute(_upsert(), rows)
    return len(rows)


def _upsert() -> Insert:
    # Loaded when counts are written: a kiosk never pays for PostgreSQL's dialect.
    dialect = import_module(f"sqlalchemy.dialects.{session().get_bind().dialect.name}")
    statement = dialect.insert(MaterialTally)
    written: Insert = statement.on_conflict_do_update(
        index_elements=["material_uid", "day"],
        set_={"reads": MaterialTally.reads + statement.excluded.reads},
    )
    return written
