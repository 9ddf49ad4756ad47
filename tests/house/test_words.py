"""Words: nothing unfinished, nothing of the machine it was written on, French written well."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, kept_files

SUFFIXES = ".py .html .css .js .md .cfg .toml .txt .sh .service .timer .conf .yml"
TEXT = {*SUFFIXES.split(), ""}
# Written so that this file does not find itself.
UNFINISHED = re.compile(
    r"\b(?:T[O]DO|F[I]XME)\b|#.*\bX[X]X\b|l[o]rem ipsum|c[o]ming soon|b[i]entôt disponible", re.I
)
MACHINE = re.compile(
    r"/w[o]rk/|/f[a]rm/|f[a]rm-|b[a]sh_jobs|/\.l[i]brary|b[e]fore-stop|shared/d[e]sign", re.I
)


def lines() -> Iterator[tuple[Path, int, str]]:
    for path in kept_files():
        if path.suffix in TEXT and "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                yield path, number, line


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:120]}"
        for path, number, line in lines()
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished() -> None:
    assert not (wrong := found(UNFINISHED)), "\n".join(wrong)


def test_nothing_names_the_machine_it_was_written_on() -> None:
    assert not (wrong := found(MACHINE)), "\n".join(wrong)
