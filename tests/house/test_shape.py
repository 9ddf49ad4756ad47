"""The shape of the tree: what stands at its root, how long a file and a function may be."""

import ast
import configparser
import statistics

import pytest

from tests.house.source import PACKAGE, ROOT, Module, everywhere, kept_files, modules

ROOT_NAMES = {
    "kiosk", "migrations", "translations", "static", "deploy", "tests",
    "setup.cfg", "README.md", "pyproject.toml", "LICENSE",
    ".ci", ".gitignore", ".gitattributes", ".ruff.toml", ".editorconfig",
}  # fmt: skip
NAMES_THAT_HIDE = {"utils", "helpers", "common", "manager", "misc", "tools", "stuff"}
FILE_LINES = 250
FUNCTION_LINES = 40
MEDIAN_LINES = 8
NINTH_DECILE_LINES = 20


def written() -> list[Module]:
    """Every file that people write; first tables are a long list by nature."""
    return [module for module in everywhere() if "migrations/versions" not in module.place]


def lengths(module: Module) -> list[tuple[int, str]]:
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{module.place}:{node.lineno} {node.name}")
        for node in module.functions
    ]


def test_nothing_else_stands_at_the_root() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert found <= ROOT_NAMES


def test_no_file_is_too_long_to_hold_in_mind() -> None:
    long = [f"{m.place}: {m.text.count(chr(10))}" for m in written() if m.text.count("\n") > FILE_LINES]
    assert not long, "\n".join(long)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [place for m in written() for lines, place in lengths(m) if lines > FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_functions_are_short_on_the_whole() -> None:
    every = sorted(lines for module in modules() for lines, _ in lengths(module))
    assert statistics.median(every) <= MEDIAN_LINES
    assert every[int(len(every) * 0.9)] <= NINTH_DECILE_LINES


def test_no_name_hides_what_it_holds() -> None:
    hiding = [m.place for m in everywhere() if {m.path.stem, m.path.parent.name} & NAMES_THAT_HIDE]
    assert not hiding


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.place)
def test_every_module_says_what_it_is(module: Module) -> None:
    assert ast.get_docstring(module.tree), f"{module.place} has no docstring"


def test_every_function_says_what_it_returns() -> None:
    silent = [
        f"{module.place}:{node.lineno} {node.name}"
        for module in everywhere()
        for node in module.functions
        if node.returns is None
    ]
    assert not silent, "\n".join(silent)


def test_setup_cfg_lists_exactly_the_packages_of_the_tree() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    in_tree = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("*.py")}
    shelves = {"kiosk.static", "kiosk.migrations", "kiosk.migrations.versions", "kiosk.translations"}
    assert listed == in_tree | shelves
