"""Writing places: the shipped communes, spaces, their hours and rooms."""

import csv
import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from kiosk.language import fold, msg
from kiosk.places import hours, queries
from kiosk.places.models import Certainty, Commune, CommuneParent, Here, Room, SiteKind, Space
from kiosk.storage import NotFound, Refusal, clock, derived_uid, session

_FOLDER = Path(__file__).parent
_ALWAYS = datetime.date(1900, 1, 1)
_CODE = re.compile(r"[A-Z]{3}")
_ALIAS = re.compile(r"OCHA spelling: ([^;]+)|also (?:listed as|spelt)? ?([^;]+)")


@dataclass(frozen=True)
class SpaceCard:
    """What the sheet of a space says, as typed."""

    name: str
    commune: str | None = None
    address: str | None = None
    phone: str | None = None
    contact: str | None = None
    power: str | None = None


def load_communes() -> int:
    """Bring the commune tables up to the shipped files; return how many communes there are.

    Run at every start; running it again changes nothing.
    """
    before, since = _rows("communes.csv"), _rows("parents-2023.csv")
    for table in (CommuneParent, Commune):
        session().execute(delete(table))
    session().execute(insert(Commune), [_commune(row) for row in before])
    session().execute(insert(CommuneParent), [_until_reform(row) for row in before])
    session().execute(insert(CommuneParent), [_since_reform(row) for row in since])
    return len(before)


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _aliases(source: str) -> list[str]:
    note = source.partition("note: ")[2]
    return [first or second for first, second in _ALIAS.findall(note) if len(first or second) < 40]


def _commune(row: Mapping[str, str]) -> dict[str, str]:
    words = fold(" ".join([row["commune"], *_aliases(row["source"])]))
    return {"pcode": row["pcode"], "name": row["commune"], "name_fold": words, "source": row["source"]}


def _until_reform(row: Mapping[str, str]) -> dict[str, Any]:
    dates = {"valid_from": _ALWAYS, "valid_to": queries.BEFORE_REFORM}
    parents = {"region": row["region"], "cercle": row["cercle"], "state": Certainty.KNOWN}
    return {"pcode": row["pcode"], **dates, **parents}


def _since_reform(row: Mapping[str, str]) -> dict[str, Any]:
    dates = {"valid_from": queries.REFORM, "valid_to": None}
    parents = {"region": row["region"], "cercle": row["cercle"] or None, "state": Certainty(row["state"])}
    return {"pcode": row["pcode"], **dates, **parents}


def space_uid(code: str) -> uuid.UUID:
    """Return the id of the space of that code: the same on every machine."""
    return derived_uid(f"space:{_checked_code(code)}")


def _checked_code(code: str) -> str:
    plain = code.strip().upper()
    if not _CODE.fullmatch(plain):
        raise Refusal(msg("Le code a trois lettres. Exemple\u00a0: NIO."), "code")
    return plain


def open_space(code: str, card: SpaceCard) -> Space:
    """Create the space of that code, or return the one that exists, unchanged.

    Raises Refusal for a code that is not three letters.
    """
    uid = space_uid(code)
    known = session().get(Space, uid)
    if known is not None:
        return known
    if not queries.has_communes():
        load_communes()
    made = Space(uid=uid, code=_checked_code(code), name="", hours={}, exceptions=[])
    session().add(made)
    describe(made, card)
    return made


def describe(space: Space, card: SpaceCard) -> None:
    """Write the sheet of a space. Raises Refusal for no name or an unknown commune."""
    if not card.name.strip():
        raise Refusal(msg("Le nom de l’espace manque. Exemple\u00a0: Nioro."), "name")
    if card.commune and not queries.is_commune(card.commune):
        raise Refusal(msg("Cette commune est inconnue. Choisissez dans la liste."), "commune")
    space.name = card.name.strip()
    space.commune = card.commune or None
    space.address, space.phone = card.address or None, card.phone or None
    space.contact, space.power = card.contact or None, card.power or None
    session().flush()


def settle(space: Space) -> None:
    """Say that this machine stands in `space`. Raises Refusal where it already stands elsewhere."""
    known = queries.here_uid()
    if known is not None and known != space.uid:
        raise Refusal(msg("Cette machine appartient déjà à un autre espace."))
    if known is None:
        session().add(Here(id=1, space_uid=space.uid))
        session().flush()


