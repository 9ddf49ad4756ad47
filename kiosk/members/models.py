"""Tables of the register: a person, what she agreed to, and this machine's own counters."""

import datetime
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Index, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.language import fold, loose, msg, sort_key
from kiosk.members import phones
from kiosk.members.disability.models import Difficulties as Difficulties  # tables of this room too
from kiosk.members.fields.models import OwnAnswer as OwnAnswer
from kiosk.members.fields.models import OwnField as OwnField
from kiosk.members.fields.models import RegisterWord as RegisterWord
from kiosk.members.groups.models import GroupMembership as GroupMembership
from kiosk.members.groups.models import MemberGroup as MemberGroup
from kiosk.members.links.models import PersonLink as PersonLink  # a table of this room
from kiosk.members.vocabulary import Purpose, Sex
from kiosk.members.volunteers.models import HelpOffer as HelpOffer
from kiosk.members.volunteers.models import OutsideEvent as OutsideEvent
from kiosk.members.volunteers.models import Volunteer as Volunteer
from kiosk.members.volunteers.models import VolunteerTime as VolunteerTime
from kiosk.storage import Base, SpaceOwned, Uid, enum_column, list_column, new_uid, reference
from kiosk.storage.private import PHOTOS, shelf_beside

_ORDERED = Text().with_variant(Text(collation="C"), "postgresql")


class Member(SpaceOwned):
    """One person of one space.

    `card` is a label printed on her card, `former_card` the number she had in a
    register kept before. `birth_year` is None when unknown; `birth_year_about`
    says it is a guess. `phone` is E.164, or the text as written when it is not a
    whole number. `commune_pcode` is the 2015 p-code; a village is free text.
    `languages` and `digital_roles` hold codes, as `profession` does; `elected_as` the
    mandate she was elected to, None where she was not. `civil_society`: she belongs to
    an organisation of civil society, `organisation_uid` where it is a partner we know.
    `guardian` answers for a minor, under `guardian_phone`. `registered_on` is the day
    on paper, not of typing.
    """

    __tablename__ = "member"
    __search__ = "member_search"
    # Sex, birth year, commune and the day of registration stay: figures are made of them.
    __erases__ = frozenset(
        {"given_name", "family_name", "phone", "village", "languages", "occupation", "schooling"}
        | {"organisation", "how_heard", "guardian", "notes", "former_card", "guardian_phone", "profession"}
        | {"digital_roles", "elected_as", "civil_society", "organisation_uid"}
    )
    __table_args__ = (Index("ix_member_space_sort", "space_uid", "sort_key", "uid"),)
    __visiting__ = frozenset(
        {"space_uid", "card", "given_name", "family_name", "sex", "birth_year", "birth_year_about"}
        | {"registered_on", "deleted_at"}
    )

    card: Mapped[str] = mapped_column(index=True)
    former_card: Mapped[str | None] = mapped_column(index=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    sex: Mapped[Sex] = enum_column(Sex)
    birth_year: Mapped[int | None]
    birth_year_about: Mapped[bool]
    phone: Mapped[str | None]
    village: Mapped[str | None]
    commune_pcode: Mapped[str | None]
    languages: Mapped[list[str] | None] = list_column()
    occupation: Mapped[str | None]
    schooling: Mapped[str | None]
    organisation: Mapped[str | None]
    how_heard: Mapped[str | None]
    guardian: Mapped[str | None]
    notes: Mapped[str | None]
    registered_on: Mapped[datetime.date]
    guardian_phone: Mapped[str | None]
    profession: Mapped[str | None]
    digital_roles: Mapped[list[str] | None] = list_column()
    elected_as: Mapped[str | None]
    civil_society: Mapped[bool | None]
    organisation_uid: Mapped[uuid.UUID | None] = reference("organisation.uid")
    name_fold: Mapped[str] = mapped_column(index=True, info={"local": True})
    sort_key: Mapped[str] = mapped_column(_ORDERED, index=True, info={"local": True})

    @property
    def name(self) -> str:
        """Her name as it is said: given name, then family name."""
        return said_name(self.given_name, self.family_name)

    @property
    def is_erased(self) -> bool:
        """Whether her name was erased: nobody is registered without one."""
        return not (self.given_name or self.family_name)

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the key of namesakes, whatever the order of names, and the place in lists."""
        name = _name(row)
        return {"name_fold": name_key(name), "sort_key": sort_key(name)}

    @classmethod
    def forget(cls, connection: Connection, uid: uuid.UUID) -> None:
        """Take away what this machine alone keeps of her: her photo, her health, what an import filled in."""
        if photos := shelf_beside(connection, PHOTOS):
            photos.drop(uid)
        connection.execute(delete(Difficulties).where(Difficulties.member_uid == uid))
        for row in connection.execute(select(ImportRun.uid, ImportRun.filled)).all():
            if uid.hex in row.filled:
                kept = {who: fields for who, fields in row.filled.items() if who != uid.hex}
                connection.execute(update(ImportRun).where(ImportRun.uid == row.uid).values(filled=kept))

    @classmethod
    def searchable(cls, row: Mapping[str, Any]) -> str:
        """Return her names (plain, « N’Diaye » in one word too, and coarse), her numbers, her village."""
        named = f"{_name(row)} {row.get('village') or ''}".split()
        numbers = [*card_words(row.get("card")), *card_words(row.get("former_card"))]
        return " ".join([*map(_spellings, named), *numbers, *phones.words(row.get("phone"))])


class Consent(SpaceOwned):
    """What a member said to one purpose, and on which day; the last word stands.

    Its uid is derived from the member and the purpose; the log keeps what was
    said before. A withdrawal wins over any concurrent grant.
    """

    __tablename__ = "consent"
    __natural__ = ("consent-{purpose}", "member_uid")
    __prevails__ = {"granted": False}

    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    purpose: Mapped[Purpose] = enum_column(Purpose)
    granted: Mapped[bool]
    on_date: Mapped[datetime.date]


class CardCounter(Base):
    """Last number given under a prefix of this machine. Never leaves it."""

    __tablename__ = "member_card_counter"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class PrintedCard(Base):
    """A number that this machine printed, and when (ms): who still waits for a card follows from it."""

    __tablename__ = "member_printed_card"

    card: Mapped[str] = mapped_column(primary_key=True)
    printed_at: Mapped[int]


class NameAccess(Base):
    """Who opened whose name, and when (ms): the centre's own trace, never sent."""

    __tablename__ = "name_access"

    uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True, default=new_uid)
    staff_uid: Mapped[uuid.UUID] = mapped_column(Uid, index=True)
    member_uid: Mapped[uuid.UUID] = mapped_column(Uid, index=True)
    opened_at: Mapped[int]


