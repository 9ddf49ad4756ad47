"""What the serving process and the exchange worker leave unloaded: memory is the scarcest thing there."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "alembic", "reportlab", "PIL", "openpyxl", "fontTools", "lxml", "cryptography", "requests", "httpx",
    "sqlite_utils", "xlsxwriter", "python_calamine", "nacl", "setuptools", "pytest",
}  # fmt: skip

SERVING = """
import sys
from pathlib import Path
from kiosk.app import create_app
from kiosk.config import Settings
create_app(Settings(data=Path(sys.argv[1]), role=sys.argv[2]))
print(*sys.modules)
"""
WORKER = """
import sys, pkgutil, importlib
import kiosk.storage, kiosk.sync
for found in pkgutil.iter_modules(kiosk.sync.__path__, "kiosk.sync."):
    if found.name.split(".")[2] not in ("routes", "forms"):
        importlib.import_module(found.name)
print(*sys.modules)
"""


LATER = {"mistune", "nh3", "kiosk.members.importer.plan", "kiosk.members.importer.writing"}


def modules(script: str, *words: str) -> set[str]:
    command = [sys.executable, "-c", script, *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


def loaded(script: str, *words: str) -> set[str]:
    return {name.split(".")[0] for name in modules(script, *words)}


@pytest.mark.parametrize("role", ["kiosk", "central"])
def test_the_serving_process_loads_nothing_heavy(role: str, tmp_path: Path) -> None:
    assert not loaded(SERVING, str(tmp_path), role) & HEAVY


@pytest.mark.parametrize("role", ["kiosk", "central"])
def test_what_one_page_in_a_day_needs_is_loaded_with_that_page(role: str, tmp_path: Path) -> None:
    assert not modules(SERVING, str(tmp_path), role) & LATER


def test_the_exchange_worker_never_loads_flask() -> None:
    found = loaded(WORKER)
    assert not {name for name in found if "flask" in name}
    assert not found & HEAVY
