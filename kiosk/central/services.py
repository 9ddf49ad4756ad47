"""What the coordination decides about kiosks."""

from pathlib import Path

from kiosk.central import nodes
from kiosk.central.nodes import Place
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.sync.code import Code


def place(code: str) -> Place:
    """Return the space of that code, known here or not yet. Raises Refusal for a bad code."""
    uid = spaces.space_uid(code)
    known = places.space(uid)
    plain = code.strip().upper()
    return Place(uid, plain, known.name if known else plain)


def make_code(code: str, data: Path) -> Code:
    """Make a one-time code for a machine of the space `code`."""
    return nodes.make_code(place(code), data)


def replacement_code(node_no: int, data: Path) -> Code:
    """Make a one-time code for the machine that takes the place of `node_no`. Raises NotFound."""
    lost = nodes.machine(node_no)
    return nodes.make_code(Place(lost.space_uid, lost.code, lost.name), data, replaces=node_no)


def second_code(node_no: int, data: Path) -> Code:
    """Make a one-time code for a copy of a machine, in its space. Raises NotFound."""
    one = nodes.machine(node_no)
    return nodes.make_code(Place(one.space_uid, one.code, one.name), data)
