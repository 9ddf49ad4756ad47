"""A page read as a tree, and what may be wrong with it: shape, words, labels, hosts."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {"img": "src", "script": "src", "link": "href", "source": "src", "video": "src", "audio": "src"}
LEFT_OVER = re.compile(r"%\(\w+\)[sd]|\{\{|\{%|\bNone\b|\bUndefined\b|<\w+ object at")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


class Element:
    """One element: its tag, attributes, children and text."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []
        self._below: list[Element] = []

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> "Iterator[Element]":
        """Every element below this one with one of these tags (all when none is named); the page is whole."""
        if not self._below:
            self._below = list(self._walk())
        yield from (one for one in self._below if one.tag in tags) if tags else self._below

    def _walk(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._walk()

    @property
    def text(self) -> str:
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return re.sub(r"\s+", " ", " ".join(parts)).strip()

    @property
    def name(self) -> str:
        """What a screen reader says: label, text, or the alternative of a picture."""
        pictures = (image.get("alt") for image in self.all("img"))
        drawn = (title.text for title in self.all("title"))
        return (
            self.get("aria-label") or self.get("aria-labelledby") or self.text or "".join([*pictures, *drawn])
        )

    def above(self, tag: str) -> "Element | None":
        return self if self.tag == tag else self.parent.above(tag) if self.parent else None


class Reader(HTMLParser):
    """Builds the tree of a page; an unclosed or misplaced tag is a finding."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.here = Element("", {}, None)
        self.findings: list[str] = []
        self.doctype = ""
        self.feed(html)
        if self.here is not self.root:
            self.findings.append(f"<{self.here.tag}> is never closed")

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.findings.append(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag != self.here.tag or self.here.parent is None:
            self.findings.append(f"</{tag}> closes <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


@lru_cache(maxsize=16)
def read(html: str) -> Reader:
    """The page as a tree, read once for all who look at it and change nothing."""
    return Reader(html)


def findings(html: str) -> Iterator[str]:
    """What is wrong with a page, one sentence each; nothing for a good page."""
    reader = read(html)
    root = reader.root
    yield from reader.findings
    if reader.doctype != "doctype html":
        yield "no <!doctype html>"
    yield from _head(root)
    yield from _headings(root)
    yield from _names(root)
    yield from _references(root)
    yield from _strictness(root)
    yield from _hosts(root)
    if left := LEFT_OVER.search(next(root.all("body"), root).text):
        yield f"a placeholder was left over: {left[0]!r}"


def _head(root: Element) -> Iterator[str]:
    if not any(html.get("lang") for html in root.all("html")):
        yield "<html> has no lang"
    titles = [title.text for head in root.all("head") for title in head.all("title")]
    if len(titles) != 1 or not titles[0]:
        yield f"one title is needed, found {titles}"
    if not any("width=device-width" in meta.get("content") for meta in root.all("meta")):
        yield "no viewport"
    if not list(root.all("main")):
        yield "no <main>"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(heading.tag[1]) for heading in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"one h1 is needed, found {levels.count(1)}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    yield from (f"<{h.tag}> is empty" for h in root.all("h1", "h2", "h3") if not h.name)


def _names(root: Element) -> Iterator[str]:
    labels = {label.get("for") for label in root.all("label")}
    for field in root.all("input", "select", "textarea"):
        labelled = field.get("aria-label") or field.get("aria-labelledby") or field.above("label")
        if field.get("type") not in UNLABELLED and not labelled and field.get("id") not in labels:
            yield f"<{field.tag} name={field.get('name')!r}> has no label"
    for element in root.all("a", "button", "summary"):
        if not element.name:
            yield f"<{element.tag} {element.attributes}> says nothing"
    for image in root.all("img"):
        if "alt" not in image.attributes:
            yield f"<img src={image.get('src')!r}> has no alt"


def _references(root: Element) -> Iterator[str]:
    ids = [element.get("id") for element in root.all() if element.get("id")]
    yield from (f"id {twice!r} stands twice" for twice in sorted({i for i in ids if ids.count(i) > 1}))
    for element in root.all():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in element.get(attribute).split():
                if wanted not in ids:
                    yield f"<{element.tag} {attribute}={wanted!r}> points at nothing"
        here = element.get("href") if element.tag == "a" else ""
        if here.startswith("#") and here[1:] not in ids:
            yield f"the link {here!r} leads nowhere"


def _strictness(root: Element) -> Iterator[str]:
    for element in root.all():
        if element.tag == "style" or "style" in element.attributes:
            yield f"<{element.tag}> has an inline style"
        if (
            element.tag == "script"
            and not element.get("src")
            and element.get("type") != "application/ld+json"
        ):
            yield "an inline script"
        for name in element.attributes:
            if name.startswith("on"):
                yield f"<{element.tag}> has an inline handler {name}"
    for form in root.all("form"):
        files = any(field.get("type") == "file" for field in form.all("input"))
        if files and form.get("enctype") != "multipart/form-data":
            yield f"the form to {form.get('action')!r} cannot carry its file"


def _hosts(root: Element) -> Iterator[str]:
    for element in root.all():
        wanted = element.get(LOADS.get(element.tag, "src")) or element.get("xlink:href")
        if element.tag in LOADS and re.match(r"(?:[a-z]+:)?//", wanted) and element.get("rel") != "canonical":
            yield f"<{element.tag}> loads {wanted} from another host"
