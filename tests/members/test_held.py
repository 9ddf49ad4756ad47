"""« Ses données »: every row about a member is on her sheet, whatever the room that keeps it."""

import datetime
import uuid
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, Text

from kiosk.members import held, queries, traces
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import Synced, session, synced_models, telling, transaction
from kiosk.storage.base import synced_columns
from kiosk.storage.types import OpenEnum, Uid
from tests.support.machines import Machine

OF_THEIR_OWN = {"member", "consent", "own_answer", "person_link"}
UNSAID = {
    "visit": {"noted_at"},  # when the line was typed, beside the hour she came
    "card_request": {"asked_by"},  # who of the staff asked
    "consent": set(),
}


def marked(model: type[Synced], column: Any) -> Any:
    """A value that can be found again: words that name their column, the same day and number elsewhere."""
    kind = column.type
    if isinstance(kind, OpenEnum):
        return next(iter(kind.enum))
    if isinstance(kind, Boolean | Integer):
        return True if isinstance(kind, Boolean) else 1
    if isinstance(kind, Date):
        return datetime.date(2026, 3, 4)
    if isinstance(kind, JSON):
        return []
    return f"mot {model.__tablename__} {column.name}" if isinstance(kind, Text) else None


def made(model: type[Synced], awa: Member, known: dict[str, uuid.UUID]) -> uuid.UUID:
    """A row of a table, with the rows it stands on; whatever names a member names Awa."""
    if model.__tablename__ not in known:
        values: dict[str, Any] = {}
        for column in synced_columns(model.__table__):
            target = next((key.column.table.name for key in column.foreign_keys), None)
            if column.name == "deleted_at" or (target and column.nullable and target not in known):
                continue
            if target:
                values[column.name] = made(synced_models()[target], awa, known)
            elif column.name == "member_uid":
                values[column.name] = awa.uid
            elif isinstance(column.type, Uid):
                values[column.name] = uuid.UUID(int=5)
            else:
                values[column.name] = marked(model, column)
        row = model(**values)
        session().add(row)
        session().flush()
        known[model.__tablename__] = row.uid
    return known[model.__tablename__]


def about_a_member() -> set[str]:
    """Every synced table that names a member, or whose rows belong to one that does: read from the keys."""
    tables: dict[str, Any] = {name: model.__table__ for name, model in synced_models().items()}
    found = {name for name, table in tables.items() if "member_uid" in table.columns} | {"person_link"}
    leads = {(name, key.column.table.name) for name, table in tables.items() for key in table.foreign_keys}
    found |= {name for name, to in leads if to == "member"}
    while more := {name for name, to in leads if to in found - {"member"}} - found:
        found |= more
    return found


@pytest.fixture
def awa(kiosk: Machine) -> Any:
    """Awa, of whom every room keeps something."""
    with kiosk.open("manager"):
        space = places.here_uid()
        assert space
        with transaction():
            member = Member(
                space_uid=space, card="NIO-000001-T", given_name="Awa", family_name="Coulibaly",
                sex="F", registered_on=datetime.date(2026, 3, 4), birth_year_about=False,
            )  # fmt: skip
            session().add(member)
            session().flush()
            known = {"member": member.uid, "space": space}
            for name in sorted(about_a_member() - {"member", "person_link"}):
                made(synced_models()[name], member, known)
        yield member


def test_no_table_about_her_is_left_out_nor_any_word_in_it(awa: Member) -> None:
    sheet = "\n".join(f"{what} | {said}" for part in held.parts(awa) for what, said in part.lines)
    for name in sorted(about_a_member() - OF_THEIR_OWN):
        kind = telling.kind(name)
        assert kind is not None and str(kind) in sheet, f"{name} is not on her sheet, or has no name there"
        for column in synced_columns(synced_models()[name].__table__):
            if isinstance(column.type, Text) and not isinstance(column.type, OpenEnum):
                assert f"mot {name} {column.name}" in sheet, f"{name}.{column.name} is not on her sheet"
    assert "Autre trace" not in sheet


def test_every_field_of_these_tables_has_words_for_her() -> None:
    for name in sorted(about_a_member() - OF_THEIR_OWN):
        columns = synced_columns(synced_models()[name].__table__)
        plain = {one.name for one in columns if not isinstance(one.type, Uid | Date)} - {"deleted_at"}
        untold = plain - set(telling.on_her_sheet(name)) - UNSAID.get(name, set())
        assert not untold, f"{name}: say what {sorted(untold)} is called, in the telling of its room"


def test_a_walk_of_the_tables_finds_what_the_sheet_reads(awa: Member) -> None:
    assert set(traces.ways()) == about_a_member() - OF_THEIR_OWN
    own = {one.name for one in synced_columns(Member.__table__) if not isinstance(one.type, Uid)}
    own -= {"deleted_at"}
    assert own - set(telling.labels("member")) == {"card"}, "her card stands first on the sheet"


def test_the_page_prints_it_all(kiosk: Machine, awa: Member) -> None:
    page = kiosk.as_("manager").get(f"/membres/{awa.uid}/donnees").text
    for words in ("mot follow_up_meeting subject", "mot volunteer_time task", "mot booking purpose"):
        assert words in page
    assert queries.one(awa.uid).card in page
