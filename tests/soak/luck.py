"""A line to the centre that loses, doubles, delays and spoils what it carries."""

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient

from kiosk.storage import clock
from kiosk.sync.line import Answer
from kiosk.sync.time import about
from kiosk.sync.trouble import NoLink
from tests.sync.wire import Wsgi

LUCK = {
    "": 84,
    "before": 4,
    "after": 4,
    "twice": 2,
    "late": 2,
    "torn": 1,
    "flipped": 1,
    "portal": 1,
    "busy": 1,
}

_SYSTEM_MS, _UPTIME_MS = 1_795_000_000_000, 600_000
"""Before the year begins, ten minutes after the power came."""


def draw_from(seed: int) -> None:
    """Draw every id and key of this process from a seed too: a year that went wrong is lived again.

    What a kiosk tells of its disk makes a request a byte longer, and from then on another year; so
    does a start by another day's clock.
    """
    drawn = random.Random(seed).randbytes
    os.urandom = drawn
    random._urandom = drawn  # type: ignore[attr-defined]
    about._free = lambda _connection: 20_000
    clock.system_ms = lambda: _SYSTEM_MS
    clock.uptime_ms = lambda: _UPTIME_MS


@dataclass(frozen=True)
class Letter:
    """A request that a carrier kept: it may still arrive, any day."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Road:
    """The way of one kiosk to the centre; `keep` takes what arrives late, `app` is the centre of today."""

    def __init__(
        self, app: Callable[[], Flask], chance: random.Random, keep: Callable[[Letter], None]
    ) -> None:
        self._app, self._chance, self._keep = app, chance, keep
        self.is_good = False
        self.met: dict[str, int] = {}
        self.up = self.down = self.calls = 0

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        """Carry a request, or have bad luck with it."""
        letter = Letter(method, path, dict(headers), body)
        luck = "" if self.is_good else self._chance.choices([*LUCK], [*LUCK.values()])[0]
        self.met[luck] = self.met.get(luck, 0) + 1
        if luck in ("before", "late"):
            if luck == "late":
                self._keep(letter)
            raise NoLink(luck)
        answer = self.deliver(letter)
        if luck == "twice":
            answer = self.deliver(letter)
        if luck == "after":
            raise NoLink(luck)
        return self._spoilt(answer, luck)

    def deliver(self, letter: Letter) -> Answer:
        """Hand a letter over, whenever that is."""
        app = self._app()
        app.test_client_class = FlaskClient  # what the inspecting one looks at in pages is no exchange
        answer = Wsgi(app).ask(letter.method, letter.path, letter.headers, letter.body, 1.0)
        assert answer.status != 500, "the centre failed: see the log above"
        self.up, self.down, self.calls = self.up + answer.up, self.down + answer.down, self.calls + 1
        return answer

    def _spoilt(self, answer: Answer, luck: str) -> Answer:
        body = bytearray(answer.body)
        if luck == "torn":
            return replace(answer, body=bytes(body[: self._chance.randrange(len(body) + 1) // 2]))
        if luck == "flipped" and body:
            body[self._chance.randrange(len(body))] ^= 1 << self._chance.randrange(8)
            return replace(answer, body=bytes(body))
        if luck == "portal":
            return replace(answer, status=200, headers={}, body=b"<html><title>Bienvenue</title></html>")
        if luck == "busy":
            return replace(answer, status=503, headers={"Retry-After": "60"}, body=b"")
        return answer
