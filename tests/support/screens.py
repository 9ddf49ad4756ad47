"""Screens of the living kiosk in a real browser: which pages there are, and how a person opens them."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.support.crawl import walk
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.support.processes import Served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

_KNOWN: dict[tuple[Path, str], list[str]] = {}


def visitor(machine: Machine, role: str) -> Client:
    """Someone with this role (or a stranger) who looks around without inspecting."""
    client = machine.client() if role == "stranger" else machine.as_(role)
    client.inspecting = False
    return client


def pages(client: Client) -> list[tuple[str, str]]:
    """One (endpoint, address) of each kind of page she may open; files to download are none."""
    opened = [(endpoint, path) for endpoint, path, status in walk(client, sames=1) if status == 200]
    return [(endpoint, path) for endpoint, path in opened if not is_file(path)]


def addresses(machine: Machine, role: str) -> list[str]:
    """One address of each kind of page that someone with this role may open, looked for once a machine."""
    if (machine.data, role) not in _KNOWN:
        _KNOWN[machine.data, role] = [path for _, path in pages(visitor(machine, role))]
    return _KNOWN[machine.data, role]


def is_file(path: str) -> bool:
    """Tell whether an address is that of a file: its last part has an ending."""
    return "." in urlsplit(path).path.rsplit("/", 1)[-1]


def carry(client: Client, context: "BrowserContext", served: Served, language: str = "fr") -> None:
    """Hand her session and her language over to the browser."""
    kept, name = {"langue": language}, client.application.config["SESSION_COOKIE_NAME"]
    if cookie := client.get_cookie(name):
        kept[name] = cookie.value
    context.add_cookies([{"name": key, "value": value, "url": served.url} for key, value in kept.items()])
