"""One stylesheet for every screen, joined once at start.

The sources stay apart for those who edit them; a phone asks for one file,
whose address changes with its content, so that it is kept for a year.
"""

import gzip
import hashlib
import re
from pathlib import Path

from flask import Flask, Response, request, url_for

from kiosk.paths import shelf

SOURCES = ("tokens.css", "base.css", "components.css", "print.css")


def joined(folder: Path) -> str:
    """The sources one after the other, without comments or indentation."""
    text = "\n".join((folder / name).read_text("utf-8") for name in SOURCES)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def register(app: Flask) -> None:
    """Serve the sheet at ``/style-<hash>.css`` and tell templates its address."""
    body = joined(shelf("static") / "css").encode()
    tag = hashlib.sha256(body).hexdigest()[:10]
    packed = gzip.compress(body, 9, mtime=0)

    def style(tag: str) -> Response:
        wants_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = Response(packed if wants_gzip else body, mimetype="text/css")
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if wants_gzip:
            answer.headers["Content-Encoding"] = "gzip"
        return answer

    app.add_url_rule("/style-<tag>.css", "style", style)
    app.jinja_env.globals["style_url"] = lambda: url_for("style", tag=tag)
