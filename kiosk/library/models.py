"""Materials, their files, and how often each was read on a day."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.language import sort_key
from kiosk.library.vocabulary import Kind, Licence, Part, Theme
from kiosk.storage import Base, Synced, Uid, enum_column, list_column, reference
from kiosk.storage.carried import Carried, Rank

_TURNS = {Part.POSTER: Rank.THUMBNAIL, Part.ORIGINAL: Rank.BY_HAND}
# Sort keys compare by code point; a PostgreSQL server may be set otherwise.
SORTED = Text().with_variant(Text(collation="C"), "postgresql")


class Material(Synced):
    """One thing to watch, hear, look at or read; every machine holds its sheet.

    `language` is a code of the registry, or of `vocabulary.OTHER_LANGUAGES`.
    `titles` holds the title in other languages, by code. `theme` is a shelf of
    ours or the key of one somebody named: `shelf` is then that name, for machines
    that never heard it. `body` is the text itself, in Markdown. `seconds` is a
    duration, `pages` a number of pages. `version_of` names the material of which
    this is another language; it is no foreign key, since a shipped material may be
    unknown to an older machine. `needs_review` asks for a speaker's eye.
    `space_uid` is the space that made it, None for the centre. `shipped` ones come
    with the software and are never edited. `withdrawn` takes a material off the
    shelves without losing it.
    """

    __tablename__ = "material"
    __search__ = "material_search"

    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    slug: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    titles: Mapped[dict[str, str] | None] = list_column()
    kind: Mapped[Kind] = enum_column(Kind)
    language: Mapped[str]
    theme: Mapped[Theme] = enum_column(Theme)
    shelf: Mapped[str | None]
    collection: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(default="")
    credit: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    licence: Mapped[Licence] = enum_column(Licence)
    seconds: Mapped[int | None]
    pages: Mapped[int | None]
    version_of: Mapped[uuid.UUID | None] = mapped_column(Uid, index=True)
    needs_review: Mapped[bool] = mapped_column(default=False)
    shipped: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    added_on: Mapped[datetime.date]
    title_key: Mapped[str | None] = mapped_column(SORTED, index=True, info={"local": True})

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the title's place in the alphabet."""
        return {"title_key": sort_key(row["title"] or "")}

    @classmethod
    def searchable(cls, row: Mapping[str, Any]) -> str:
        """A material is found by its titles, its summary, its shelf, its people and its text."""
        titles = (row.get("titles") or {}).values()
        names = ("title", "summary", "collection", "author", "body", "shelf")
        return " ".join([*titles, *(row.get(name) or "" for name in names)])

    @classmethod
    def owner(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID | None:
        """The space that made the material may change it."""
        found: uuid.UUID | None = row.get("space_uid")
        return found

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Everybody receives every material."""
        return "all"

    def title_in(self, code: str) -> tuple[str, str]:
        """The title for a reader of language `code`, and the language it is in."""
        translated = (self.titles or {}).get(code)
        return (translated, code) if translated else (self.title, "fr")


class MaterialFile(Synced):
    """One file of a material: `part` says what it is for, `sha256` where it is kept.

    `seconds` is the duration of a sound or a video, `size` counts bytes. The
    content travels apart from this sheet and may arrive much later.
    """

    __tablename__ = "material_file"
    __files__ = ("sha256",)

    material_uid: Mapped[uuid.UUID] = reference("material.uid")
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    part: Mapped[Part] = enum_column(Part)
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    mime: Mapped[str]
    name: Mapped[str]
    seconds: Mapped[int | None]
    shipped: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def owner(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID | None:
        """The space that added the file may take it away."""
        found: uuid.UUID | None = row.get("space_uid")
        return found

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Everybody receives the sheet of every file."""
        return "all"

    @classmethod
    def carried(cls, name: str, row: Mapping[str, Any]) -> Carried | None:
        """Covers first, originals of pictures by hand; what comes with the software never travels."""
        if row["shipped"]:
            return None
        return Carried(row["sha256"], row["size"], row["mime"], _TURNS.get(row["part"], Rank.MATERIAL))


class MaterialTally(Base):
    """How often a material was opened on this machine on a day. Never who, never where from."""

    __tablename__ = "material_tally"

    material_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    day: Mapped[datetime.date] = mapped_column(primary_key=True)
    reads: Mapped[int] = mapped_column(default=0)
