"""Ways to the centre inside one process: the centre's application answers without a socket."""

from collections.abc import Mapping

from flask import Flask

from kiosk.sync.line import Answer
from kiosk.sync.trouble import NoLink
from tests.support.machines import Machine


class Wsgi:
    """A line that calls an application; `cut` makes it fail before or after the centre acts."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self.cut = ""
        self.calls = 0

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        self.calls += 1
        if self.cut == "before":
            raise NoLink("cut")
        response = self._client.open(path, method=method, headers=dict(headers), data=body)
        if self.cut == "after":
            raise NoLink("cut")
        known = {name.title(): value for name, value in response.headers.items()}
        return Answer(response.status_code, known, response.data, len(body), len(response.data), 0.01)


def line(centre: Machine) -> Wsgi:
    """Return a line to a centre of the tests."""
    return Wsgi(centre.app)
