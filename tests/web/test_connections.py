"""One device opens all the connections a kiosk has; the others are served."""

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.web import connections
from tests.support.machines import Machine
from tests.support.processes import Served

GREEDY = "127.0.0.2"
HALF_A_REQUEST = b"GET / HTTP/1.1\r\nHost: kiosque"


@pytest.fixture
def crowd() -> Iterator[Callable[[int], list[socket.socket]]]:
    """Open connections to a port from one address, each with half a request, and keep them."""
    with ExitStack() as kept:

        def opened(port: int) -> list[socket.socket]:
            found = []
            for _ in range(connections.PLACES + 50):
                one = socket.create_connection(("127.0.0.1", port), 10, (GREEDY, 0))
                found.append(kept.enter_context(one))
                one.sendall(HALF_A_REQUEST)
            return found

        yield opened


def answer(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/sante")
    return line.getresponse().status


def test_a_device_that_holds_every_connection_locks_nobody_out(
    kiosk: Machine, serve: Callable[..., Served], crowd: Callable[[int], list[socket.socket]]
) -> None:
    kiosk.close()
    served = serve(kiosk.data)
    held = crowd(served.port)
    assert [answer(served.port) for _ in range(3)] == [200] * 3
    held[-1].sendall(b"\r\n\r\n")
    assert held[-1].recv(12).startswith(b"HTTP/1."), "what it opened last still works"


def channels(**by_address: int) -> list[Any]:
    rest = {"requests": [], "total_outbufs_len": 0, "will_close": False}
    return [
        SimpleNamespace(addr=(address, number), last_activity=number, **rest)
        for address, many in by_address.items()
        for number in range(many)
    ]


def closed(some: list[Any]) -> list[tuple[str, int]]:
    connections.make_room(some)
    return [one.addr for one in some if one.will_close]


def test_nobody_gives_up_a_connection_while_there_are_places() -> None:
    assert closed(channels(greedy=399)) == []


def test_a_room_full_of_phones_keeps_what_each_holds() -> None:
    assert closed(channels(**{f"phone{n}": 20 for n in range(24)})) == []


def test_who_holds_most_gives_up_what_rests_longest_and_no_page_that_is_being_made() -> None:
    some = channels(greedy=380, calm=20)
    some[0].requests, some[1].total_outbufs_len = ["a page"], 5_000
    assert closed(some) == [("greedy", 2)]
    assert closed(some) == [("greedy", 2), ("greedy", 3)]
