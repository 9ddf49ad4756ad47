"""Articles and local notices, their frozen revisions and their dated history."""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.posts.channels.models import PublicAccount as PublicAccount  # a table of this room
from kiosk.storage import SpaceOwned, Uid, derived_uid, enum_column, reference
from kiosk.storage.carried import Carried, Rank


class Kind(StrEnum):
    """What a post is: an article goes through review, a notice is put up by the space itself."""

    ARTICLE = "article"
    NOTICE = "notice"


class State(StrEnum):
    """Where the working copy of a post stands. What readers see is `Post.published_hash`."""

    DRAFT = "draft"
    QUEUED = "queued"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class Shows(StrEnum):
    """Whom a picture shows, as its writer says: nobody that can be recognised, or people."""

    NOBODY = "nobody"
    PEOPLE = "people"


class Printed:
    """The columns that make up what a reader may read; a revision freezes all of them.

    Names of people and organisations are printed words, kept as they were
    signed; the ids beside them on the post serve lists and counts only. `picture`
    is the SHA-256 of a JPEG (see `PostPicture`), '' for none; `picture_words` says
    what it shows, to who cannot see it too.
    """

    title: Mapped[str] = mapped_column(default="")
    standfirst: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fr")
    author_name: Mapped[str] = mapped_column(default="")
    collective_name: Mapped[str] = mapped_column(default="")
    ngo_name: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    event_date: Mapped[datetime.date | None]
    picture: Mapped[str] = mapped_column(default="")
    picture_words: Mapped[str] = mapped_column(default="")


class Post(Printed, SpaceOwned):
    """One article or notice; its text columns are the working copy of its writers.

    The kiosk moves it while it is draft or returned, the editorial desk from
    queued on. `revision` is the number of the text last submitted (0: none) and
    `revision_hash` names it. `approved_hash` names the text the desk
    approved, `published_hash` the one readers see (None: nothing is shown), so
    that no edit and no merge with another machine can change a published text.
    Moments, in UTC ms: `touched_at` last edit, `submitted_at` last sent to the
    desk, `published_at` first shown, `renewed_at` when the text now shown was put up.
    """

    __tablename__ = "post"
    __search__ = "post_search"
    __table_args__ = (Index("ix_post_shown", "published_at"), Index("ix_post_slug", "slug"))

    kind: Mapped[Kind] = enum_column(Kind, default=Kind.ARTICLE)
    state: Mapped[State] = enum_column(State, default=State.DRAFT, index=True)
    # No foreign key: a post must not wait for the row of a person of another machine.
    author_uid: Mapped[uuid.UUID | None] = mapped_column(Uid, index=True)
    collective_uid: Mapped[uuid.UUID | None] = reference("organisation.uid", nullable=True)
    ngo_uid: Mapped[uuid.UUID | None] = reference("organisation.uid", nullable=True)
    commune_pcode: Mapped[str | None]
    quotes_agreed: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)
    revision_hash: Mapped[str] = mapped_column(default="")
    approved_hash: Mapped[str | None]
    published_hash: Mapped[str | None]
    published_at: Mapped[int | None]
    renewed_at: Mapped[int | None]
    slug: Mapped[str | None]
    submitted_at: Mapped[int | None] = mapped_column(info={"moment": True})
    touched_at: Mapped[int] = mapped_column(default=0, info={"moment": True})

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """Which text of an article is approved and shown is the desk's word, never a space's."""
        if after["kind"] != Kind.ARTICLE:
            return False
        was = before if before and before["kind"] == Kind.ARTICLE else {}
        return any(after[name] != was.get(name) for name in ("approved_hash", "published_hash"))

    @classmethod
    def searchable(cls, row: Mapping[str, Any]) -> str:
        """Return the words under which a writer looks for a post."""
        names = ("title", "standfirst", "place", "author_name", "collective_name", "ngo_name")
        return " ".join(row.get(name) or "" for name in names)


class Revision(Printed, SpaceOwned):
    """A text exactly as it was submitted: append-only, named by `hash` (see `text.fingerprint`).

    Its id is derived from the post and the hash: the same text is the same row.
    """

    __tablename__ = "post_revision"

    post_uid: Mapped[uuid.UUID] = reference("post.uid")
    number: Mapped[int]
    hash: Mapped[str]
    at: Mapped[int] = mapped_column(info={"moment": True})

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """A revision that was read and approved never changes under its readers."""
        may_differ = ("number", "at")
        changed = [n for n, value in after.items() if before and before[n] != value and n not in may_differ]
        return bool(changed)

    @staticmethod
    def uid_of(post_uid: uuid.UUID, name: str) -> uuid.UUID:
        """Return the id of the revision of a post whose hash (sha256, hex) is `name`."""
        return derived_uid("post_revision", post_uid, uuid.UUID(hex=name[:32]))


class PostEvent(SpaceOwned):
    """One move of one post: append-only, so that every step is dated and named.

    `move` is a name of the table in `states`, or « create »; `number` orders the
    history whatever the clocks of the machines say. `at` is the moment of entry
    (UTC ms), `day` the date shown; `from_state` is None for the first line.
    `by_name` is kept because the person may belong to another machine, whose
    staff never travels here.
    """

    __tablename__ = "post_event"

    post_uid: Mapped[uuid.UUID] = reference("post.uid")
    number: Mapped[int]
    move: Mapped[str]
    from_state: Mapped[State | None] = enum_column(State, nullable=True)
    to_state: Mapped[State] = enum_column(State)
    by_uid: Mapped[uuid.UUID | None] = mapped_column(Uid)
    by_name: Mapped[str] = mapped_column(default="")
    at: Mapped[int] = mapped_column(info={"moment": True})
    day: Mapped[datetime.date]
    comment: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
    revision_hash: Mapped[str] = mapped_column(default="")


class PostPicture(SpaceOwned):
    """A picture put with an article, drawn anew as a JPEG of `size` bytes, and what its writer said of it.

    `others_agreed`: whoever can be recognised and is not named is of age and agreed.
    Its id is derived from the post and the content.
    """

    __tablename__ = "post_picture"
    __files__ = ("sha256",)
    __likeness__ = ("picture_person", "picture_uid", "member_uid")

    post_uid: Mapped[uuid.UUID] = reference("post.uid")
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    shows: Mapped[Shows] = enum_column(Shows)
    others_agreed: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def carried(cls, name: str, row: Mapping[str, Any]) -> Carried | None:
        """It goes to the centre with its article, and to whoever reads it."""
        return Carried(row["sha256"], row["size"], "image/jpeg", Rank.PICTURE)

    @staticmethod
    def uid_of(post_uid: uuid.UUID, name: str) -> uuid.UUID:
        """Return the id of the picture of a post whose hash (sha256, hex) is `name`."""
        return derived_uid("post_picture", post_uid, uuid.UUID(hex=name[:32]))


class PicturePerson(SpaceOwned):
    """A member whom a writer recognised on a picture, and named on a day."""

    __tablename__ = "picture_person"
    __natural__ = ("shown", "picture_uid", "member_uid")

    picture_uid: Mapped[uuid.UUID] = reference("post_picture.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    named_on: Mapped[datetime.date]
