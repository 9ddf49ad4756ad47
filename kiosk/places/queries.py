"""Reading places: communes with their parents, spaces, rooms, and where we are."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from kiosk.language import Message, fold, msg, sort_key
from kiosk.places import feasts, hours
from kiosk.places.models import Certainty, Commune, CommuneParent, Here, Room, Space
from kiosk.storage import clock, session

REFORM = datetime.date(2023, 3, 13)
BEFORE_REFORM = REFORM - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Parents:
    """The cercle and region above a commune at some date; what is not sure says so."""

    region: str
    cercle: str | None
    state: Certainty

    @property
    def sure(self) -> bool:
        """Tell whether these parents are confirmed."""
        return self.state == Certainty.KNOWN and self.cercle is not None

    @property
    def words(self) -> Message:
        """« cercle de Nioro, région de Nioro », with « à confirmer » where it is not sure."""
        if self.cercle is None:
            return msg("cercle à confirmer, région de %(region)s", region=self.region)
        names = {"cercle": self.cercle, "region": self.region}
        if self.sure:
            return msg("cercle de %(cercle)s, région de %(region)s", **names)
        return msg("cercle de %(cercle)s (à confirmer), région de %(region)s", **names)


@dataclass(frozen=True)
class Place:
    """A commune with its p-code and the parents it had at the date asked for."""

    pcode: str
    name: str
    parents: Parents


def here() -> Space | None:
    """Return the space this machine stands in; None before set-up and at the centre."""
    return session().scalar(select(Space).join(Here, Here.space_uid == Space.uid))


def here_uid() -> uuid.UUID | None:
    """Return the id of the space this machine stands in."""
    return session().scalar(select(Here.space_uid))


def space(uid: uuid.UUID) -> Space | None:
    """Return a space by its id."""
    return session().get(Space, uid)


def space_by_code(code: str) -> Space | None:
    """Return the space of that code, upper or lower case."""
    return session().scalar(
        select(Space).where(Space.code == code.strip().upper(), Space.deleted_at.is_(None))
    )


def spaces() -> list[Space]:
    """Return every active space, in the order of the alphabet."""
    found = session().scalars(select(Space).where(Space.deleted_at.is_(None), Space.active))
    return sorted(found, key=lambda one: sort_key(one.name))


def points() -> list[Space]:
    """Return the points without a machine where a session may take place, in the order of the alphabet."""
    return [one for one in spaces() if one.travels]


def point_named(name: str) -> uuid.UUID | None:
    """Return the point of that name in any spelling, None where there is none."""
    wanted = fold(name)
    return next((one.uid for one in points() if fold(one.name) == wanted), None) if wanted else None


def rooms(space_uid: uuid.UUID) -> list[Room]:
    """Return the rooms of a space, in the order of the alphabet."""
    found = session().scalars(select(Room).where(Room.space_uid == space_uid, Room.deleted_at.is_(None)))
    return sorted(found, key=lambda one: sort_key(one.name))


def room(uid: uuid.UUID) -> Room | None:
    """Return a room, removed or not."""
    return session().get(Room, uid)


def opening(one: Space, day: datetime.date | None = None) -> hours.Opening:
    """Return what a day (today by default) holds at a space: its own exceptions first, then the feasts."""
    day = day or clock.today()
    feast = feasts.on(day, one.exceptions)
    if feast is None or hours.exceptional(day, one.exceptions):
        return hours.on(day, one.hours, one.exceptions)
    return hours.Opening((), str(feast.name), feast.estimated)


def closings(one: Space, days: Iterable[datetime.date]) -> dict[datetime.date, hours.Opening]:
    """Return the days a space is closed all day; a usual closing only where it wrote its hours."""
    found = {day: opening(one, day) for day in days}
    return {day: held for day, held in found.items() if not held.spans and (held.why or one.hours)}


def open_now(one: Space) -> bool:
    """Tell whether the space is open by the machine's clock."""
    return opening(one).covers(clock.local(clock.now_ms()).time())


def communes(words: str = "", at: datetime.date = BEFORE_REFORM, cercle: str = "") -> list[Place]:
    """Return the communes whose name, alias or p-code holds `words`, by region, cercle and name."""
    query = _dated(at)
    if cercle:
        query = query.where(CommuneParent.cercle == cercle)
    for word in fold(words).split():
        query = query.where(_holds(word))
    found = [_place(row) for row in session().execute(query)]
    return sorted(found, key=lambda p: (sort_key(p.parents.cercle or "\uffff"), sort_key(p.name)))


