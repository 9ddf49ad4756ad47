"""The tables of addresses of the rooms, written from their pages: part of `python -m tests.house.routes`."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kiosk import rooms
from kiosk.web.lazy import Address, LazyBlueprint
from tests.house.source import ROOT

HEAD = '"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""\n'


def lazy() -> list[LazyBlueprint]:
    """Every blueprint whose pages come when asked for, with all of them brought."""
    rooms.load_models()
    found = {one for role in rooms.BLUEPRINTS for _, one in rooms.blueprints(role)}
    mine = [one for one in found if isinstance(one, LazyBlueprint)]
    ours = sorted(mine, key=lambda one: (one.import_name, one.name))
    for blueprint in ours:
        for page in blueprint.pages or modules(blueprint):
            blueprint.bring(page)
    return ours


def modules(blueprint: LazyBlueprint) -> list[str]:
    """Every module beside the pages of a blueprint; those without a page tell nothing."""
    folder = ROOT / blueprint.import_name.replace(".", "/") / "routes"
    return [path.stem for path in sorted(folder.glob("*.py")) if path.stem not in ("__init__", "addresses")]


def line(one: Address) -> str:
    """One line of a table, as `kiosk.web.lazy.read` reads it."""
    return f"{'+'.join(one.verbs):<8} {one.rule or '-':<66} {one.module:<16} {one.endpoint}"


def constant(blueprint: LazyBlueprint) -> str:
    """The table of one blueprint as Python says it."""
    lines = "\n".join(line(one) for one in sorted(blueprint.told))
    return f'\n{blueprint.name.upper()} = """\n{lines}\n"""\n'


def tables() -> Iterator[tuple[Path, str]]:
    """Each file of tables, and what it should say."""
    for room, ours in groupby(lazy(), key=lambda one: str(one.import_name)):
        path = ROOT / room.replace(".", "/") / "routes" / "addresses.py"
        yield path, HEAD + "".join(map(constant, ours))


if __name__ == "__main__":
    for file, text in tables():
        file.write_text(text, encoding="utf-8")
    sys.exit(0)
