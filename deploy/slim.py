"""Compile the libraries that a kiosk serves with, without their documentation.

    python deploy/slim.py

A machine with one gigabyte keeps four megabytes of reference manual in memory
otherwise. The same as `python -OO`, for these libraries alone: the `kiosk`
commands take their help from documentation, and keep theirs.
"""

import importlib.util
import py_compile
import sys
from pathlib import Path

LIBRARIES = ("sqlalchemy", "flask", "flask_sqlalchemy", "werkzeug", "jinja2", "wtforms", "babel", "click")


def slim(library: str) -> int:
    """Compile a library's modules in their usual places; return how many."""
    found = importlib.util.find_spec(library)
    folders = found.submodule_search_locations if found else None
    modules = [path for folder in folders or () for path in Path(folder).rglob("*.py")]
    for path in modules:
        compiled = importlib.util.cache_from_source(str(path), optimization="")
        py_compile.compile(str(path), cfile=compiled, optimize=2, doraise=True)
    return len(modules)


if __name__ == "__main__":
    sys.exit(0 if all(slim(library) for library in LIBRARIES) else "a library is missing")
