"""What libraries look for at their import and this program does without."""

import subprocess
import sys

_SEEN = "import sys; print(sorted({'asyncio', 'importlib.metadata', 'ssl', 'zipfile'} & set(sys.modules)))"


def said(program: str) -> list[str]:
    """Return what a program prints in a process of its own, line by line."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_the_ground_does_not_load_what_no_driver_here_needs() -> None:
    program = f"from kiosk.storage import Store; Store('sqlite://').engine.connect(); {_SEEN}"
    assert said(program) == ["[]"]


def test_a_library_that_needs_it_after_all_gets_the_module_itself() -> None:
    program = f"""
import kiosk.storage
from sqlalchemy.util.compat import importlib_metadata
from sqlalchemy.util.concurrency import is_exit_exception
print(is_exit_exception(ValueError()), importlib_metadata.version("sqlalchemy")[:2])
{_SEEN}
import asyncio, sqlalchemy.util.concurrency as seen
print(is_exit_exception(asyncio.CancelledError()), seen.asyncio.Queue is asyncio.Queue)
"""
    loaded = "['asyncio', 'importlib.metadata', 'ssl', 'zipfile']"
    assert said(program) == ["False 2.", loaded, "True True"]


def test_a_module_that_is_loaded_already_is_the_one_found() -> None:
    program = """
import json
from kiosk.storage.absent import later
with later("json"), later("wave", open=1):
    import json as here, wave
print(here is json, wave.open, "wave" in __import__("sys").modules)
"""
    assert said(program) == ["True 1 False"]


def test_rooms_say_how_their_records_are_told_once_somebody_asks() -> None:
    program = """
import sys
from kiosk import rooms
from kiosk.storage import telling
rooms.load_models("kiosk")
print("kiosk.members.telling" in sys.modules, telling.is_told("member", "given_name"))
print(telling.is_told("member", "x"), *(str(telling.label("member", one)) for one in ("x", "given_name")))
"""
    assert said(program) == ["False True", "False x Prénom"]


def test_who_may_be_shown_is_asked_of_the_register_however_late() -> None:
    program = """
from kiosk import rooms
from kiosk.storage import showing
rooms.load_models("kiosk")
try:
    showing.find("Awa", by_name=True)
except RuntimeError as asked_without_a_database:
    print(asked_without_a_database)
"""
    assert said(program)[0].startswith("no session here")
