"""The Atom feed (RFC 4287) of published articles: for other sites and for relatives far away."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kiosk.storage import clock

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One article. Moments are UTC milliseconds; `html` is already safe; `link` is absolute."""

    uid: uuid.UUID
    title: str
    link: str
    author: str
    summary: str
    html: str
    language: str
    published: int
    updated: int


def atom(
    title: str, page: str, own: str, entries: Sequence[Entry], elsewhere: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return the feed document; `page` is the list's address, `own` the feed's.

    `elsewhere`: the federation's other places, as (name, address).
    """
    root = ET.Element(_name("feed"))
    _text(root, "id", own)
    _text(root, "title", title)
    _text(root, "updated", _moment(max((entry.updated for entry in entries), default=0)))
    ET.SubElement(root, _name("link"), rel="self", type="application/atom+xml", href=own)
    ET.SubElement(root, _name("link"), rel="alternate", type="text/html", href=page)
    for name, address in elsewhere:
        ET.SubElement(root, _name("link"), rel="related", href=address, title=name)
    for entry in entries:
        _entry(root, entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(root, _name("entry"))
    node.set(_LANG, entry.language)
    _text(node, "id", entry.uid.urn)
    _text(node, "title", entry.title)
    _text(node, "published", _moment(entry.published))
    _text(node, "updated", _moment(entry.updated))
    _text(ET.SubElement(node, _name("author")), "name", entry.author)
    ET.SubElement(node, _name("link"), rel="alternate", type="text/html", href=entry.link)
    if entry.summary:
        _text(node, "summary", entry.summary)
    _text(node, "content", entry.html).set("type", "html")


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, _name(tag))
    node.text = _NOT_XML.sub("", text)
    return node


def _moment(milliseconds: int) -> str:
    return clock.local(milliseconds).isoformat(timespec="seconds")
