"""The answers kept for carriers, as the coordination sees them."""

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.central.models import carried_receipt, node
from kiosk.places import queries as places
from kiosk.storage import session


@dataclass(frozen=True)
class Receipt:
    """One sealed answer: for which kiosk, when (ms), what it says; `size` in bytes."""

    token: str
    name: str
    at: int
    taken: int
    needs_first: int | None
    needs_last: int | None
    size: int


def newest(count: int = 10) -> list[Receipt]:
    """Return the last answers, newest first."""
    receipts = carried_receipt.c
    query = select(carried_receipt, node.c.name, node.c.space_uid)
    query = query.join(node, node.c.node_no == receipts.node_no).order_by(receipts.at.desc()).limit(count)
    names = {one.uid: one.name for one in places.spaces()}
    return [
        Receipt(
            row.token,
            names.get(row.space_uid, row.name),
            row.at,
            row.taken,
            row.needs_first,
            row.needs_last,
            len(row.body),
        )
        for row in session().execute(query)
    ]
