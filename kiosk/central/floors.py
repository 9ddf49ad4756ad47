"""How far back the commit log goes, scope by scope: whoever stands below gets everything.

A commit says which row changed; its values are read from the row and its registers, so a
snapshot needs no commit at all. Below the floor of a scope its commits may be gone. A cursor
that lies below a floor it would have to read across is not continued: it earns a snapshot,
and what left that scope meanwhile goes with the swap. What may not be continued is never
taken for wrong: only a commit that the log surely holds can contradict a cursor.
"""

from sqlalchemy import Connection, func, select

from kiosk.central.models import card_grant, commit_floor, commit_log, field_ver
from kiosk.central.reach import Reach


def over(connection: Connection, reach: Reach) -> int:
    """Return the position below which commits that this reach has to hear of may be gone."""
    mine = select(func.max(commit_floor.c.n)).where(commit_floor.c.scope.in_(reach.scopes))
    found = connection.scalar(mine) or 0
    if not (reach.lent or reach.known):
        return found
    place = (field_ver.c.tab == card_grant.c.tab) & (field_ver.c.row_uid == card_grant.c.row_uid)
    lent = select(func.max(commit_floor.c.n)).join(field_ver, field_ver.c.scope == commit_floor.c.scope)
    theirs = lent.join(card_grant, place).where(card_grant.c.space_uid == reach.space)
    return max(found, connection.scalar(theirs) or 0)


def is_whole_from(connection: Connection, n: int) -> bool:
    """Tell whether every commit from `n` on is here, or this one at least."""
    if connection.scalar(select(commit_log.c.n).where(commit_log.c.n == n)) is not None:
        return True
    return n >= (connection.scalar(select(func.max(commit_floor.c.n))) or 0)


def by_scope(connection: Connection) -> dict[str, int]:
    """Return every floor."""
    return {row.scope: row.n for row in connection.execute(select(commit_floor))}
