"""Many rows at once leave what as many objects would have left: rows, log, chain, counter, search."""

import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select, text

from kiosk.language import fold
from kiosk.members.models import Member
from kiosk.places.models import Room, Space
from kiosk.storage import Base, Store, bulk, create_rows, derived_uid, search, session, set_actor, transaction
from kiosk.storage.changes import Change, first_link, next_link, op_id
from kiosk.storage.log import sync_log, sync_self
from kiosk.storage.store import finish_schema

NIORO, KADIDIA = derived_uid("space"), derived_uid("kadidia")
MANY = 50
TOLD = ("tab", "row_uid", "op", "body", "base_epoch", "base_n", "schema", "boot_no", "actor_uid", "state")


def people(count: int) -> Iterator[dict[str, Any]]:
    """Women of one space, no two alike, with every kind of value."""
    for n in range(count):
        yield {
            "uid": derived_uid(f"member-{n}"), "space_uid": NIORO, "card": f"NIO-{n:06d}-X", "sex": "F",
            "given_name": ("Ɲɛ́nɛ", "Awa", "E\u0301lise")[n % 3], "family_name": f"N’Diaye {n}",
            "birth_year": 1980 + n % 30 if n % 2 else None, "birth_year_about": n % 2 == 0,
            "languages": ["bm", "fr"] if n % 3 else None, "phone": f"+2237{n:07d}",
            "registered_on": datetime.date(2026, 1, 5),
        }  # fmt: skip


def by_objects(rows: list[dict[str, Any]]) -> None:
    """The way of a page."""
    session().add_all([Member(**row) for row in rows])


def by_rows(rows: list[dict[str, Any]]) -> None:
    """The way of an import."""
    create_rows(Member, rows)


def left_by(write: Callable[[list[dict[str, Any]]], None], folder: Path) -> dict[str, Any]:
    """What a way of writing leaves in a database of its own."""
    folder.mkdir()
    with closing(Store(f"sqlite:///{folder / 'kiosk.db'}")) as store:
        with store.engine.begin() as connection:
            Base.metadata.create_all(connection)
            finish_schema(connection)
        with store.open(actor=KADIDIA):
            with transaction():
                session().add(Space(uid=NIORO, code="NIO", name="Nioro"))
            with transaction():
                write(list(people(MANY)))
            return {**left(), "chained": chain_holds()}


def left() -> dict[str, Any]:
    """Rows, log and search, without what differs from one machine to the next."""
    members = rows_of(Base.metadata.tables["member"])
    told = session().execute(select(*(sync_log.c[name] for name in TOLD)).order_by(sync_log.c.seq))
    words = session().execute(text("SELECT uid, words FROM member_search ORDER BY uid"))
    counted = session().scalar(select(sync_self.c.seq))
    return {
        "rows": members,
        "log": [tuple(row) for row in told],
        "words": [tuple(row) for row in words],
        "seq": counted,
    }


def rows_of(table: Table) -> list[tuple[Any, ...]]:
    """All columns of all rows, local and bookkeeping columns included."""
    return [tuple(row) for row in session().execute(select(table).order_by(table.c.uid))]


def chain_holds() -> bool:
    """Work out each name and each link again from the rows of the log."""
    me = session().execute(select(sync_self)).one()
    link, last = first_link(me.stream_uid), 0
    for row in session().execute(select(sync_log).order_by(sync_log.c.seq)):
        fields = json.loads(row.body)
        change = Change(
            row.tab, row.row_uid, row.op, fields, None, row.schema, row.hlc, row.boot_no, row.actor_uid
        )
        link = next_link(link, op_id(row.author_stream, row.author_seq, change))
        if link != row.chain or row.hlc <= last or row.author_seq != row.seq:
            return False
        last = row.hlc
    return bool(link == me.chain and last == me.hlc)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two parts go at the pace of the driver, the last one is too short for it."""
    monkeypatch.setattr(bulk, "_PART", 24)


@pytest.mark.usefixtures("small_parts")
def test_rows_leave_what_objects_leave(tmp_path: Path) -> None:
    """One door in the log, whatever the pace."""
    objects, rows = left_by(by_objects, tmp_path / "objects"), left_by(by_rows, tmp_path / "rows")
    assert len(rows["rows"]) == len(rows["words"]) == MANY and len(rows["log"]) == MANY + 1
    assert rows["chained"] and objects["chained"]
    assert rows == objects


def test_what_a_row_leaves_out_takes_its_default_and_an_id(nioro: Space) -> None:
    """The log tells the default too: another version may have another one."""
    with transaction():
        create_rows(Room, [{"space_uid": nioro.uid, "name": "Cour", "seats": None}])
    made = session().scalars(select(Room)).one()
    assert (made.seats, made.computers, made.ver) == (0, 0, 1)
    body = session().scalars(select(sync_log.c.body).where(sync_log.c.row_uid == made.uid)).one()
    assert json.loads(body) == {"computers": 0, "name": "Cour", "seats": 0, "space_uid": nioro.uid.hex}


def test_what_the_session_holds_is_written_before(store: Store) -> None:
    """A parent just added stands when its rows come."""
    with transaction():
        session().add(Space(uid=NIORO, code="NIO", name="Nioro"))
        create_rows(Room, [{"space_uid": NIORO, "name": "Cour"}])
    assert list(session().scalars(select(sync_log.c.tab).order_by(sync_log.c.seq))) == ["space", "room"]


def cut_short(space: uuid.UUID) -> None:
    """A second part that cannot be written, after a first one that was."""
    with transaction():
        create_rows(Room, [{"space_uid": space, "name": "Une"}, {"space_uid": space, "name": 0.5}])


@pytest.mark.parametrize("part", [1, 1000])
def test_a_failure_leaves_neither_rows_nor_log_nor_counter(
    nioro: Space, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """All the parts or none of them."""
    monkeypatch.setattr(bulk, "_PART", part)
    before = session().scalar(select(sync_self.c.seq))
    with pytest.raises(TypeError):
        cut_short(nioro.uid)
    assert session().scalar(select(func.count()).select_from(Room)) == 0
    assert session().scalar(select(func.count()).select_from(sync_log)) == before
    assert session().scalar(select(sync_self.c.seq)) == before


@pytest.mark.parametrize("name", ["nom", "name_fold", "ver", "cver_n"])
def test_a_name_that_does_not_travel_is_refused(store: Store, name: str) -> None:
    """A misspelt column would be lost without a word; a local one would not be worked out."""
    with pytest.raises(TypeError, match=name), transaction():
        create_rows(Member, [{**next(people(1)), name: 1}])


def test_who_acts_is_kept_with_each_row(nioro: Space) -> None:
    """The log says who imported."""
    set_actor(KADIDIA)
    with transaction():
        create_rows(Room, [{"space_uid": nioro.uid, "name": "Cour"}])
    assert session().scalars(select(sync_log.c.actor_uid).order_by(sync_log.c.seq.desc())).first() == KADIDIA


TYPED = ("Awa TRAORÉ", "n’diaye d'Oulé", "Ɲɔgɔ\u00a0ɛ́\u2003x", "76 12-34", "a_b c+d", "½ ﬁn ´ ok", "\u0301 a")


@pytest.mark.parametrize("typed", TYPED)
def test_words_are_those_of_the_whole_text_folded(typed: str) -> None:
    """Words are folded one by one, and the same ones come back: nothing else may differ."""
    assert search.words_of(typed) == re.findall(r"[^\W_]+", fold(typed))
