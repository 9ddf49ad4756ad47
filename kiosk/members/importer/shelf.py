"""The word lists shipped beside this package, as rows."""

import csv
from pathlib import Path


def shipped(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped CSV file."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
