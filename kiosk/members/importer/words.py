"""Other words for the answers of our lists: what registers and Ideascube write.

`words.csv` holds them, folded (no accents, lower case), with the code each means.
"""

from collections.abc import Mapping

from kiosk.members.importer.shelf import shipped


def _read() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in shipped("words.csv"):
        words = [word.strip() for word in row["words"].split(" | ")]
        lists.setdefault(row["list"], {}).update(dict.fromkeys(words, row["code"]))
    return lists


_LISTS = _read()
MISSING, DITTO, YES, NO = (frozenset(_LISTS[name]) for name in ("missing", "ditto", "yes", "no"))


def codes(name: str) -> Mapping[str, str]:
    """Return word to code for the list `name`; empty for a list without other words."""
    return _LISTS.get(name, {})
