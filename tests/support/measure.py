"""What the benchmark measures, one function a figure."""

import asyncio
import gzip
import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from kiosk.config import load
from kiosk.places import services as places
from kiosk.rooms import open_store
from kiosk.storage import Store, transaction
from kiosk.sync.worker import Talker
from tests.support.browser import FLAGS, WIDTHS, chromium
from tests.support.markup import Element, Reader
from tests.support.processes import Served, command, free_port

PHONE = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/100 Mobile Safari/537.36"


def resident(process: int) -> float:
    """Resident memory of a process and of its children, in MB."""
    text = Path(f"/proc/{process}/status").read_text()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024
    return own + sum(resident(int(child)) for child in children)


def first_answer(port: int, since: float, patience: float = 20.0) -> float:
    """Seconds from `since` to the first 200 of `/`."""
    while time.perf_counter() - since < patience:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return time.perf_counter() - since
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise TimeoutError("no 200 in time")


def page_weight(served: Served, path: str, cookie: str = "") -> int:
    """Bytes of a page's HTML, compressed."""
    status, body = served.read(path, {"Cookie": cookie} if cookie else {})
    assert status == 200, f"{path}: {status}"
    return len(gzip.compress(body, 6))


def cold_phone(url: str) -> tuple[int, int]:
    """Bytes on the wire (headers included) and requests of the first page on a phone that never came."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        across, down = WIDTHS["phone"]
        context = browser.new_context(viewport={"width": across, "height": down}, user_agent=PHONE)
        page = context.new_page()
        tally = _tally(context.new_cdp_session(page))
        page.goto(url, wait_until="networkidle")
        browser.close()
    return int(tally["bytes"]), int(tally["requests"])


def _tally(network: Any) -> dict[str, float]:
    counted = {"bytes": 0.0, "requests": 0.0}

    def finished(event: dict[str, Any]) -> None:
        counted["bytes"] += event["encodedDataLength"]
        counted["requests"] += 1

    network.send("Network.enable")
    network.on("Network.loadingFinished", finished)
    return counted


def sign_in(served: Served, name: str, secret: str) -> str:
    """Sign a person of the space in through the real pages and return her cookie."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))

    def page(path: str, fields: dict[str, str] | None = None) -> Element:
        data = urlencode(fields).encode() if fields else None
        return Reader(browser.open(f"{served.url}{path}", data).read().decode()).root

    # Strangers on the Wi-Fi read initials, not names.
    initials = "".join(word[0] for word in name.split())
    link = next(link for link in page("/connexion").all("a") if name in link.text or initials in link.text)
    form = next(form for form in page(link.get("href")).all("form") if form.get("method").lower() == "post")
    hidden = {field.get("name"): field.get("value") for field in form.all("input") if field.get("name")}
    page(link.get("href"), {**hidden, "secret": secret})
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def timed(data: Path, *words: str) -> tuple[float, str]:
    """Seconds and output of one `kiosk` command, its start included."""
    since = time.perf_counter()
    ran = subprocess.run(command(data, *words), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    return time.perf_counter() - since, ran.stdout


@dataclass
class Wire:
    """A relay to the centre that counts: bytes each way, and requests."""

    centre: int
    port: int
    up: int = 0
    down: int = 0
    requests: int = 0

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection("127.0.0.1", self.centre)
        await asyncio.gather(self.copy(near, forth, True), self.copy(far, back, False))

    async def copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, upward: bool) -> None:
        while data := await source.read(65536):
            self.up, self.down = self.up + len(data) * upward, self.down + len(data) * (not upward)
            self.requests += upward * len(re.findall(rb"(?:^|\r\n)(?:GET|POST|PUT|HEAD) /", data))
            sink.write(data)
            await sink.drain()
        sink.close()

    def reset(self) -> None:
        self.up = self.down = self.requests = 0


@contextmanager
def wire(centre: int) -> Iterator[Wire]:
    """A counting relay that runs beside the benchmark."""
    counting = Wire(centre, free_port())
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        server = await asyncio.start_server(counting.carry, "127.0.0.1", counting.port)
        async with server:
            await server.serve_forever()

    threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True).start()
    yield counting


def installed_size(
    name: str = "espaces-connectes", extras: frozenset[str] = frozenset({"sceau", "images", "papier"})
) -> float:
    """MB on disk of a distribution and of all it needs to run, compiled files included, pip left out."""
    packages = _needed(name, extras)
    files = {Path(str(file.locate())) for one in packages for file in metadata.files(one) or ()}
    own = {*Path("kiosk").rglob("*"), *Path("static").rglob("*")}
    whole = {path for path in files | own if path.is_file()}
    return sum(path.stat().st_size for path in whole) / 1e6


def _needed(name: str, extras: frozenset[str]) -> set[str]:
    from packaging.requirements import Requirement

    found = {"pip"}
    waiting = [(name, extras)]
    while waiting:
        package, wanted = waiting.pop()
        if package.lower() in found:
            continue
        found.add(package.lower())
        for line in metadata.requires(package) or ():
            need = Requirement(line)
            environments = [{"extra": extra} for extra in (*wanted, "")]
            if need.marker is None or any(need.marker.evaluate(one) for one in environments):
                waiting.append((need.name, frozenset(need.extras)))
    return found - {"pip"}


def bare(port: int) -> subprocess.Popen[bytes]:
    """Start the yardstick."""
    return subprocess.Popen([sys.executable, "-m", "tests.support.bare", str(port)])


def settle(data: Path, code: str, name: str) -> None:
    """Say which space a fresh kiosk stands in."""
    with _store(data) as store, store.open(), transaction():
        places.settle(places.open_space(code, places.SpaceCard(name)))


def enrol(centre: Path, kiosk: Path, code: str, port: int) -> None:
    """Bind a kiosk to a centre that is reached through `port`."""
    _, said = timed(centre, "central", "code", code, "--new", code)
    timed(kiosk, "enrol", f"http://127.0.0.1:{port}", said.split()[-1])


def waiting(kiosk: Path) -> int:
    """How many changes wait to be sent."""
    _, said = timed(kiosk, "status", "--json")
    return int(json.loads(said)["changes"]["waiting"])


def idle_exchange(kiosk: Path, wire: Wire) -> float:
    """Seconds of an exchange with nothing to do, by a worker that runs already; `wire` counts it."""
    with _store(kiosk) as store:
        talker = Talker(store, kiosk, "bench")
        talker.exchange()
        wire.reset()
        since = time.perf_counter()
        talker.exchange()
        took = time.perf_counter() - since
        talker.close()
    return took


@contextmanager
def _store(data: Path) -> Iterator[Store]:
    settings = load(data, {})
    store = open_store(settings.database_url, settings.role)
    try:
        yield store
    finally:
        store.close()
