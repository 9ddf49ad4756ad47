"""Papers as answers: a PDF from the press, and the addresses that their codes say."""

import ipaddress
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import fold, msg
from kiosk.paper import press
from kiosk.storage import Refusal

log = logging.getLogger("kiosk.web")

KNOWN_AS = "kiosque.local"


def register(app: Flask) -> None:
    """Let templates ask whether a PDF can be made here, and draw codes to scan."""
    app.jinja_env.globals.update(prints=press.is_there, qr=qr)


def pdf(kind: str, facts: Mapping[str, Any], name: str) -> Response:
    """Answer with a paper as a PDF that opens in the phone's own reader, called `name`.

    Raises Refusal where none can be made: the page beside it prints as it is.
    """
    if not press.is_there():
        raise Refusal(msg("Cette machine ne fait pas de PDF. Imprimez la page elle-même."))
    try:
        made = press.printed(kind, facts)
    except press.Unprinted as error:
        log.error("no PDF: %s", error)
        raise Refusal(msg("Le PDF n’a pas pu être fait. Imprimez la page elle-même.")) from error
    answer = Response(made, mimetype="application/pdf")
    plain = "-".join(fold(name).split())
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(plain)}.pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def qr(words: str) -> Markup:
    """Return a text as a QR code to scan, in SVG: its size is the style's."""
    import segno

    drawn = segno.make_qr(words, error="m").svg_inline(
        omitsize=True, border=0, svgclass=None, lineclass=None, title=str(msg("Code à lire"))
    )
    return Markup(drawn)  # noqa: S704 - segno escapes the title, the rest is its own drawing


def outside(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page, as a phone on the Wi-Fi reaches it.

    Somebody who prints at the machine itself sees it under a name that no phone knows.
    """
    address = url_for(endpoint, _external=True, **values)
    host, _, port = request.host.partition(":")
    if not _is_home(host):
        return address
    return address.replace(f"//{request.host}", f"//{KNOWN_AS}{':' + port if port else ''}", 1)


def everywhere(endpoint: str, **values: Any) -> str:
    """Return the address of a page that the centre has too: there, where the world reaches it.

    A machine without a centre, or with one on plain http, gives its own.
    """
    centre: str = current_app.extensions.get("centre_address", str)()
    if centre.startswith("https://"):
        return centre.rstrip("/") + url_for(endpoint, **values)
    return outside(endpoint, **values)


def _is_home(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