def set_hours(space: Space, week: Mapping[str, str]) -> None:
    """Set the opening hours from typed texts by ISO weekday; a day not named keeps its hours.

    Raises Refusal on field `day_N` for hours that cannot be read.
    """
    kept = dict(space.hours or {})
    for day in hours.WEEKDAYS:
        if day in week:
            kept[day] = hours.parse(week[day], f"day_{day}")
    space.hours = {day: spans for day, spans in kept.items() if spans}
    session().flush()


def add_exception(space: Space, first: datetime.date, last: datetime.date, spans: str, why: str) -> None:
    """Replace the hours from `first` to `last` (both included) by `spans`, closed when empty."""
    if last < first:
        raise Refusal(msg("La fin est avant le début."), "last")
    entry = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "spans": hours.parse(spans, "spans"),
        "why": why.strip(),
    }
    space.exceptions = [*_still_useful(space.exceptions or [], entry), entry]
    session().flush()


def _still_useful(known: Sequence[Any], entry: Mapping[str, Any]) -> list[Any]:
    """An exception of the very same days is replaced by the new one."""
    same = (entry["from"], entry["to"])
    return [one for one in known if (one.get("from"), one.get("to")) != same]


def drop_exception(space: Space, first: str, last: str) -> Mapping[str, Any]:
    """Give back their usual hours to the days from `first` to `last`; return what was dropped."""
    found = next((one for one in space.exceptions or [] if (one["from"], one["to"]) == (first, last)), None)
    if found is None:
        raise NotFound(msg("Ces jours ont déjà leurs heures habituelles."))
    space.exceptions = [one for one in space.exceptions or [] if one is not found]
    session().flush()
    return found


def add_room(space: Space, name: str, seats: int, computers: int) -> Room:
    """Add a room to a space. Raises Refusal for no name or a name already there."""
    _check_room(space.uid, name, None)
    made = Room(space_uid=space.uid, name=name.strip(), seats=seats, computers=computers)
    session().add(made)
    session().flush()
    return made


def change_room(room: Room, name: str, seats: int, computers: int) -> None:
    """Rename a room or count its seats and computers anew."""
    _check_room(room.space_uid, name, room.uid)
    room.name, room.seats, room.computers = name.strip(), seats, computers
    session().flush()


def _check_room(space: uuid.UUID, name: str, but: uuid.UUID | None) -> None:
    if not name.strip():
        raise Refusal(msg("Le nom de la salle manque."), "name")
    others = session().execute(
        select(Room.uid, Room.name).where(Room.space_uid == space, Room.deleted_at.is_(None))
    )
    if any(fold(other.name) == fold(name) and other.uid != but for other in others):
        raise Refusal(msg("Une salle porte déjà ce nom."), "name")


def close_room(room: Room) -> None:
    """Remove a room from the sheet; `reopen_room` takes it back."""
    room.deleted_at = clock.stamp()
    session().flush()


def reopen_room(room: Room) -> None:
    """Put a removed room back on the sheet."""
    room.deleted_at = None
    session().flush()


def set_share(space_uid: uuid.UUID, minutes: int) -> None:
    """Say how many minutes at a computer are one person's share of a day."""
    found = queries.space(space_uid)
    if found is None:
        raise NotFound(msg("Cet espace n’existe pas ici."))
    found.daily_minutes = minutes
    session().flush()


def open_site(code: str, name: str, commune: str | None, kind: SiteKind) -> Space:
    """Open a place by its code and kind. Raises Refusal where the code is another's."""
    if session().get(Space, space_uid(code)) is not None:
        raise Refusal(msg("Un lieu porte déjà ce code."), "code")
    made = open_space(code, SpaceCard(name, commune))
    made.site = kind
    session().flush()
    return made


def rename_site(space: Space, name: str, commune: str | None, kind: SiteKind) -> None:
    """Correct a place's name, commune and kind; the rest of its sheet stays."""
    kept = {field: getattr(space, field) for field in ("address", "phone", "contact", "power")}
    describe(space, SpaceCard(name, commune, **kept))
    space.site = kind
    session().flush()
