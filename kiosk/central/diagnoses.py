"""What machines said of themselves when their managers asked for help; no name stands in it."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from kiosk.central.models import diagnosis
from kiosk.language import msg
from kiosk.storage import NotFound, clock, session
from kiosk.sync import diagnoses
from kiosk.sync.messages import Request

_KEPT = 5


@dataclass(frozen=True)
class Told:
    """When a machine wrote it, by its own clock, and when it came (ms)."""

    made_at: int
    heard_at: int


def keep(connection: Connection, node_no: int, request: Request) -> int:
    """Keep what a request carries; return when it was made, for the reply, 0 where it carries none."""
    if request.about.report is None:
        return 0
    made_at, body = request.about.report
    mine = diagnosis.c.node_no == node_no
    connection.execute(delete(diagnosis).where(mine, diagnosis.c.made_at == made_at))
    row = {"node_no": node_no, "made_at": made_at, "heard_at": clock.now_ms(), "body": body}
    connection.execute(insert(diagnosis).values(**row))
    newest = select(diagnosis.c.made_at).where(mine).order_by(diagnosis.c.heard_at.desc()).limit(_KEPT)
    connection.execute(delete(diagnosis).where(mine, diagnosis.c.made_at.not_in(newest)))
    return made_at


def of(node_no: int) -> list[Told]:
    """Return what a machine told, the newest first."""
    query = select(diagnosis.c.made_at, diagnosis.c.heard_at).where(diagnosis.c.node_no == node_no)
    rows = session().execute(query.order_by(diagnosis.c.heard_at.desc()))
    return [Told(row.made_at, row.heard_at) for row in rows]


def text(node_no: int, made_at: int) -> str:
    """Return one as lines to read. Raises NotFound."""
    one = (diagnosis.c.node_no == node_no) & (diagnosis.c.made_at == made_at)
    body = session().scalar(select(diagnosis.c.body).where(one))
    try:
        return diagnoses.readable(body or "")
    except ValueError as error:
        raise NotFound(msg("Ce diagnostic n’est pas ici.")) from error
