"""Templates: short, strict, at home: no inline script or style, no foreign host, one formatter."""

import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, templates

PAGE_LINES = 60
MACRO_LINES = 250
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|javascript:", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "another host": re.compile(r"(?:src|href|action|content)\s*=\s*[\"'](?:https?:)?//", re.I),
    "a formatter of its own": re.compile(
        r"\|\s*(?:date|time|datetime|timedelta|number|decimal|currency|percent|scientific)format\b"
    ),
    "an unescaped value": re.compile(r"\|\s*safe\b"),
    "a form that changes by GET": re.compile(r"<form(?![^>]*method=)(?![^>]*role=.search)[^>]*>", re.I),
}


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_comments(text: str) -> str:
    return re.sub(r"{#.*?#}", lambda found: "\n" * found[0].count("\n"), text, flags=re.S)


def test_a_page_is_made_of_macros_and_stays_short() -> None:
    long = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        is_page = "{% extends" in text or path.name.startswith("_")
        allowed = PAGE_LINES if is_page else MACRO_LINES
        if text.count("\n") >= allowed:
            long.append(f"{place(path)}: {text.count(chr(10))} lines, {allowed} allowed")
    assert not long, "\n".join(long)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{place(path)}:{number} {line.strip()}"
        for path in templates()
        for number, line in enumerate(without_comments(path.read_text(encoding="utf-8")).splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_a_room_keeps_its_templates_under_its_own_name() -> None:
    wrong = [
        place(path)
        for path in templates()
        if path.relative_to(PACKAGE).parts[1:3] != ("templates", path.relative_to(PACKAGE).parts[0])
    ]
    assert not wrong, "\n".join(wrong)


def test_styles_and_scripts_call_no_foreign_host() -> None:
    wrong = [
        f"{place(path)}:{number}"
        for path in sorted((ROOT / "static").rglob("*"))
        if path.suffix in {".css", ".js"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"(?:url\(|import|fetch\()\s*[\"']?(?:https?:)?//", line)
    ]
    assert not wrong, "\n".join(wrong)
