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
from kiosk.sync import differences
from kiosk.sync.models import sync_stage
from tests.soak.fleet import Centre, Post
from tests.soak.year import FIRST, Year
from tests.support.machines import Machine

Row = tuple[Any, ...] | None
View = dict[str, list[tuple[Any, ...]]]


def check(year: Year) -> dict[str, Any]:
    """Check I1–I5, I11 and I12; return what was measured."""
    ops = counted(year)
    for post in year.posts:
        here, there = view(post.machine, None), view(year.centre.machine, post)
        unlike = difference(here, there)
        assert not unlike, f"I4: {post.code}, {len(unlike)} rows, such as {next(iter(unlike.items()))}"
        assert left_over(post) == [], "I11"
        assert here == there, "I4"
        assert figures(post.machine, post) == figures(year.centre.machine, post), f"I12: {post.code}"
        assert sound(post.machine), "the file is damaged"
    return {"changes": ops, "states": states(year.centre), "anew": len(year.anew), "tasks": tasks(year)}


def counted(year: Year) -> int:
    """I1, I2, I3: each human write is at the centre once, under the name it was given when written."""
    with year.centre.machine.open() as current:
        arrived = [bytes(op) for op in current.scalars(select(inbox.c.op_id).where(inbox.c.first))]
    twice = [op.hex() for op, times in Counter(arrived).items() if times > 1]
    assert not twice, f"I3: {len(twice)} counted twice"
    required = year.centre.held.union(*(post.ops for post in year.posts))
    assert not required - set(arrived), f"I2: {len(required - set(arrived))} writes lost"
    strange = set(arrived) - year.every - year.anew.keys()
    assert not strange, f"I3: {len(strange)} writes that nobody made"
    assert set(year.anew.values()) <= year.rows, "I3: a row that nobody wrote was said anew"
    shown = set().union(*(post.shown for post in year.posts)) & year.rows  # differences are the centre's
    gone = shown - there(year.centre)
    assert not gone, f"I2: {len(gone)} rows lost that a kiosk showed when the centre was put back"
    return len(set(arrived) & year.every)


def there(centre: Centre) -> set[uuid.UUID]:
    """Return the rows that the centre has."""
    with centre.machine.open() as current:
        return set(current.scalars(select(field_ver.c.row_uid)))


def tasks(year: Year) -> int:
    """Return how many differences wait for a person."""
    with year.centre.machine.open():
        return len(differences.cases(named=False))


def states(centre: Centre) -> dict[str, int]:
    with centre.machine.open() as current:
        query = select(inbox.c.state, func.count()).where(inbox.c.first).group_by(inbox.c.state)
        return {row[0]: row[1] for row in current.execute(query)}


def view(machine: Machine, post: Post | None) -> View:
    """Return the rows of a machine, field by field: all, or those in the scopes of a kiosk."""
    found: View = {}
    with machine.open() as current:
        for name, model in synced_models().items():
            table = model.__table__
            query = select(table.c.uid, *synced_columns(table)).order_by(table.c.uid)
            if post is not None:
                mine = (field_ver.c.tab == name) & field_ver.c.scope.in_(reach.scopes(post.space))
                query = query.where(table.c.uid.in_(select(field_ver.c.row_uid).where(mine)))
            found[name] = [tuple(row) for row in current.connection().execute(query)]
    return found


def digest(machine: Machine) -> str:
    return hashlib.sha256(repr(view(machine, None)).encode()).hexdigest()


def difference(here: View, there: View) -> dict[uuid.UUID, tuple[Any, ...]]:
    """Return the rows that a kiosk and its centre do not show alike: (table, {field: (here, there)})."""
    found: dict[uuid.UUID, tuple[Any, ...]] = {}
    for name in here:
        mine, theirs = ({row[0]: row for row in side[name]} for side in (here, there))
        unlike = [uid for uid in mine.keys() | theirs.keys() if mine.get(uid) != theirs.get(uid)]
        found |= {uid: (name, unlike_fields(name, mine.get(uid), theirs.get(uid))) for uid in unlike}
    return found


def unlike_fields(name: str, here: Row, there: Row) -> dict[str, tuple[Any, Any]]:
    """Return what two sides say of each field they differ in; of the row itself where one has none."""
    if here is None or there is None:
        return {"row": (here, there)}
    names = ["uid", *(column.name for column in synced_columns(synced_models()[name].__table__))]
    pairs = zip(names, zip(here, there, strict=True), strict=True)
    return {field: pair for field, pair in pairs if pair[0] != pair[1]}


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
