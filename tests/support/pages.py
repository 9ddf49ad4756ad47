"""Every HTML page fetched in any test is inspected: shape, words, weight, hosts, links.

`Client` is the test client of every app that the fixtures make. A page that is
wrong fails the test that fetched it, whatever that test was about.
"""

import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.support.markup import Reader, findings

BUDGET = 8 * 1024


def dead_links(app: Any, html: str, base: str) -> Iterator[str]:
    """Links and forms of a page that no route of the app answers."""
    routes = app.url_map.bind(urlsplit(base).netloc or "localhost")
    for element in Reader(html).root.all("a", "form", "link", "img", "script", "source", "audio", "video"):
        wanted = element.get("href") or element.get("src") or element.get("action")
        target = urlsplit(urljoin(base, wanted))
        if not wanted or target.scheme not in ("http", "https") or target.netloc != urlsplit(base).netloc:
            continue
        method = element.get("method").upper() or "GET"
        try:
            routes.match(target.path, method=method)
        except RequestRedirect:
            yield f"{method} {wanted} only redirects: link to where it leads"
        except HTTPException as error:
            yield f"{method} {wanted} is a dead link ({error.code})"


class Client(FlaskClient):
    """The test client that inspects what it fetches and lets no GET write a synced row."""

    inspecting = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, then inspect."""
        response = super().open(*args, **kwargs)
        if self.inspecting and response.mimetype == "text/html" and response.data:
            self.inspect(response)
        return response

    def inspect(self, response: TestResponse) -> None:
        """Fail with every finding at once."""
        html, path = response.get_data(as_text=True), response.request.path
        wrong = [*findings(html), *dead_links(self.application, html, response.request.url)]
        weight = len(gzip.compress(response.data, 6))
        if weight > BUDGET:
            wrong.append(f"{weight} bytes compressed, {BUDGET} allowed")
        for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            if header not in response.headers:
                wrong.append(f"no {header}")
        assert not wrong, f"{path} ({response.status_code}):\n  " + "\n  ".join(wrong)
