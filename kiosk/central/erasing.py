"""Forgetting a person for good: in rows, in what was received, in losers of conflicts, on every kiosk.

Who may ask is the space's staff or the coordination; the centre orders, once, and
names every place. The order is a synced row, so that each kiosk empties its own
logs and search when it comes. The list of orders is also kept in a file beside
the database: a restored backup is scrubbed again at its start, and a kiosk that
replays emptied changes is believed for these rows alone.
"""

import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from kiosk.central import frames, kept, widening
from kiosk.central.erased import emptied
from kiosk.central.faults import apart
from kiosk.central.journal import Journal
from kiosk.central.models import commit_log, conflict, inbox
from kiosk.places import queries as known_places
from kiosk.storage import clock, derived_uid, session
from kiosk.storage.base import synced_models
from kiosk.storage.changes import dumps
from kiosk.sync import emptying, naming
from kiosk.sync.emptying import Fields
from kiosk.sync.models import Erasure
from kiosk.sync.rows import existing
from kiosk.sync.rows_on_wire import packed

FILE = "erasures.jsonl"


def run(data: Path) -> None:
    """Order what was asked for and not taken back, and what came since of the erased, in a transaction."""
    query = select(Erasure).where(Erasure.ordered_at.is_(None), Erasure.deleted_at.is_(None))
    for asked in session().scalars(query).all():
        with apart(f"erasure {asked.uid}"):
            if _is_theirs(asked):
                order(asked, data)
    for grown in widening.grown():
        with apart(f"erasure {grown.uid}"):
            order(grown, data)


def _is_theirs(asked: Erasure) -> bool:
    """Tell whether a request is about a row of the space that asks: nobody erases another's people.

    A row that has not come yet is nobody else's; of a table this program does not know, nothing is.
    """
    place, model = (asked.tab, asked.row_uid), synced_models().get(asked.tab)
    row = existing(session().connection(), [place]).get(place)
    return model is not None and (row is None or model.owner(asked.row_uid, row) == asked.space_uid)


def order(asked: Erasure, data: Path) -> None:
    """Empty all that tells about a row; the list outside the database first, so that no order is lost."""
    connection = session().connection()
    places = emptying.read(asked.places) | naming.reached(connection, (asked.tab, asked.row_uid))
    asked.places = [[tab, uid.hex, sorted(fields)] for (tab, uid), fields in places.items()]
    asked.ordered_at = clock.now_ms()
    _note(data, asked)
    for space in _earlier_spaces(connection, asked):
        _note(data, _for_space(asked, space))
    session().flush()
    _scrub(connection, places)
    session().expire_all()


def _earlier_spaces(connection: Connection, asked: Erasure) -> set[uuid.UUID]:
    """Return the other spaces that had the row once: what their kiosks wrote of it stands in their logs."""
    mine = (commit_log.c.tab == asked.tab) & (commit_log.c.row_uid == asked.row_uid)
    scopes = connection.scalars(select(commit_log.c.scope).where(mine).distinct())
    found = {uuid.UUID(hex=scope[6:]) for scope in scopes if scope.startswith("space:")}
    return found - {asked.space_uid}


def _for_space(asked: Erasure, space: uuid.UUID) -> Erasure:
    """Return the same order for another space's kiosks, made where it is not there."""
    uid = derived_uid(f"erasure-{asked.tab}", asked.row_uid, space)
    found = session().get(Erasure, uid) or Erasure(uid=uid, tab=asked.tab, row_uid=asked.row_uid)
    found.space_uid, found.asked_at, found.asked_by = space, asked.asked_at, asked.asked_by
    found.places, found.ordered_at = asked.places, asked.ordered_at
    session().add(found)
    return found


def _note(data: Path, order: Erasure) -> None:
    """Add an order to the list outside the database."""
    about = {"uid": order.uid.hex, "space": order.space_uid.hex, "tab": order.tab, "row": order.row_uid.hex}
    times = {"asked_at": order.asked_at, "ordered_at": order.ordered_at}
    handle = os.open(data / FILE, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(dumps({**about, **times, "places": order.places}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted(data: Path) -> list[dict[str, Any]]:
    """Return the orders of the list outside the database; half a line of a power cut is left out."""
    try:
        lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def again(data: Path) -> int:
    """Carry out the orders that a restored database no longer knows; return how many. At each start."""
    known = {one.uid: one for one in session().scalars(select(Erasure))}
    lost = {uuid.UUID(hex=line["uid"]): line for line in noted(data)}
    spaces = {one.uid.hex for one in known_places.spaces()}
    missing = [
        line for uid, line in lost.items() if line["space"] in spaces and not _is_done(line, known.get(uid))
    ]
    for line in missing:
        with apart(f"erasure {line['uid']}"):
            _order_again(line, known.get(uuid.UUID(hex=line["uid"])))
    return len(missing)


def _is_done(line: dict[str, Any], known: Erasure | None) -> bool:
    """Tell whether an order was carried out here in every table this program knows."""
    if known is None or not known.ordered_at:
        return False
    return emptying.read(line["places"]).keys() <= emptying.read(known.places).keys()


def _order_again(line: dict[str, Any], known: Erasure | None) -> None:
    """Carry out what this program knows; an older one leaves the rest to the start of a newer one."""
    order = known or Erasure(uid=uuid.UUID(hex=line["uid"]), space_uid=uuid.UUID(hex=line["space"]))
    order.tab, order.row_uid = line["tab"], uuid.UUID(hex=line["row"])
    order.asked_at, order.ordered_at = line["asked_at"], line["ordered_at"]
    places = emptying.read(line["places"])
    if order.tab in synced_models():
        places |= naming.reached(session().connection(), (order.tab, order.row_uid))
    order.places = [[tab, uid.hex, sorted(fields)] for (tab, uid), fields in places.items()]
    order.deleted_at = None
    session().add(order)
    session().flush()
    _scrub(session().connection(), places)
    session().expire_all()


def _scrub(connection: Connection, places: Fields) -> None:
    emptying.empty(connection, places)
    _say_blank(connection, places)
    for (tab, uid), erased in places.items():
        here = (conflict.c.tab == tab) & (conflict.c.row_uid == uid) & conflict.c.field.in_(erased)
        connection.execute(update(conflict).where(here).values(losing="null"))
        _empty_inbox(connection, tab, uid, erased)
    frames.scrub(connection, places)


def _say_blank(connection: Connection, places: Fields) -> None:
    """Commit the empty fields in the centre's own name: whoever shows a word receives its absence."""
    journal = Journal(connection)
    journal.load(places)
    for place, erased in places.items():
        if place in journal.registers:
            journal.repeat(place, erased)
    journal.flush()


def _empty_inbox(connection: Connection, tab: str, uid: uuid.UUID, erased: Iterable[str]) -> None:
    """Rewrite what was received of a row. All of the inbox is read: an order is rare, a name left stays."""
    query = select(inbox).where(inbox.c.first, inbox.c.raw.contains(uid.hex))
    for row in connection.execute(query).all():
        raw = _emptied(row, {(tab, uid): frozenset(erased)})
        if raw != row.raw:
            here = (inbox.c.stream_uid == row.stream_uid) & (inbox.c.seq == row.seq)
            connection.execute(update(inbox).where(here).values(raw=raw))


def _emptied(row: Any, places: Fields) -> str:
    entry = kept.entry(row) if len(json.loads(row.raw)) > 1 else None
    if entry is None:
        return dumps([""])  # what cannot be read, or came as text, and names her: nothing of it stays
    after = emptied(entry, places)
    return str(row.raw) if after is entry else dumps(packed([after], row.stream_uid, row.seq)[0])