class ImportRun(Base):
    """One import done on this machine, kept so that it can be taken back.

    `created` holds member uid (hex) -> the print of her card as it was written,
    `filled` member uid (hex) -> the fields that were empty before, with the values
    they took.
    """

    __tablename__ = "member_import"

    uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True, default=new_uid)
    file_name: Mapped[str]
    done_at: Mapped[int]
    created: Mapped[dict[str, str]] = mapped_column(JSON)
    filled: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)
    undone_at: Mapped[int | None]


class ImportedLine(Base):
    """Whom a line of an imported file was about: the same line again is the same person.

    `print` is a hash of all the line says. Never leaves the machine.
    """

    __tablename__ = "member_imported_line"

    print: Mapped[str] = mapped_column(primary_key=True)
    member_uid: Mapped[uuid.UUID] = mapped_column(Uid)


class ImportedTitles(Base):
    """What somebody said the columns of a register mean: the next file of the same titles is read so.

    `print` is a hash of the titles, `meanings` holds the keys of `importer.columns`
    in their order, '' for a column left aside. `titled` is false where the first row
    is somebody already. Never leaves the machine.
    """

    __tablename__ = "member_imported_titles"

    print: Mapped[str] = mapped_column(primary_key=True)
    meanings: Mapped[list[str]] = mapped_column(JSON)
    titled: Mapped[bool]
    said_at: Mapped[int]


def said_name(given: str, family: str) -> str:
    """Return a name as it is said, and what stands in the place of an erased one."""
    return f"{given} {family}".strip() or str(msg("Personne effacée"))


def _name(row: Mapping[str, Any]) -> str:
    return f"{row.get('given_name') or ''} {row.get('family_name') or ''}".strip()


@lru_cache(maxsize=512)
def _spellings(word: str) -> str:
    plain, whole = fold(word), joined(word)
    return " ".join(dict.fromkeys([plain, whole, loose(plain), loose(whole)]))


@lru_cache(maxsize=512)
def name_key(name: str) -> str:
    """Return the key that two spellings and two orders of one name share."""
    return " ".join(sorted(part for word in name.split() for part in _parts(word)))


@lru_cache(maxsize=512)
def _parts(word: str) -> list[str]:
    return fold(word).replace("-", " ").replace("'", "").split()


def joined(text: str) -> str:
    """Return a plain spelling where an apostrophe parts nothing: « N’Diaye » gives « ndiaye »."""
    return fold(text).replace("'", "")


def card_words(card: str | None) -> list[str]:
    """Return the forms under which a number is searched: as printed, in one piece, its digits."""
    if not card:
        return []
    digits = "".join(sign for sign in card.split("-")[1] if sign.isdigit()) if "-" in card else ""
    return [card, card.replace("-", ""), digits, digits.lstrip("0")]
