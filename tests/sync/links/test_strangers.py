"""Who answers in the centre's place, and what comes changed: nothing of it is believed."""

import http.client
import http.server
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.sync import keyfile
from kiosk.sync.trouble import KINDS, NoLink, NotTheCentre, Unknown
from tests.sync.links.conftest import Line
from tests.sync.links.proxy import DOWN, SILENT, UP, Proxy, Stranger, Weather
from tests.sync.test_processes import answering, point_at
from tests.sync.tls import Door, authority, leaf

pytestmark = pytest.mark.process


def test_a_flipped_bit_either_way_is_refused_whole(road: Line, hurried: None) -> None:
    road.sync()
    road.write(6, notes=60)
    for way, last in ((UP, 1_400), (DOWN, 420)):
        for at in range(3, last, 131):
            memory = road.memory
            road.through(Weather(flip=(way, at)))
            try:
                road.sync()
            except (NoLink, NotTheCentre, Unknown):
                assert road.memory == memory, (way, at)
            road.proxies.pop().close()
            road.write(1)
    road.straight()
    road.sync()
    road.check()


@pytest.fixture
def inside_tls(road: Line, tmp_path: Path) -> Iterator[Proxy]:
    """The same way inside TLS, with an authority of the centre's own."""
    plain, ca = keyfile.load(road.kiosk.data), authority(tmp_path)
    door = Door(road.served.port, leaf(tmp_path, ca))
    proxy = Proxy(int(door.url.rpartition(":")[2]))
    closed = replace(plain, centre=f"https://127.0.0.1:{proxy.port}", authority=ca.read_text())
    keyfile.save(road.kiosk.data, closed)
    yield proxy
    keyfile.save(road.kiosk.data, plain)
    proxy.close()
    door.close()


def test_tls_refuses_a_flipped_bit_and_says_only_that_there_is_no_link(
    road: Line, inside_tls: Proxy, hurried: None
) -> None:
    road.write(4)
    memory = road.memory
    for flip in ((UP, 100), (UP, 900), (DOWN, 60), (DOWN, 1_000)):
        inside_tls.weather = Weather(flip=flip)
        with pytest.raises(NoLink):
            road.sync()
        assert road.memory == memory, flip
    inside_tls.weather = Weather(cut=(DOWN, 1_200, SILENT))
    with pytest.raises(NoLink):
        road.sync()
    inside_tls.weather = Weather()
    road.sync()
    road.check()


class Curtailing(http.server.BaseHTTPRequestHandler):
    """A relay that leaves out the length of an answer, and its end."""

    target = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        far = http.client.HTTPConnection("127.0.0.1", self.target, timeout=10)
        far.request("POST", self.path, body, dict(self.headers.items()))
        answer = far.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.read()[:-9])
        far.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_an_answer_that_lost_its_length_and_its_end_is_not_believed(road: Line) -> None:
    road.sync()
    road.write(3)
    memory = road.memory
    with answering(type("Here", (Curtailing,), {"target": road.served.port})) as address:
        point_at(road.kiosk, address)
        for _ in range(2):
            with pytest.raises(NotTheCentre):
                road.sync()
    assert road.memory == memory
    road.straight()
    road.sync()
    road.check()


def reply(status: str, body: str = "", more: str = "") -> bytes:
    """An answer of nobody in particular."""
    return f"HTTP/1.1 {status}\r\n{more}Content-Length: {len(body)}\r\n\r\n{body}".encode()


PAGE = "<html><title>Bienvenue</title><form>Votre numéro</form></html>".replace("é", "e")
STRANGERS = {
    "a portal's page": reply("200 OK", PAGE, "Content-Type: text/html\r\n"),
    "a portal's way to its page": reply("302 Found", "", "Location: http://portail.example/\r\n"),
    "a portal that says so": reply("511 Network Authentication Required", PAGE),
    "a proxy that says yes to nothing": reply("200 OK"),
    "a proxy that says nothing at all": reply("204 No Content"),
    "a proxy that has no way": reply("502 Bad Gateway", "<h1>Bad Gateway</h1>"),
    "a proxy that finds it long": reply("413 Payload Too Large", PAGE),
    "a proxy that finds it gone": reply("410 Gone", PAGE),
    "a proxy that forbids": reply("403 Forbidden", PAGE),
    "a proxy that asks to come later": reply("429 Too Many Requests", "", "Retry-After: 9999999\r\n"),
    "a fork that nobody signed": reply("409 Conflict", "KSY1"),
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
}


def test_no_stranger_on_the_way_is_believed(road: Line) -> None:
    road.sync()
    road.write(3)
    memory, plain = road.memory, {KINDS[code]().text for code in ("no_link", "not_the_centre")}
    stranger = Stranger()
    point_at(road.kiosk, stranger.url)
    for who, stranger.words in STRANGERS.items():
        with pytest.raises((NotTheCentre, NoLink)) as told:
            road.sync()
        assert told.value.text in plain, who
        assert not told.value.is_mistake
        assert road.memory == memory, who
    stranger.close()
    page = road.page()
    assert "Rien n’est perdu." in page or "Rien n’est parti." in page
    assert "erreur" not in page.lower()
    road.straight()
    road.sync()
    road.check()
