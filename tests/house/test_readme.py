"""The README keeps its word: its names exist, its settings are all of them, its figures were printed."""

import csv
import re
from importlib import import_module
from pathlib import Path

import pytest

from kiosk.config import Settings
from tests.house.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
HEAD = "| terme | bm | code | définition | unité |"


def table(head: str) -> list[list[str]]:
    """The rows of the table under this head."""
    after = README.split(head, 1)[1].splitlines()[2:]
    rows = []
    for line in after:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def known_words() -> dict[str, str]:
    with (ROOT / "translations" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return {row["msgid_fr"].casefold(): row["bm"] for row in csv.DictReader(file)}


GLOSSARY = table(HEAD) if HEAD in README else []


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row[0])
def test_a_term_names_something_in_the_code(row: list[str]) -> None:
    for name in re.findall(r"`([^`]+)`", row[2]):
        module, _, thing = f"kiosk.{name}".rpartition(".")
        assert hasattr(import_module(module), thing), name


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row[0])
def test_a_bambara_term_is_the_attested_one(row: list[str]) -> None:
    if row[1] != "–":
        assert known_words().get(row[0].casefold()) == row[1]


def test_the_glossary_is_whole() -> None:
    assert len(GLOSSARY) >= 20
    assert all(len(row) == 5 and row[3] for row in GLOSSARY)


def test_every_setting_is_described() -> None:
    described = {row[0].strip("`") for row in table("| Key | Default | Meaning |")}
    settable = set(Settings.__dataclass_fields__) - {"data", "version"}
    assert described == settable


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:|#)([^)#]+)", README))
def test_every_link_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("script", ["deploy/demo", "deploy/install", "tests/run", ".ci/run"])
def test_the_commands_are_there(script: str) -> None:
    path: Path = ROOT / script
    assert path.stat().st_mode & 0o111


def test_the_figures_are_those_of_the_benchmark() -> None:
    """Every row of the budget table names a row that the benchmark prints."""
    source = (ROOT / "tests" / "bench.py").read_text(encoding="utf-8")
    rows = table("| What | Budget | Measured | Bare Flask page |")
    assert len(rows) >= 9
    for row in rows:
        assert row[0].split(",")[0].strip("`… ") in source or re.search(r"\d", row[0]), row[0]
