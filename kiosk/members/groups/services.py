"""Writing groups: opened, corrected, put aside; people put in and taken out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.language import fold, msg
from kiosk.members import phones
from kiosk.members import queries as members
from kiosk.members.groups import queries
from kiosk.members.groups.models import Belonging, GroupKind, GroupMembership, MemberGroup
from kiosk.storage import Refusal, derived_uid, session

MOST_AT_ONCE = 300
"""People put into a group by one act: ten classes."""


@dataclass(frozen=True)
class GroupCard:
    """What is known of a group, as typed."""

    name: str
    kind: GroupKind = GroupKind.GROUP
    contact_name: str = ""
    contact_phone: str = ""
    organisation_uid: uuid.UUID | None = None


def open_group(space_uid: uuid.UUID, card: GroupCard) -> MemberGroup:
    """Open a group. Raises Refusal for no name, or a name that another group bears."""
    _check(card, space_uid, None)
    made = MemberGroup(space_uid=space_uid)
    _write(made, card)
    session().add(made)
    session().flush()
    return made


def change_group(group: MemberGroup, card: GroupCard) -> None:
    """Correct what a group says of itself; raises Refusal as `open_group` does."""
    _check(card, group.space_uid, group.uid)
    _write(group, card)
    session().flush()


def _check(card: GroupCard, space_uid: uuid.UUID, but: uuid.UUID | None) -> None:
    if not fold(card.name):
        raise Refusal(msg("Le nom manque."), "name")
    known = [*queries.groups(space_uid), *queries.groups(space_uid, active=False)]
    if any(fold(one.name) == fold(card.name) and one.uid != but for one in known):
        raise Refusal(msg("Un groupe porte déjà ce nom."), "name")


def _write(group: MemberGroup, card: GroupCard) -> None:
    group.name, group.kind = card.name.strip(), card.kind
    group.contact_name = card.contact_name.strip() or None
    group.contact_phone = phones.normalise(card.contact_phone) if card.contact_phone else None
    group.organisation_uid = card.organisation_uid


def put_aside(group: MemberGroup, aside: bool = True) -> None:
    """Propose a group no more, or propose it again; its people stay in it."""
    group.active = not aside
    session().flush()


def put_in(group: MemberGroup, people: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Put members into a group; return those who were not in it before.

    Raises Refusal for too many at once, or somebody who is not in the register of the space.
    """
    wanted = list(dict.fromkeys(people))
    if len(wanted) > MOST_AT_ONCE:
        raise Refusal(msg("Pas plus de %(n)s personnes à la fois.", n=MOST_AT_ONCE))
    known = members.by_uids(wanted)
    if any(uid not in known or known[uid].is_erased or known[uid].deleted_at for uid in wanted):
        raise Refusal(msg("Cette personne n’est pas dans le registre."))
    return [uid for uid in wanted if _enter(group, uid)]


def _enter(group: MemberGroup, member_uid: uuid.UUID) -> bool:
    uid = derived_uid("grp", group.uid, member_uid)
    row = session().get(GroupMembership, uid)
    if row is None:
        row = GroupMembership(
            uid=uid, space_uid=group.space_uid, group_uid=group.uid, member_uid=member_uid, state=Belonging.IN
        )
        session().add(row)
        return True
    was, row.state = row.state, Belonging.IN
    return was != Belonging.IN


def take_out(group: MemberGroup, people: Iterable[uuid.UUID]) -> int:
    """Take people out of a group; return how many were in it."""
    count = 0
    for member_uid in people:
        row = session().get(GroupMembership, derived_uid("grp", group.uid, member_uid))
        if row is not None and row.state == Belonging.IN:
            row.state = Belonging.OUT
            count += 1
    session().flush()
    return count
