"""Reading groups: those of a space with how many people, who is in one, which one somebody is in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from kiosk.language import Message, fold, msg, sort_key
from kiosk.members.groups.models import Belonging, GroupKind, GroupMembership, MemberGroup
from kiosk.members.models import Member
from kiosk.storage import NotFound, session

KIND_WORDS = {GroupKind.GROUP: msg("Groupe"), GroupKind.CLASS: msg("Classe")}


def kind_word(kind: str) -> Message | str:
    """Return what a group is, in words; a kind this release does not know as it came."""
    return {str(one): word for one, word in KIND_WORDS.items()}.get(str(kind), kind)


@dataclass(frozen=True)
class GroupLine:
    """A group as lists show it, with how many people are in it now."""

    uid: uuid.UUID
    name: str
    kind: str
    contact_name: str
    active: bool
    people: int

    @property
    def kind_word(self) -> Message | str:
        """What it is, in words."""
        return kind_word(self.kind)


def groups(space_uid: uuid.UUID | None, active: bool = True) -> list[GroupLine]:
    """Return the groups of a space in the order of the alphabet, one statement; `active` False: put aside."""
    query = _lines().where(MemberGroup.active.is_(active))
    if space_uid is not None:
        query = query.where(MemberGroup.space_uid == space_uid)
    return _sorted(query)


def groups_of(member_uid: uuid.UUID) -> list[GroupLine]:
    """Return the groups that somebody is in."""
    hers = select(GroupMembership.group_uid).where(
        GroupMembership.member_uid == member_uid, GroupMembership.state == Belonging.IN
    )
    return _sorted(_lines().where(MemberGroup.uid.in_(hers), MemberGroup.active))


def _lines() -> Select:
    inside = (
        select(GroupMembership.group_uid, func.count().label("people"))
        .join(Member, Member.uid == GroupMembership.member_uid)
        .where(*_stands())
        .group_by(GroupMembership.group_uid)
        .subquery()
    )
    one = MemberGroup
    people = func.coalesce(inside.c.people, 0)
    query = select(one.uid, one.name, one.kind, one.contact_name, one.active, people)
    return query.outerjoin(inside, inside.c.group_uid == one.uid).where(one.deleted_at.is_(None))


def _stands() -> tuple:
    """Being in a group, as a person who is still in the register under a name."""
    named = (Member.given_name != "") | (Member.family_name != "")
    inside = GroupMembership.state == Belonging.IN, GroupMembership.deleted_at.is_(None)
    return (*inside, Member.deleted_at.is_(None), named)


def _sorted(query: Select) -> list[GroupLine]:
    found = [
        GroupLine(uid, name, str(kind), contact or "", active, people)
        for uid, name, kind, contact, active, people in session().execute(query)
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.uid))


def named(space_uid: uuid.UUID, name: str) -> uuid.UUID | None:
    """Return the group of a space that bears a name in any spelling, None without one."""
    wanted = fold(name)
    return next((one.uid for one in groups(space_uid) if wanted and fold(one.name) == wanted), None)


def find(uid: uuid.UUID) -> MemberGroup:
    """Return a group, put aside or not, or raise NotFound."""
    found = session().get(MemberGroup, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Ce groupe n’existe pas ici."))
    return found


def listing(group_uid: uuid.UUID) -> Select:
    """Return the people in a group in the alphabet's order, for `paginate`."""
    query = select(Member).join(GroupMembership, GroupMembership.member_uid == Member.uid)
    mine = query.where(GroupMembership.group_uid == group_uid, *_stands())
    return mine.order_by(Member.sort_key, Member.uid)


def people(group_uid: uuid.UUID) -> Sequence[Member]:
    """Return everybody in a group, in the alphabet's order."""
    return session().scalars(listing(group_uid)).all()


def those_in(group_uid: uuid.UUID) -> list[uuid.UUID]:
    """Return the ids of everybody in a group, in the alphabet's order."""
    return list(session().scalars(listing(group_uid).with_only_columns(Member.uid)))
