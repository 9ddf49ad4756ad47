"""Walk through every page that links lead to, as a person of the cast would."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from tests.support.markup import read
from tests.support.pages import Client

SAMES = 2
"""How many pages of one kind are opened: the second shows another row, the third nothing new."""


def walk(client: Client, start: str = "/", sames: int = SAMES) -> Iterator[tuple[str, str, int]]:
    """Follow links from `start`; yield (endpoint, path, status) of every page opened.

    The client inspects each page on the way, and knows a dead link for one.
    """
    routes = client.application.url_map.bind("localhost")
    seen: dict[str, int] = {}
    known, waiting = {start}, deque([start])
    while waiting:
        path = waiting.popleft()
        try:
            endpoint, _ = routes.match(urlsplit(path).path)
        except HTTPException:
            continue
        if seen.get(endpoint, 0) >= sames:
            continue
        seen[endpoint] = seen.get(endpoint, 0) + 1
        response = client.get(path)
        yield endpoint, path, response.status_code
        if response.mimetype == "text/html":
            found = {target for target in links(response.get_data(as_text=True), path) if target not in known}
            known |= found
            waiting.extend(sorted(found))


def links(html: str, base: str) -> Iterator[str]:
    """The addresses of this machine that a page links to, without their fragments."""
    for element in read(html).root.all("a"):
        target = urlsplit(urljoin(f"http://localhost{base}", element.get("href")))
        if element.get("href") and target.netloc == "localhost":
            yield target._replace(scheme="", netloc="", fragment="").geturl() or "/"
