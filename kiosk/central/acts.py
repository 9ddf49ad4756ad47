"""What the coordination decided about machines: kept in the database, shown to whoever coordinates."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from kiosk.accounts import queries as accounts
from kiosk.central.models import central_act
from kiosk.storage import clock, session
from kiosk.storage.changes import dumps

ACCEPTED, DISCARDED = "accepted", "discarded"
_SHOWN = 30


@dataclass(frozen=True)
class Act:
    """One decision: when (ms), whose (a name, '' for somebody who is gone), what, its facts."""

    at: int
    by: str
    what: str
    about: dict[str, Any]


def keep(what: str, node_no: int, by: uuid.UUID, **about: Any) -> None:
    """Note a decision, in the caller's transaction: it stands exactly where its effect does."""
    row = {"what": what, "node_no": node_no, "by": by, "at": clock.now_ms(), "about": dumps(about)}
    session().execute(insert(central_act).values(**row))


def of(node_no: int) -> list[Act]:
    """Return the last decisions about a machine, newest first."""
    query = select(central_act).where(central_act.c.node_no == node_no).order_by(central_act.c.id.desc())
    rows = session().execute(query.limit(_SHOWN)).all()
    names = accounts.names({row.by for row in rows})
    return [Act(row.at, names.get(row.by, ""), row.what, json.loads(row.about)) for row in rows]
