"""What must hold once all is at rest: counted from outside, by what people wrote."""

import datetime
import hashlib
import uuid
from collections import Counter
from typing import Any

from sqlalchemy import func, select, text

from kiosk.central import reach
from kiosk.central.models import field_ver, inbox
from kiosk.reports import queries as reports
from kiosk.reports.periods import Period
from kiosk.storage import synced_columns, synced_models
from kiosk.storage.log import sync_base, sync_log
from kiosk.sync.models import sync_left, sync_stage
from tests.soak.fleet import Centre, Post
from tests.soak.year import FIRST, Year
from tests.support.machines import Machine


def check(year: Year) -> dict[str, Any]:
    """Check I1–I5, I11 and I12; return what was measured."""
    ops, orphans = counted(year), 0
    for post in year.posts:
        apart, excused = difference(year, post), orphaned(post)
        unlike = {uid: rows for uid, rows in apart.items() if uid not in excused}
        assert not unlike, f"I4: {post.code}, {len(unlike)} rows, such as {next(iter(unlike.values()))}"
        assert left_over(post) == [], "I11"
        assert excused or digest(post.machine, None) == digest(year.centre.machine, post), "I4"
        assert excused or figures(post.machine, post) == figures(year.centre.machine, post), (
            f"I12: {post.code}"
        )
        assert sound(post.machine), "the file is damaged"
        orphans += len(excused)
    assert not orphans or year.met["centre put back"], (
        "I4: only a centre put back leaves rows without their start"
    )
    return {"changes": ops, "states": states(year.centre), "orphans": orphans}


def orphaned(post: Post) -> set[uuid.UUID]:
    """Return rows whose beginning is on no disk any more, and rows whose own changes wait for one.

    Their author's disk and the centre were both put back to before they were written.
    """
    with post.machine.open() as current:
        left = set(current.scalars(select(sync_left.c.row_uid)))
        return left | set(current.scalars(select(sync_log.c.row_uid).where(sync_log.c.state == "held")))


def counted(year: Year) -> int:
    """I1, I2, I3: each human write is at the centre once, under the name it was given when written."""
    with year.centre.machine.open() as current:
        arrived = [bytes(op) for op in current.scalars(select(inbox.c.op_id).where(inbox.c.first))]
    twice = [op.hex() for op, times in Counter(arrived).items() if times > 1]
    assert not twice, f"I3: {len(twice)} counted twice"
    required = year.centre.held.union(*(post.ops for post in year.posts))
    assert not required - set(arrived), f"I2: {len(required - set(arrived))} writes lost"
    assert not set(arrived) - year.every, f"I3: {len(set(arrived) - year.every)} writes that nobody made"
    return len(arrived)


def states(centre: Centre) -> dict[str, int]:
    with centre.machine.open() as current:
        query = select(inbox.c.state, func.count()).where(inbox.c.first).group_by(inbox.c.state)
        return {row[0]: row[1] for row in current.execute(query)}


def view(machine: Machine, post: Post | None) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a machine, field by field: all, or those in the scopes of a kiosk."""
    found = {}
    with machine.open() as current:
        for name, model in synced_models().items():
            table = model.__table__
            query = select(table.c.uid, *synced_columns(table)).order_by(table.c.uid)
            if post is not None:
                mine = (field_ver.c.tab == name) & field_ver.c.scope.in_(reach.scopes(post.space))
                query = query.where(table.c.uid.in_(select(field_ver.c.row_uid).where(mine)))
            found[name] = [tuple(row) for row in current.connection().execute(query)]
    return found


def digest(machine: Machine, post: Post | None) -> str:
    return hashlib.sha256(repr(view(machine, post)).encode()).hexdigest()


def difference(year: Year, post: Post) -> dict[uuid.UUID, tuple[Any, ...]]:
    """Return the rows that a kiosk and its centre do not show alike: (table, here, there)."""
    here, there = view(post.machine, None), view(year.centre.machine, post)
    found: dict[uuid.UUID, tuple[Any, ...]] = {}
    for name in here:
        mine, theirs = ({row[0]: row for row in side[name]} for side in (here, there))
        unlike = (uid for uid in mine.keys() | theirs.keys() if mine.get(uid) != theirs.get(uid))
        found |= {uid: (name, mine.get(uid), theirs.get(uid)) for uid in unlike}
    return found


def left_over(post: Post) -> list[str]:
    with post.machine.open() as current:
        tables = [
            one.name
            for one in (sync_base, sync_stage)
            if current.scalar(select(func.count()).select_from(one))
        ]
        waits = current.scalar(select(func.count()).where(sync_log.c.state == "pending"))
    return tables + [path.name for path in post.machine.data.rglob("*.part")] + ["pending"] * bool(waits)


def figures(machine: Machine, post: Post) -> Any:
    period = Period(FIRST, FIRST + datetime.timedelta(days=800))
    with machine.open():
        found = reports.report(reports.Asked(period, post.space))
        return [line.figures for line in found.spaces]


def sound(machine: Machine) -> bool:
    with machine.open() as current:
        return current.scalar(text("PRAGMA quick_check")) == "ok"


def size(machine: Machine) -> int:
    """Bytes of a machine's database, its journal folded away."""
    machine.close()
    return sum(path.stat().st_size for path in machine.data.glob("*.db*"))