def by_cercle(found: Iterable[Place]) -> list[tuple[str | None, list[Place]]]:
    """Return communes under their cercles, those without a confirmed one (None) last."""
    groups: dict[str | None, list[Place]] = {}
    for place in found:
        groups.setdefault(place.parents.cercle, []).append(place)
    return sorted(groups.items(), key=lambda group: (group[0] is None, sort_key(group[0] or "")))


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        Commune.name_fold.contains(word, autoescape=True),
        Commune.pcode.contains(word.upper(), autoescape=True),
    )


def commune(pcode: str | None, at: datetime.date = BEFORE_REFORM) -> Place | None:
    """Return one commune with its parents at a date."""
    return commune_names([pcode], at).get(pcode) if pcode else None


def commune_names(pcodes: Iterable[str | None], at: datetime.date = BEFORE_REFORM) -> dict[str, Place]:
    """Return the communes of a list's rows by p-code, in one statement."""
    wanted = {pcode for pcode in pcodes if pcode}
    if not wanted:
        return {}
    rows = session().execute(_dated(at).where(Commune.pcode.in_(wanted)))
    return {row.pcode: _place(row) for row in rows}


def parents_at(pcode: str, day: datetime.date) -> Parents | None:
    """Return the parents of a commune on a day."""
    found = commune(pcode, day)
    return found.parents if found else None


def cercles(at: datetime.date = BEFORE_REFORM) -> list[str]:
    """Return the names of the cercles at a date."""
    query = select(CommuneParent.cercle).where(_valid(at), CommuneParent.cercle.is_not(None)).distinct()
    return sorted((name for name in session().scalars(query) if name), key=sort_key)


def commune_choices(first: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of a commune field: cercle to [(p-code, name)], see `told`.

    The cercle of the commune `first` (usually the space's own) comes before the
    others. Cercles are those before 2023: every commune's is known.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    own = None
    every = communes()
    names = told(every)
    for place in every:
        label = str(msg("Cercle de %(cercle)s", cercle=place.parents.cercle))
        groups.setdefault(label, []).append((place.pcode, names[place.pcode]))
        own = label if place.pcode == first else own
    return {own: groups[own], **groups} if own else groups


def told(found: Iterable[Place]) -> dict[str, str]:
    """Return what each commune is called, by p-code: its name, with its cercle where two share the name.

    Where the cercle too is the same, the p-code tells them apart.
    """
    every = list(found)
    names = Counter(place.name for place in every)
    pairs = Counter((place.name, place.parents.cercle) for place in every)
    return {
        place.pcode: _told(place, names[place.name], pairs[place.name, place.parents.cercle])
        for place in every
    }


def _told(place: Place, alike: int, near: int) -> str:
    if alike == 1:
        return place.name
    return f"{place.name} ({place.pcode if near > 1 or not place.parents.cercle else place.parents.cercle})"


def _valid(at: datetime.date) -> ColumnElement[bool]:
    return and_(
        CommuneParent.valid_from <= at, or_(CommuneParent.valid_to.is_(None), CommuneParent.valid_to >= at)
    )


def _dated(at: datetime.date) -> Select:
    return (
        select(Commune.pcode, Commune.name, CommuneParent.region, CommuneParent.cercle, CommuneParent.state)
        .join(CommuneParent, CommuneParent.pcode == Commune.pcode)
        .where(_valid(at))
    )


def _place(row: Row[Any]) -> Place:
    return Place(row.pcode, row.name, Parents(row.region, row.cercle, row.state))


def is_commune(pcode: str) -> bool:
    """Tell whether this release knows the commune."""
    return session().get(Commune, pcode) is not None


def has_communes() -> bool:
    """Tell whether the shipped communes were loaded."""
    return session().scalar(select(Commune.pcode).limit(1)) is not None


def addresses(found: Sequence[Space]) -> dict[uuid.UUID, Place]:
    """Return the commune of each space by the space's id."""
    names = commune_names(one.commune for one in found)
    return {one.uid: names[one.commune] for one in found if one.commune in names}
