"""Every HTML page fetched in any test is inspected: shape, words, weight, hosts, links.

`Client` is the test client of every app that the fixtures make. A page that is
wrong fails the test that fetched it, whatever that test was about.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from kiosk.storage import synced_models
from tests.support.markup import Element, findings, read

BUDGET = 8 * 1024
MOVED = range(300, 400)
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\S+)", re.I)


def dead_links(app: Any, html: str, base: str) -> Iterator[str]:
    """Links and forms of a page that no route of the app answers."""
    routes = app.url_map.bind(urlsplit(base).netloc or "localhost")
    for element in read(html).root.all("a", "form", "link", "img", "script", "source", "audio", "video"):
        wanted = element.get("href") or element.get("src") or element.get("action")
        target = urlsplit(urljoin(base, wanted))
        here = target.scheme.startswith("http") and target.netloc == urlsplit(base).netloc
        if not wanted or wanted.startswith("#") or not here:
            continue
        method = element.get("method").upper() or "GET"
        try:
            endpoint, _ = routes.match(target.path, method=method)
        except RequestRedirect:
            yield f"{method} {wanted} only redirects: link to where it leads"
        except HTTPException as error:
            yield f"{method} {wanted} is a dead link ({error.code})"
        else:
            if method == "POST" and not _guarded(app, element, endpoint):
                yield f"the form to {wanted} has no csrf_token"


def _guarded(app: Any, form: Element, endpoint: str) -> bool:
    view = app.view_functions[endpoint]
    exempt = f"{view.__module__}.{view.__name__}" in app.extensions["csrf"]._exempt_views
    return exempt or any(field.get("name") == "csrf_token" for field in form.all("input"))


@contextmanager
def noting_writes() -> Iterator[list[str]]:
    """Note every statement that writes a synced row while the block runs."""
    written: list[str] = []
    synced = set(synced_models())

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found = WRITE.match(statement)
        if found and found[1].strip('"') in synced:
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(Engine, "before_cursor_execute", note)


class Client(FlaskClient):
    """The test client that inspects what it fetches and lets no GET write a synced row.

    Set `inspecting = False` on a client that is meant to meet a broken page, or
    `complaints = []` to keep what is wrong in that list instead of failing at once.
    """

    inspecting = True
    complaints: list[str] | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, then inspect."""
        with noting_writes() as written:
            response = super().open(*args, **kwargs)
        if self.inspecting and (wrong := list(self.inspect(response, written))):
            where = f"{response.request.method} {response.request.path} ({response.status_code})"
            said = f"{where}:\n  " + "\n  ".join(wrong)
            assert self.complaints is not None, said
            self.complaints.append(said)
        return response

    def inspect(self, response: TestResponse, written: list[str]) -> Iterator[str]:
        """Everything that is wrong with an answer."""
        if written and response.request.method in ("GET", "HEAD"):
            yield f"reading wrote: {written}"
        if response.status_code == 500:
            yield "it failed: see the log above"
        elif response.mimetype == "text/html" and response.data and response.status_code not in MOVED:
            yield from self.inspect_page(response)

    def inspect_page(self, response: TestResponse) -> Iterator[str]:
        """Everything that is wrong with a page."""
        html = response.get_data(as_text=True)
        yield from findings(html)
        yield from dead_links(self.application, html, response.request.url)
        weight = len(gzip.compress(response.data, 6))
        if weight > BUDGET:
            yield f"{weight} bytes compressed, {BUDGET} allowed"
        yield from (f"no {header}" for header in HEADERS if header not in response.headers)

    def token(self, path: str) -> str:
        """Fetch a page and return the token its forms carry."""
        found = TOKEN.search(self.get(path).get_data(as_text=True))
        assert found, f"{path} has no form"
        return found[1]

    def send(self, path: str, form_at: str | None = None, **fields: Any) -> TestResponse:
        """Fill and send the form that stands at `form_at` (or at `path` itself), as a browser would."""
        data = {"csrf_token": self.token(form_at or path), **fields}
        return self.post(path, data=data)
