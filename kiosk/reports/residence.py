"""Where the people trained live: by commune, women apart, who did not say counted too."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.members.figured import Person
from kiosk.places import queries as places
from kiosk.reports.figures import Split, split

UNSAID = msg("Commune pas dite")


@dataclass(frozen=True)
class Residence:
    """The people of one commune. `pcode` is "" for those who did not say theirs."""

    pcode: str
    name: Message | str
    above: Message | str
    people: Split


def by_commune(people: Iterable[Person]) -> Sequence[Residence]:
    """Return the communes of distinct people, the most people first, those who did not say last.

    The lines sum to all the people; a commune of nobody is absent.
    """
    inside: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        inside[person.commune].append(person)
    known = {place.pcode: place for place in places.communes()} if any(inside) else {}
    found = [_residence(pcode, known.get(pcode), split(there)) for pcode, there in inside.items()]
    return sorted(found, key=lambda one: (not one.pcode, -one.people.total, str(one.name)))


def _residence(pcode: str, place: places.Place | None, people: Split) -> Residence:
    if place is None:
        return Residence(pcode, pcode or UNSAID, "", people)
    return Residence(pcode, place.name, place.parents.words, people)
