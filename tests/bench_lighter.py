"""What a year leaves at the centre, before and after: `python -m tests.bench_lighter`.

One kiosk's people, visits and corrections go through the real exchange into a centre on
SQLite; eleven twelfths of them are then more than a month old. Prints bytes a change by
table (its indexes with it), commits that went, and the longest time nobody else could write.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, select

from kiosk.central import compaction
from kiosk.central.models import central_meta, log_day
from kiosk.desk import services as desk
from kiosk.desk.models import Family
from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.places import services as places
from kiosk.storage import clock, session
from tests.support.machines import Machine, prepare
from tests.sync.conftest import link_up

PEOPLE, VISITS, CORRECTIONS = 1_500, 2_400, 600
A_YEAR = 36_500
_SIZES = "select m.tbl_name, sum(s.pgsize) from dbstat s join sqlite_schema m on m.name = s.name group by 1"
PARTS = ("commit_log", "inbox", "field_ver")


def lived(kiosk: Machine) -> None:
    """Write what people write, mostly rows that nobody edits again."""
    space = places.space_uid("NIO")
    with kiosk.writing("manager"):
        for number in range(PEOPLE):
            members.register(space, given_name=f"Awa{number}", family_name="Sacko", sex=Sex.WOMAN)
    with kiosk.writing("manager"):
        for _ in range(VISITS):
            desk.note_visit(space, desk.Arrival(clock.today(), "F", next(iter(Family))))
    with kiosk.writing("manager"):
        for member in session().scalars(select(Member).limit(CORRECTIONS)):
            member.village = "Youri"


def sizes(centre: Machine) -> dict[str, int]:
    """Bytes of each table with its indexes, the file written anew."""
    raw = centre.store.engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
        return dict(raw.cursor().execute(_SIZES).fetchall())
    finally:
        raw.close()


def grown_old(centre: Machine) -> None:
    """Eleven months of twelve are over."""
    today = clock.now_ms() // clock.DAY_MS
    with centre.writing() as current:
        n = int((current.scalar(select(central_meta.c.n)) or 0) * 11 / 12)
        days = [today - compaction.KEEP_DAYS - 20, *range(today - compaction.WITNESSES, today)]
        current.execute(insert(log_day), [{"day": day, "n": n} for day in days])


@contextmanager
def timed(longest: list[float]) -> Iterator[None]:
    """Note how long each transaction of the sweep holds others up."""
    usual = compaction._sweep

    def sweeping(*about: object) -> tuple[int, bool]:
        since = time.perf_counter()
        try:
            return usual(*about)  # type: ignore[arg-type]
        finally:
            longest.append(time.perf_counter() - since)

    compaction._sweep = sweeping  # type: ignore[assignment]
    try:
        yield
    finally:
        compaction._sweep = usual


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="kiosk-lighter-") as place:
        centre, kiosk = prepare(Path(place) / "centre", "central"), prepare(Path(place) / "nioro")
        empty = sizes(centre)
        post = link_up(kiosk, centre)
        lived(kiosk)
        for _ in range(2):
            post.exchange()
        changes, before, longest = post.tallies[0].sent, sizes(centre), list[float]()
        grown_old(centre)
        with timed(longest):
            gone = compaction.lighten(centre.store)
        after = sizes(centre)
        print("| Table | bytes a change | after | a kiosk and year | after |\n|---|---|---|---|---|")
        for name in (*PARTS, ""):
            here = [_of(one, name) - _of(empty, name) for one in (before, after)]
            kept = " | ".join(f"{one / changes:.0f}" for one in here)
            a_year = " | ".join(f"{one / changes * A_YEAR / 1e6:.1f} MB" for one in here)
            print(f"| {name or 'all'} | {kept} | {a_year} |")
        print(f"{changes} changes, {gone} commits went, at most {max(longest) * 1e3:.0f} ms at once")
        centre.close()
        kiosk.close()


def _of(found: dict[str, int], name: str) -> int:
    return found.get(name, 0) if name else sum(found.values())


if __name__ == "__main__":
    main()
