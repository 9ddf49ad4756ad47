"""How code may write and tell the time: one way each."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module, modules, rooms

# An id begins with milliseconds, but nobody reads a moment out of it.
TELLS_TIME = {"kiosk.storage.clock", "kiosk.storage.ids"}
READS_ROLE = {"app", "cli", "config"}
TELLING_TIME = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
    ("func", "now"), ("func", "current_timestamp"), ("func", "current_date"),
}  # fmt: skip


def dotted(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Name(id=name):
            return name
        case _:
            return ""


def calls(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            yield node.lineno, dotted(node.func)


def test_only_the_clock_tells_the_time() -> None:
    wrong = [
        f"{module.place}:{line} {name}"
        for module in modules()
        if module.name not in TELLS_TIME
        for line, name in calls(module)
        if tuple(name.split(".")[-2:]) in TELLING_TIME
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_edge_commits() -> None:
    wrong = [
        f"{module.place}:{line}"
        for module in modules()
        if module.room in rooms() - {"sync", "central"}
        for line, name in calls(module)
        if name.endswith((".commit", ".rollback"))
    ]
    assert not wrong, "\n".join(wrong)


def test_services_and_queries_open_no_transaction() -> None:
    wrong = [
        f"{module.place}:{line}"
        for module in modules()
        if module.room in rooms() - {"sync", "central"}
        and module.part in {"models", "services", "queries", "forms"}
        for line, name in calls(module)
        if name.split(".")[-1] == "transaction"
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_composition_reads_the_role() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        if module.room not in READS_ROLE
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and re.search(r"(?i)settings\.role$", dotted(node))
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_printed_but_by_commands() -> None:
    wrong = [f"{m.place}:{line}" for m in modules() for line, name in calls(m) if name == "print"]
    assert not wrong, "\n".join(wrong)
