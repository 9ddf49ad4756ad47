"""What the coordination decides about kiosks."""

from dataclasses import replace
from pathlib import Path

from kiosk.central import nodes, queries
from kiosk.central.nodes import Place
from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.storage import Refusal
from kiosk.sync.code import Code


def place(code: str) -> Place:
    """Return the space of that code, known here or not yet. Raises Refusal for a bad code."""
    uid = spaces.space_uid(code)
    known = places.space(uid)
    plain = code.strip().upper()
    return Place(uid, plain, known.name if known else plain)


def is_known(code: str) -> bool:
    """Tell whether the space of that code has come here, or one of its machines has a key."""
    uid = spaces.space_uid(code)
    return places.space(uid) is not None or any(one.space_uid == uid for one in queries.kiosks())


def asked_code(code: str, data: Path, name: str = "") -> Code:
    """Make a code for a machine of a space. Raises Refusal for a space that is neither known nor named.

    A code mistyped by one letter would found a space that nobody ever visits.
    """
    if not name.strip() and not is_known(code):
        plain = code.strip().upper()
        said = msg("Le centre ne connaît pas l’espace %(space)s. S’il ouvre, écrivez son nom.", space=plain)
        raise Refusal(said, field="name")
    return make_code(code, data, name.strip() or None)


def make_code(code: str, data: Path, name: str | None = None) -> Code:
    """Make a one-time code for a machine of the space `code`; `name` is that of a space unknown so far."""
    where = place(code)
    if name and not is_known(code):
        where = replace(where, name=name)
    return nodes.make_code(where, data)


def replacement_code(node_no: int, data: Path) -> Code:
    """Make a one-time code for the machine that takes the place of `node_no`. Raises NotFound."""
    lost = nodes.machine(node_no)
    return nodes.make_code(Place(lost.space_uid, lost.code, lost.name), data, replaces=node_no)


def second_code(node_no: int, data: Path) -> Code:
    """Make a one-time code for a copy of a machine, in its space. Raises NotFound."""
    one = nodes.machine(node_no)
    return nodes.make_code(Place(one.space_uid, one.code, one.name), data)
