"""Tables of what is asked: words of the lists, fields of one's own, and what people answered."""

import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, Synced, enum_column, reference


class FieldKind(StrEnum):
    """How a field of one's own is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DAY = "day"


class RegisterWord(Synced):
    """One word of a list: added to it, renamed, or put aside; `space_uid` None: for every space.

    `list_name` is a list of `vocabulary.LISTS`, or the hex uid of a field of one's own,
    whose options these are. `code` is what cards keep; a word of the software under
    the same code takes the label said here. Its uid is derived from all three, so that two
    machines that say the same word say it once. Words stand by `rank`, then as they were said.
    """

    __tablename__ = "register_word"

    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    list_name: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    label_fr: Mapped[str]
    label_bm: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    rank: Mapped[int] = mapped_column(default=0, server_default="0")


class OwnField(Synced):
    """A question of one's own; `space_uid` None: asked in every space.

    `sensitive` keeps its answers out of files unless they are asked for one by one;
    `in_export` lets them into files at all. A field put aside (`active` False) is
    asked no more, and its answers stay.
    """

    __tablename__ = "own_field"

    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    label_fr: Mapped[str]
    label_bm: Mapped[str | None]
    kind: Mapped[FieldKind] = enum_column(FieldKind)
    required: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)
    in_export: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    rank: Mapped[int] = mapped_column(default=0)


class OwnAnswer(SpaceOwned):
    """What one person answered to one field of one's own; a row each, so that no answer undoes another.

    `value` is a text as it is kept: digits of a number, "1" or "0", an ISO day, the
    code of an option; "" where the answer was taken back.
    """

    __tablename__ = "own_answer"
    __natural__ = ("own", "field_uid", "member_uid")
    __erases__ = frozenset({"value"})

    field_uid: Mapped[uuid.UUID] = reference("own_field.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    value: Mapped[str]
