"""Copies of the centre kept elsewhere: what they hold, kiosks need not keep any longer.

Nobody but a person knows that a copy has left the building. She sets a mark just
before the database is copied, and says later that the copy of that mark is safe.
"""

from sqlalchemy import delete, func, insert, literal, select, update

from kiosk.central.models import central_meta, copy_have, copy_mark, stream
from kiosk.language import msg
from kiosk.storage import NotFound, clock, session

_KEPT = 10
"""How many marks may wait for a word: copies that nobody ever declares are forgotten."""


def mark() -> int:
    """Note how much of each stream is here now; return the number to declare the copy by."""
    current = session()
    meta = current.execute(select(central_meta)).one()
    number = (current.scalar(select(func.max(copy_mark.c.id))) or 0) + 1
    about = {"epoch": meta.epoch, "n": meta.n, "made_at": clock.now_ms()}
    current.execute(insert(copy_mark).values(id=number, **about))
    here = select(literal(number), stream.c.stream_uid, stream.c.have)
    current.execute(insert(copy_have).from_select(["mark", "stream_uid", "have"], here))
    current.execute(delete(copy_have).where(copy_have.c.mark <= number - _KEPT))
    return number


def safe(number: int) -> None:
    """Say that the copy made after a mark lies elsewhere.

    Raises NotFound for a mark that nobody set, or that is too old.
    """
    current = session()
    newest = current.scalar(select(func.max(copy_mark.c.id))) or 0
    if not max(newest - _KEPT, 0) < number <= newest:
        raise NotFound(msg("Cette marque n’existe pas, ou plus. Refaites-en une, et une copie."))
    for row in current.execute(select(copy_have).where(copy_have.c.mark == number)).all():
        further = (stream.c.stream_uid == row.stream_uid) & (func.coalesce(stream.c.saved, 0) < row.have)
        current.execute(update(stream).where(further).values(saved=row.have))
    current.execute(update(copy_mark).where(copy_mark.c.id == number).values(safe_at=clock.now_ms()))
    current.execute(delete(copy_have).where(copy_have.c.mark <= number))


def last_made() -> int | None:
    """Return when (ms) the newest declared copy was marked, None where nobody ever declared one."""
    query = select(func.max(copy_mark.c.made_at)).where(copy_mark.c.safe_at.is_not(None))
    found: int | None = session().scalar(query)
    return found
