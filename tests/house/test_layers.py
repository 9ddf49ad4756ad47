"""Who may import whom: the table of layers, read from the imports themselves."""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from tests.house.source import FREE, GROUND, TOP, Import, Module, modules, rooms

WEB_PARTS = {"routes", "forms", "commands"}
CLOSED_TO_OTHERS = WEB_PARTS | {"models", "templates"}
READERS_OF_ALL = {"desk", "reports", "central"}
BELOW = {"accounts", "places"}
MAY_IMPORT_ROOMS = {
    "places": set(),
    "accounts": {"places"},
    "partners": BELOW,
    "library": BELOW,
    "posts": BELOW | {"partners"},
    "members": BELOW | {"partners"},
    "training": BELOW | {"partners", "members"},
    "civic": BELOW | {"partners", "members"},
    "campaigns": BELOW | {"partners", "posts", "training"},
    "sync": set(),
}


def target(item: Import) -> tuple[str, str] | None:
    """The room and part that an import reaches, or None outside the package.

    `from kiosk.members import services` and `from kiosk.members.services import x` are the same.
    """
    parts = item.dotted.split(".")
    if parts[0] != "kiosk" or len(parts) < 2:
        return None
    return parts[1], parts[2] if len(parts) > 2 else ""


def inside(module: Module) -> Iterable[tuple[Import, str, str]]:
    for item in module.imports:
        if found := target(item):
            yield item, *found


def outside(module: Module) -> set[str]:
    return {item.module.split(".")[0] for item in module.imports}


def said(module: Module, item: Import, why: str) -> str:
    return f"{module.place}:{item.line} imports {item.dotted}: {why}"


def in_rooms() -> list[Module]:
    return [module for module in modules() if module.room in rooms()]


def test_the_ground_knows_no_room() -> None:
    wrong = [
        said(module, item, "the ground knows no room")
        for module in modules()
        if module.room in GROUND
        for item, room, _ in inside(module)
        if room in rooms() | TOP
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ["storage", "language"])
def test_storage_and_language_do_not_know_the_web(room: str) -> None:
    wrong = [
        said(module, item, "no request down here")
        for module in modules()
        if module.room == room
        for item in module.imports
        if item.module.startswith("kiosk.web")
        or item.dotted == "flask.request"
        or (item.module.split(".")[0].startswith("flask") and not item.lazy)
    ]
    assert not wrong, "\n".join(wrong)


def test_nobody_imports_the_composition() -> None:
    wrong = [
        said(module, item, "app and cli are at the top")
        for module in modules()
        if module.room not in TOP
        for item, room, _ in inside(module)
        if room in TOP
    ]
    assert not wrong, "\n".join(wrong)


def test_models_services_and_queries_do_not_know_the_web() -> None:
    wrong = [
        said(module, item, "only routes, forms and commands know the web")
        for module in in_rooms()
        if module.part not in WEB_PARTS
        for item in module.imports
        if item.module.split(".")[0] in {"flask", "flask_wtf", "flask_login", "wtforms", "flask_sqlalchemy"}
        or item.dotted.startswith("kiosk.web")
    ]
    assert not wrong, "\n".join(wrong)


def test_models_know_storage_only() -> None:
    wrong = [
        said(module, item, "models know storage, language and their own room")
        for module in in_rooms()
        if module.part == "models"
        for item, room, part in inside(module)
        if room not in {"storage", "language", *FREE}
        and (room != module.room or part in WEB_PARTS | {"services", "queries"})
    ]
    assert not wrong, "\n".join(wrong)


def test_services_and_queries_do_not_know_routes_forms_or_commands() -> None:
    wrong = [
        said(module, item, "a service is called, it does not call up")
        for module in in_rooms()
        if module.part not in WEB_PARTS | {"__init__"}
        for item, room, part in inside(module)
        if room in rooms() and part in WEB_PARTS
    ]
    assert not wrong, "\n".join(wrong)


def test_a_room_sees_neither_the_models_nor_the_web_of_another() -> None:
    """Services and queries, and the plain modules they are split into, are what a room shows."""
    wrong = [
        said(module, item, "another room shows its services and queries, not its models or its web")
        for module in in_rooms()
        for item, room, part in inside(module)
        if room in rooms() and room != module.room and part in CLOSED_TO_OTHERS
        if not (module.room == "central" and room == "sync")
    ]
    assert not wrong, "\n".join(wrong)


def test_routes_and_commands_speak_no_sql() -> None:
    wrong = [
        f"{module.place} imports sqlalchemy"
        for module in in_rooms()
        if module.part in {"routes", "commands", "forms"}
        if {"sqlalchemy", "sqlite3"} & outside(module)
    ]
    assert not wrong, "\n".join(wrong)


def test_rooms_know_only_the_rooms_below_them() -> None:
    wrong = [
        said(module, item, f"{module.room} may know {sorted(MAY_IMPORT_ROOMS[module.room]) or 'nobody'}")
        for module in in_rooms()
        if module.room not in READERS_OF_ALL and module.room in MAY_IMPORT_ROOMS
        for item, room, _ in inside(module)
        if room in rooms() - {module.room} - MAY_IMPORT_ROOMS[module.room]
    ]
    assert not wrong, "\n".join(wrong)


def test_every_room_has_its_line_in_the_table() -> None:
    assert rooms() <= MAY_IMPORT_ROOMS.keys() | READERS_OF_ALL


def test_reports_read_and_never_write() -> None:
    wrong = [
        said(module, item, "reports read queries")
        for module in in_rooms()
        if module.room == "reports"
        for item, room, part in inside(module)
        if (room in rooms() and part == "services") or item.name == "transaction"
    ]
    assert not wrong, "\n".join(wrong)


def test_no_rooms_import_one_another_in_a_circle() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        graph[module.room] |= {room for _, room, _ in inside(module)} - {module.room} - FREE
    assert not circle(graph)


def test_no_modules_import_one_another_in_a_circle() -> None:
    known = {module.name for module in modules()}
    graph = {
        module.name: {
            name
            for item in module.imports
            if not item.lazy
            for name in (item.dotted if item.dotted in known else item.module,)
            if name in known and name != module.name and not module.name.startswith(f"{name}.")
        }
        for module in modules()
    }
    assert not circle(graph)


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A cycle as the list of its stations, or an empty list."""
    done: set[str] = set()

    def walk(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node) :], node]
        if node in done:
            return []
        for following in sorted(graph.get(node, ())):
            if found := walk(following, [*trail, node]):
                return found
        done.add(node)
        return []

    return next((found for node in sorted(graph) if (found := walk(node, []))), [])
