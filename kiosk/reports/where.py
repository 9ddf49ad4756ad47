"""Keeping the figures of people who live in communes that act together."""

import uuid
from collections.abc import Iterable, Sequence

from kiosk.members import figured
from kiosk.places import together
from kiosk.training.figures import Fact
from kiosk.training.following.reading import Met


def those_living(people: Iterable[uuid.UUID], group_uid: uuid.UUID | None) -> set[uuid.UUID]:
    """Return the people who live in a group's communes; everybody where no group is asked for."""
    every = set(people)
    if group_uid is None:
        return every
    group = together.group(group_uid)
    wanted = set(group.communes or ()) if group else set()
    return {uid for uid, one in figured.people(every).items() if one.commune in wanted}


def living(facts: Sequence[Fact], group_uid: uuid.UUID | None) -> list[Fact]:
    """Keep what is said of people who live in a group's communes; all of it where no group is asked for."""
    if group_uid is None:
        return list(facts)
    homes = those_living((fact.member_uid for fact in facts), group_uid)
    return [fact for fact in facts if fact.member_uid in homes]


def met(meetings: Sequence[Met], group_uid: uuid.UUID | None) -> list[Met]:
    """Keep the meetings of people who live in a group's communes."""
    homes = those_living((one.member_uid for one in meetings), group_uid)
    return [one for one in meetings if one.member_uid in homes]
