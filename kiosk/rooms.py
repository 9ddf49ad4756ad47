"""The rooms of the house, and which of them stand behind which door.

A door is a role: `kiosk` or `central`. This module knows names only and
imports a room when it is asked for, so that a command pays for what it uses.
"""

import uuid
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.config import Settings
from kiosk.storage import Store, clock, spoken
from kiosk.storage.log import LocalLog

ROOMS = (
    "places",
    "accounts",
    "partners",
    "members",
    "training",
    "library",
    "posts",
    "desk",
    "reports",
    "sync",
    "central",
)
_GROUND = "storage"
_HOME = {"bundle": "sync", "enrol": "sync"}
"""Rooms of commands that have another name: only theirs is imported for them."""
_SHARED = (
    "accounts.routes:blueprint",
    "places.routes:blueprint",
    "partners.routes:blueprint",
    "members.routes:blueprint",
    "training.routes.door:checking",
    "library.routes:blueprint",
    "posts.routes:blueprint",
    "reports.routes:blueprint",
)
BLUEPRINTS = {
    "kiosk": (
        *_SHARED,
        "training.routes:blueprint",
        "accounts.routes.first_run:blueprint",
        "desk.routes:blueprint",
        "sync.routes:blueprint",
    ),
    "central": (
        *_SHARED,
        "training.routes.centre:blueprint",
        "reports.routes.coordination:blueprint",
        "posts.routes:review",
        "central.routes:exchange",
        "central.routes:blueprint",
    ),
}


def load_models(role: str = "") -> None:
    """Import the models of the rooms behind a door (of all without one); how they tell them, once asked.

    The tables of the centre are only its own: a kiosk does not pay for them.
    """
    behind = [room for room in ROOMS if role != "kiosk" or room != "central"]
    for room in behind:
        import_if_there(f"kiosk.{room}.models")
    spoken.by(partial(_tell, behind))


def _tell(behind: Iterable[str]) -> None:
    for room in behind:
        import_if_there(f"kiosk.{room}.telling")


def blueprints(role: str) -> list[tuple[Any, Any]]:
    """Return (routes module, blueprint) for each blueprint behind the door `role`."""
    found = []
    for spot in BLUEPRINTS[role]:
        place, _, name = spot.partition(":")
        module = import_if_there(f"kiosk.{place}")
        if module is not None:
            found.append((module, getattr(module, name)))
    return found


def commands(wanted: str = "") -> Iterator[Any]:
    """Yield the click commands of the ground and of every room, the room of the one `wanted` first.

    They are imported one by one: `kiosk serve` never pays for them.
    """
    home = _HOME.get(wanted, wanted)
    for room in sorted((_GROUND, *ROOMS), key=lambda name: name != home):
        module = import_if_there(f"kiosk.{room}.commands")
        yield from getattr(module, "commands", [])


def ship(settings: Settings) -> None:
    """Let each room bring the data that comes with the software; again is harmless."""
    for room in ROOMS:
        module = import_if_there(f"kiosk.{room}.shipped")
        if module is not None:
            module.load(settings)


def arrive(space_uid: uuid.UUID) -> None:
    """Let each room take its place once the rows of that space have come; again is harmless."""
    for room in ROOMS:
        module = import_if_there(f"kiosk.{room}.arrival")
        if module is not None:
            module.arrive(space_uid)


def import_if_there(name: str) -> Any:
    """Import a room's module; None where the room has no such file (an empty folder is none)."""
    try:
        module = import_module(name)
        return module if module.__file__ else None
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            return None
        raise


def open_store(url: str, role: str) -> Store:
    """Open the database at `url` with the log that the role keeps."""
    load_models(role)
    if role == "central":
        sink = import_module("kiosk.central.sink").CommitLog()
        return Store(url, sink)
    store = Store(url, LocalLog())
    if store.url.database:
        clock.follow(Path(store.url.database).parent)
    return store
