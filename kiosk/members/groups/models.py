"""Tables of groups: a named group or class with its teacher, and who is in it."""

import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, enum_column, reference


class GroupKind(StrEnum):
    """A group of people, or a class of a school with its teacher."""

    GROUP = "group"
    CLASS = "class"


class Belonging(StrEnum):
    """Whether somebody is in a group, or was taken out of it."""

    IN = "in"
    OUT = "out"


class MemberGroup(SpaceOwned):
    """A named group or class. `contact_name` is its teacher or who speaks for it.

    `active` False: put aside, proposed no more; its people stay in it.
    """

    __tablename__ = "member_group"
    __erases__ = frozenset({"contact_name", "contact_phone"})

    name: Mapped[str]
    kind: Mapped[GroupKind] = enum_column(GroupKind, default=GroupKind.GROUP)
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    organisation_uid: Mapped[uuid.UUID | None] = reference("organisation.uid")
    active: Mapped[bool] = mapped_column(default=True)


class GroupMembership(SpaceOwned):
    """Somebody in a group; its uid follows from the two, so that machines converge.

    Taking out cancels only what it saw: it gives way to an entry made elsewhere meanwhile.
    """

    __tablename__ = "group_membership"
    __natural__ = ("grp", "group_uid", "member_uid")
    __yields__ = {"state": Belonging.OUT}

    group_uid: Mapped[uuid.UUID] = reference("member_group.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    state: Mapped[Belonging] = enum_column(Belonging, default=Belonging.IN)
