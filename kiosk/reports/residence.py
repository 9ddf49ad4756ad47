"""Where the people trained live: by commune, women apart, who did not say counted too."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.reports.figures import Person, Split, split

UNSAID = msg("Commune pas dite")


@dataclass(frozen=True)
class Residence:
    """The people of one commune. `pcode` is "" for those who did not say theirs."""

    pcode: str
    name: Message | str
    above: Message | str
    people: Split


def by_commune(trained: Collection[uuid.UUID], people: Mapping[uuid.UUID, Person]) -> Sequence[Residence]:
    """Return the communes of distinct people, the most people first, those who did not say last.

    The lines sum to all the people; a commune of nobody is absent.
    """
    homes = members.communes_of(trained)
    inside: dict[str, list[Person]] = defaultdict(list)
    for uid in trained:
        inside[homes.get(uid) or ""].append(people[uid])
    known = {place.pcode: place for place in places.communes()} if inside else {}
    found = [_residence(pcode, known.get(pcode), split(there)) for pcode, there in inside.items()]
    return sorted(found, key=lambda one: (not one.pcode, -one.people.total, str(one.name)))


def _residence(pcode: str, place: places.Place | None, people: Split) -> Residence:
    if place is None:
        return Residence(pcode, pcode or UNSAID, "", people)
    return Residence(pcode, place.name, place.parents.words, people)
