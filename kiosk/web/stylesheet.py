"""Three stylesheets, each joined once at start: for screens, for the staff's menu, for sheets of paper.

The sources stay apart for those who edit them; a phone asks for one file,
whose address changes with its content, so that it is kept for a year. Tokens
(`var(--paper)`) are put into values on the way: fewer bytes, and browsers from
before custom properties see the colours too.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from kiosk.paths import shelf
from kiosk.web.addresses import address

TOKENS = "tokens.css"
SHEETS = {"screen": ("base.css", "components.css"), "staff": ("staff.css",), "print": ("print.css",)}
_TOKEN = re.compile(r"--([\w-]+): ([^;]+);")
_USE = re.compile(r"var\(--([\w-]+)\)")


@dataclass(frozen=True)
class Sheet:
    """A sheet ready to send: its text, the same packed, and the tag of its address."""

    body: bytes
    packed: bytes
    tag: str


def joined(folder: Path, names: tuple[str, ...]) -> str:
    """The sources one after the other, tokens said by their values, without comments or idle spaces."""
    tokens = dict(_TOKEN.findall((folder / TOKENS).read_text("utf-8")))
    text = "\n".join((folder / name).read_text("utf-8") for name in names)
    text = _USE.sub(lambda use: tokens.get(use[1], use[0]), text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", " ", text)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", text).replace(" !important", "!important")
    return re.sub(r"(?<=[\w-]): (?=\S)", ":", text).replace(";}", "}").strip()


def _sheet(names: tuple[str, ...]) -> Sheet:
    body = joined(shelf("static") / "css", names).encode()
    tag = hashlib.sha256(body).hexdigest()[:10]
    return Sheet(body, gzip.compress(body, 9, mtime=0), tag)


def _answer(sheet: Sheet) -> Response:
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(sheet.packed if packs else sheet.body, mimetype="text/css")
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def register(app: Flask) -> None:
    """Serve ``/static/css/<name>-<tag>.css`` and tell templates the addresses."""
    sheets = {name: _sheet(sources) for name, sources in SHEETS.items()}

    def style(name: str, tag: str) -> Response:
        """An old tag, from a page kept by a browser, still gets the sheet of today."""
        return _answer(sheets[name]) if name in sheets else abort(404)

    def style_url(name: str = "screen") -> str:
        return address("style", name=name, tag=sheets[name].tag)

    app.add_url_rule(f"{app.static_url_path}/css/<name>-<tag>.css", "style", style)
    app.jinja_env.globals["style_url"] = style_url
