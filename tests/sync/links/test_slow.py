"""Slow links and slow people: a backlog gets through in the end, and nobody waits for who dawdles."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from kiosk.sync import keyfile, link, signature
from kiosk.sync.caller import EXCHANGE
from kiosk.sync.link import Link
from kiosk.sync.signature import Call
from kiosk.sync.trouble import NoLink, NotTheCentre
from tests.sync.links.conftest import Line
from tests.sync.links.proxy import UP, Stranger, Weather
from tests.sync.telling import stream
from tests.sync.test_processes import point_at

BUDGET = int(os.environ.get("KIOSK_BUDGET") or 0)
PEOPLE = 3 + BUDGET // 40
"""How many are sent over the slowest link: 3 in the suite, 303 with `--budget 12000`."""


@pytest.mark.parametrize("rate", [1_000, 2_000, 4_000, 16_000, 60_000])
def test_a_way_that_became_slow_is_waited_for_after_few_tries(rate: int) -> None:
    """Yesterday 200 kB a second, today this, in pieces as large as yesterday's."""
    known, cuts, left, seconds = Link(rate=200_000.0, batch=link.LARGEST), 0, 300_000, 0.0
    while left > 0:
        size = min(known.batch, left)
        needed, patience = 2.0 + size / rate, known.patience(size)
        if needed > patience:
            cuts, seconds = cuts + 1, seconds + patience
            known = replace(known, **link.after_cut(known, size, patience))
        else:
            left, seconds = left - size, seconds + needed
            learnt = link.after_success(known, 10, size, 500, needed, left > 0)
            known = replace(known, **{name: learnt[name] for name in ("rate", "batch") if name in learnt})
    assert cuts <= 3
    assert seconds < 2 * 300_000 / rate + 60
    assert link.SMALLEST <= known.batch <= link.LARGEST


def test_patience_is_never_a_constant() -> None:
    fast, slow = Link(rate=50_000.0), Link(rate=1_000.0)
    for size in (1_000, 10_000, 100_000):
        assert slow.patience(size) - fast.patience(size) > 2 * size / 1_000
        assert slow.patience(size) > 3 * size / 1_000
    assert Link(rate=1.0).patience(1_000) < 120, "a link measured at nothing is not waited for all day"


@pytest.mark.process
def test_a_kilobyte_a_second_and_six_tenths_of_a_second_away_is_a_link(road: Line) -> None:
    road.write(PEOPLE)
    weather = Weather(rate=1_000.0, delay=0.3, jitter=0.1)
    proxy, began = road.through(weather), time.monotonic()
    tally = road.sync()
    took = time.monotonic() - began
    print(f"{tally.sent} changes, {proxy.passed[UP]} bytes up, {took:.1f} s, {proxy.opened} connections")
    assert tally.sent >= PEOPLE
    assert proxy.opened == 1, "nothing had to be said twice"
    assert took < 8 + 3 * sum(proxy.passed.values()) / 1_000
    assert 200 < road.known.rate < 1_500, "the rate is what it is"
    road.check()


@pytest.mark.process
@pytest.mark.parametrize(
    "words", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"]
)
def test_an_answer_that_drips_keeps_no_kiosk_waiting(road: Line, hurried: None, words: bytes) -> None:
    """Each byte comes in time, and the whole never: a person who presses the button hears of it."""
    stranger = Stranger(words, b"a")
    point_at(road.kiosk, stranger.url)
    began = time.monotonic()
    with pytest.raises((NoLink, NotTheCentre)):
        road.sync()
    assert time.monotonic() - began < 12
    stranger.close()


@contextmanager
def dawdling(port: int, words: bytes, drip: bytes = b"") -> Iterator[None]:
    """Begin to say something, and go on byte by byte or not at all."""
    near = socket.create_connection(("127.0.0.1", port))
    near.sendall(words)
    over = threading.Event()

    def drop() -> None:
        while drip and not over.wait(0.05):
            try:
                near.sendall(drip)
            except OSError:
                return

    thread = threading.Thread(target=drop, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        near.close()


def known_head(road: Line) -> bytes:
    """The head of a request that a machine of ours really signed, for a body that will not come."""
    key, mine = keyfile.load(road.kiosk.data).key, stream(road.kiosk).hex()
    signed = signature.sign_request(key, Call("POST", EXCHANGE, mine, b"x" * 50_000), "once")
    lines = [f"POST {EXCHANGE} HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 50000"]
    lines += [f"{name}: {value}" for name, value in signed.items()]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.process
def test_who_dawdles_keeps_no_thread_of_the_centre(road: Line) -> None:
    """Sixty slow connections, four threads: a good kiosk and a person notice nothing."""
    big = b"".join(b"GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" for _ in range(200))
    crowd = {
        "a phone that names itself letter by letter": (b"GET / HTTP/1.1\r\nX-Slow: ", b"a"),
        "a stranger's body that drips": (
            f"POST {EXCHANGE} HTTP/1.1\r\nContent-Length: 90000\r\n\r\n".encode(),
            b"x",
        ),
        "a kiosk of ours whose body drips": (known_head(road), b"x"),
        "a kiosk of ours that fell silent": (known_head(road) + b"x" * 900, b""),
        "somebody who says nothing": (b"", b""),
        "a phone that asks much and reads nothing": (big, b""),
    }
    with ExitStack() as held:
        for words, drip in crowd.values():
            for _ in range(10):
                held.enter_context(dawdling(road.served.port, words, drip))
        for _ in range(4):
            road.write(2)
            assert quick(road.sync) < 4
            assert quick(lambda: road.served.read("/connexion")) < 4
    road.check()


def quick(work: object) -> float:
    """Return how many seconds it took."""
    began = time.monotonic()
    work()  # type: ignore[operator]
    return time.monotonic() - began
