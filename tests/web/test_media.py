"""Kept files: every answer of the standard, and slow phones that hold nobody up."""

import hashlib
import http.client
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from waitress.server import create_server

from kiosk.web import media

SIZE = 300_007
BYTES = random.Random(7).randbytes(SIZE)
TAG = hashlib.sha256(BYTES).hexdigest()
PHONES = 30


def content(path: Path) -> media.Content:
    return media.Content(path.stat().st_size, partial(path.open, "rb"))


def make_app(folder: Path) -> Flask:
    """A bare application that sends two files and says hello."""
    app = Flask("media")
    (folder / "film").write_bytes(BYTES)
    (folder / "vide").write_bytes(b"")
    (folder / "lourd").write_bytes(b"\0" * 40_000_000)

    @app.get("/<name>")
    def film(name: str) -> Response:
        return media.send(
            content(folder / name), TAG, "video/mp4", "Protéger son compte.mp4", name == "lourd"
        )

    @app.get("/bonjour/")
    def hello() -> str:
        return "bonjour"

    return app


@pytest.fixture
def phone(tmp_path: Path) -> FlaskClient:
    return make_app(tmp_path).test_client()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The same application behind a real waitress; gives its port."""
    server: Any = create_server(
        make_app(tmp_path_factory.mktemp("media")), host="127.0.0.1", port=0, threads=4, ident=None
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(0.2)


def test_a_whole_file_arrives_with_its_name_and_stays_for_a_year(phone: FlaskClient) -> None:
    answer = phone.get("/film")
    assert answer.status_code == 200
    assert answer.data == BYTES
    assert answer.content_length == SIZE
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == f'"{TAG}"'
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "filename*=UTF-8''Prot%C3%A9ger" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_a_phone_may_be_asked_to_keep_the_file(phone: FlaskClient) -> None:
    assert phone.head("/lourd").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-", 0, SIZE),
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=-500", SIZE - 500, SIZE),
        ("bytes=-999999999", 0, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        (f"bytes=5-{SIZE * 2}", 5, SIZE),
    ],
)
def test_a_range_is_byte_exact(phone: FlaskClient, wanted: str, start: int, stop: int) -> None:
    answer = phone.get("/film", headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.content_length == stop - start
    assert answer.data == BYTES[start:stop]


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=99999999-"])
def test_a_range_outside_the_file_is_416_with_the_size(phone: FlaskClient, wanted: str) -> None:
    answer = phone.get("/film", headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.data == b""


@pytest.mark.parametrize(
    "wanted", ["bytes=0-0,5-9", "items=0-5", "bytes=9-1", "bytes=a-b", "nonsense", "bytes=-0"]
)
def test_a_range_nobody_serves_gives_the_whole_file(phone: FlaskClient, wanted: str) -> None:
    answer = phone.get("/film", headers={"Range": wanted})
    assert (answer.status_code, answer.content_length) == (200, SIZE)


def test_an_interrupted_download_resumes_only_on_the_same_content(phone: FlaskClient) -> None:
    same = phone.get("/film", headers={"Range": "bytes=10-19", "If-Range": f'"{TAG}"'})
    assert (same.status_code, same.data) == (206, BYTES[10:20])
    for other in ('"autre"', f'W/"{TAG}"', "Sat, 21 Nov 2026 10:00:00 GMT"):
        changed = phone.get("/film", headers={"Range": "bytes=10-19", "If-Range": other})
        assert (changed.status_code, changed.content_length) == (200, SIZE)


def test_a_file_the_phone_has_is_not_sent_again(phone: FlaskClient) -> None:
    for known in (f'"{TAG}"', f'"x", "{TAG}"', "*"):
        answer = phone.get("/film", headers={"If-None-Match": known, "Range": "bytes=0-9"})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == f'"{TAG}"'


def test_head_says_the_size_and_sends_nothing(phone: FlaskClient) -> None:
    answer = phone.head("/film", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.content_length, answer.data) == (200, SIZE, b"")


def test_an_empty_file_has_no_range(phone: FlaskClient) -> None:
    answer = phone.get("/vide", headers={"Range": "bytes=0-"})
    assert (answer.status_code, answer.content_length) == (200, 0)


def test_a_drawing_opened_alone_may_run_nothing(tmp_path: Path) -> None:
    (tmp_path / "d").write_text("<svg/>")
    with Flask("d").test_request_context("/"):
        answer = media.send(content(tmp_path / "d"), TAG, "image/svg+xml", "d.svg")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize("mime", ["text/html", "application/xhtml+xml", "text/xml", "application/zip"])
def test_what_is_no_picture_sound_film_or_pdf_is_kept_and_not_opened(tmp_path: Path, mime: str) -> None:
    (tmp_path / "d").write_text("<script>alert(1)</script>")
    with Flask("d").test_request_context("/"):
        answer = media.send(content(tmp_path / "d"), TAG, mime, "d.html")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


@pytest.mark.parametrize("wanted", [None, "bytes=0-", "bytes=1234-200000", "bytes=-77777"])
def test_real_waitress_sends_the_very_bytes(served: int, wanted: str | None) -> None:
    line = http.client.HTTPConnection("127.0.0.1", served, timeout=10)
    line.request("GET", "/film", headers={"Range": wanted} if wanted else {})
    answer = line.getresponse()
    body = answer.read()
    first, last = map(int, re.findall(r"\d+", answer.headers.get("Content-Range", f"0-{SIZE - 1}"))[:2])
    assert body == BYTES[first : last + 1]
    line.request("GET", "/bonjour/")
    assert line.getresponse().read() == b"bonjour"
    line.close()


def slow(port: int, wanted: str) -> socket.socket:
    """A phone that asks for 40 MB and reads nothing yet."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET /lourd HTTP/1.1\r\nHost: kiosque\r\nRange: {wanted}\r\n\r\n".encode())
    return line


def test_thirty_slow_phones_hold_nobody_up(served: int) -> None:
    lines = [slow(served, f"bytes={index}-") for index in range(PHONES)]
    try:
        assert all(line.recv(64).startswith(b"HTTP/1.1 206") for line in lines)
        waits = []
        for _ in range(20):
            began = time.monotonic()
            page = http.client.HTTPConnection("127.0.0.1", served, timeout=5)
            page.request("GET", "/bonjour/")
            assert page.getresponse().read() == b"bonjour"
            page.close()
            waits.append(time.monotonic() - began)
            for line in lines:
                line.recv(2048)
        assert sorted(waits)[len(waits) // 2] < 0.5
    finally:
        for line in lines:
            line.close()


def test_a_phone_that_hangs_up_leaves_no_file_open(served: int) -> None:
    fds = Path("/proc/self/fd")
    before = len(list(fds.iterdir()))
    for _ in range(10):
        line = slow(served, "bytes=5-")
        line.recv(10)
        line.close()
    deadline = time.monotonic() + 5
    while len(list(fds.iterdir())) > before + 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(list(fds.iterdir())) <= before + 2
