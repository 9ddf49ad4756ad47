"""The state of a machine, asked for by its manager: kept here until the centre says that it has it.

It travels in a request, by network or by stick; an older centre does not know the
field and says nothing, so that it waits for a newer one.
"""

import base64
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.storage import clock, session
from kiosk.sync.models import sync_diagnosis

_KEPT, _MOST = 3, 400_000


@dataclass(frozen=True)
class Asked:
    """One that was asked for: when (ms), and when the centre said that it has it, None before."""

    made_at: int
    heard_at: int | None


def queue(state: dict[str, Any]) -> None:
    """Let the next exchange carry a state; of several that wait, the last goes."""
    now = clock.now_ms()
    connection = session().connection()
    connection.execute(delete(sync_diagnosis).where(sync_diagnosis.c.made_at == now))
    connection.execute(insert(sync_diagnosis).values(made_at=now, body=packed(state)))
    newest = select(sync_diagnosis.c.made_at).order_by(sync_diagnosis.c.made_at.desc()).limit(_KEPT)
    connection.execute(delete(sync_diagnosis).where(sync_diagnosis.c.made_at.not_in(newest)))


def last() -> Asked | None:
    """Return the one asked for last."""
    query = select(sync_diagnosis).order_by(sync_diagnosis.c.made_at.desc()).limit(1)
    row = session().execute(query).first()
    return Asked(row.made_at, row.heard_at) if row else None


def waiting(connection: Connection) -> tuple[int, str] | None:
    """Return when the one that waits was made, and its text; None where the centre has the last one."""
    query = select(sync_diagnosis).order_by(sync_diagnosis.c.made_at.desc()).limit(1)
    row = connection.execute(query).first()
    return (row.made_at, row.body) if row and row.heard_at is None else None


def heard(connection: Connection, made_at: int) -> None:
    """Write down that the centre has it."""
    mine = sync_diagnosis.c.made_at == made_at
    connection.execute(update(sync_diagnosis).where(mine).values(heard_at=clock.now_ms()))


def packed(state: dict[str, Any]) -> str:
    """Return a state as it travels."""
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def readable(body: str) -> str:
    """Return what travelled as lines to read. Raises ValueError for anything else."""
    try:
        text = zlib.decompressobj().decompress(base64.b64decode(body, validate=True), _MOST)
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError("no diagnosis") from error
