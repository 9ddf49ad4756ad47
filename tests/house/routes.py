"""Every address both doors answer, who may open it, and how: `python -m tests.house.routes` writes the list.

The list is read by people (a new address is seen in review) and by
`test_routes.py`, which fails when an address appears, goes or changes its guard
without the list being written anew.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from kiosk.app import create_app
from kiosk.config import Settings

LIST = Path(__file__).with_name("routes.txt")
ROLES = ("kiosk", "central")
READING = {"GET", "HEAD", "OPTIONS"}


def application(role: str, data: Path) -> Flask:
    """One door, without a database behind it."""
    return create_app(Settings(data=data, role=role))


def verbs(rule: Rule) -> list[str]:
    """What the address accepts, reading and writing told apart."""
    methods = set(rule.methods or ()) - {"HEAD", "OPTIONS"}
    return sorted(methods)


def guard(app: Flask, rule: Rule) -> str:
    """Who may open it: rights joined by |, `staff` for any of them, `public` for a stranger."""
    rights = getattr(app.view_functions[rule.endpoint], "rights", None)
    if rights is None:
        return "public"
    return "|".join(right.value for right in rights) or "staff"


def lines() -> list[str]:
    """One line per address: verbs, path, doors, guard, endpoint."""
    doors: dict[tuple[str, str, str, str], list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for role in ROLES:
            app = application(role, Path(folder))
            for rule in app.url_map.iter_rules():
                key = (rule.rule, ",".join(verbs(rule)), guard(app, rule), rule.endpoint)
                doors.setdefault(key, []).append(role)
    return [
        f"{verb:<9} {path:<52} {'+'.join(found):<14} {who:<30} {endpoint}"
        for (path, verb, who, endpoint), found in sorted(doors.items())
    ]


if __name__ == "__main__":
    subprocess.run([sys.executable, "-m", "tests.house.addresses"], check=True)
    LIST.write_text("\n".join(lines()) + "\n", encoding="utf-8")
