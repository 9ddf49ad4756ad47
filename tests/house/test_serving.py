"""What the serving process and the exchange worker leave unloaded: memory is the scarcest thing there."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machines import Machine

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


SERVED = """
import sys
import waitress
class Once:
    effective_port = 0
    def __init__(self, app, **options):
        self.app = app
    def run(self):
        from werkzeug.test import Client
        print(Client(self.app).get("/", headers={"Host": "localhost"}).status, *sys.modules)
waitress.create_server = Once
from kiosk.storage import thrift
thrift.begin = lambda: print("thrifty")
sys.argv = ["kiosk", "--data", sys.argv[1], "serve"]
from kiosk.__main__ import run
run()
"""
THERE = {
    "kiosk.accounts.routes.login", "kiosk.accounts.routes.rights", "kiosk.accounts.routes.first_run",
    "kiosk.desk.routes.home", "kiosk.library.routes.counter",
}  # fmt: skip
"""Modules of pages that the first page and every request need."""
PUT_OFF = {
    "asyncio", "difflib", "importlib.metadata", "pdb", "ssl", "tarfile", "urllib.request", "zipfile",
}  # fmt: skip
MOST = 215
"""Modules of ours beside models in a kiosk that gave its first page: 190, with a little room."""


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


def test_a_kiosk_that_gave_its_first_page_holds_little_else(kiosk: Machine) -> None:
    """No page nobody opened, no form, few modules, nothing of libraries for tests, drivers or other pages."""
    served = modules(SERVED, str(kiosk.data))
    assert {"200", "thrifty", "kiosk.desk.routes.home"} <= served, "no first page"
    ours = {name for name in served if name.startswith("kiosk") and not name.endswith("models")}
    pages = {name for name in ours if ".routes." in name and not name.endswith((".addresses", ".door"))}
    assert pages == THERE, "a page's module is imported with the page: see kiosk.web.lazy"
    assert {name for name in ours if "forms" in name} == {"kiosk.web.forms"}
    assert len(ours) <= MOST, f"{len(ours)} modules: import later what the first page does without"
    assert not served & PUT_OFF


def test_the_exchange_worker_never_loads_flask() -> None:
    found = loaded(WORKER)
    assert not {name for name in found if "flask" in name}
    assert not found & HEAVY
