"""Old and new machines: every released schema keeps syncing, and none of its files ever changes."""

import hashlib
import uuid
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.central import distribute, meta
from kiosk.central.reach import Reach
from kiosk.partners.models import Kind, Organisation, Project
from kiosk.places.models import Room
from kiosk.storage import SCHEMA, session, transaction, versions
from kiosk.storage.capture import row_of
from kiosk.storage.changes import Change
from kiosk.sync import frame
from kiosk.sync.messages import Request
from kiosk.sync.trouble import TooOld
from tests.house import schemas
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import NIORO, named, register, waiting

RELEASED = {
    1: "a2abaedcf3ed0cd4570423a6599cc4c520d9382fa03083e1937944fd8ee5cc2c",
    2: "4f3a8201fea9eb2c23cd013b89e7e7a380971859b0c5eb38fbebfcf8982f5f48",
    3: "115e598f2f75bfa0a09e1dff0cce06041b4bc8343f66147862094bfaf2e318b9",
    4: "c0b5b4400bc18e5b8002c614184af7b130538533457fe50a4c99ed502700f403",
}
"""Schemas that kiosks in the field may speak: a new column belongs to the next one."""


@pytest.mark.parametrize(("number", "print_"), RELEASED.items())
def test_a_released_schema_never_changes(number: int, print_: str) -> None:
    found = (versions.FOLDER / f"{number}.json").read_bytes()
    assert hashlib.sha256(found).hexdigest() == print_


def test_the_newest_schema_is_the_models() -> None:
    """Run `python -m tests.house.schemas` after a synced column or table was added."""
    found = (versions.FOLDER / f"{SCHEMA}.json").read_text(encoding="utf-8")
    assert found == schemas.text(schemas.document())


def test_every_schema_between_the_oldest_and_the_newest_is_known_and_only_adds() -> None:
    numbers = range(versions.OLDEST, SCHEMA + 1)
    assert set(numbers) - {SCHEMA} <= RELEASED.keys() <= set(numbers)
    assert versions.UPCASTERS.keys() == set(numbers) - {SCHEMA}
    for number in list(numbers)[1:]:
        before, after = versions.schema(number - 1), versions.schema(number)
        assert [t.name for t in after.order][: len(before.order)] == [t.name for t in before.order]
        for table in before.order:
            assert after.tables[table.name].columns[: len(table.columns)] == table.columns


def pull(centre: Machine, cursor: str, schema: int) -> Any:
    """Ask the centre for pages as a machine of that schema would."""
    nobody = uuid.UUID(int=1)
    request = Request(nobody, None, 1, bytes(16), (), bytes(16), 0, 0, cursor, schema=schema)
    with centre.open() as current:
        return distribute.page(current.connection(), request, Reach(("all", f"space:{NIORO.hex}")))


def test_an_older_kiosk_is_told_only_what_it_knows_and_the_rest_once_it_is_newer(
    centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = pull(centre, "", SCHEMA).cursor
    with centre.writing():
        session().add(Organisation(kind=Kind.NGO, name="Jiguiya", place="Kayes"))
        session().add(Project(code="PROJET", name="Projet", donors=[], active=True))
    older = versions.schema(1)
    organisation = replace(older.tables["organisation"], columns=("kind", "name"))
    tables = {"organisation": organisation}
    monkeypatch.setattr(versions, "schema", lambda number: replace(older, tables=tables))
    page = pull(centre, start, 1)
    assert [(item.tab, item.fields) for item in page.items] == [
        ("organisation", {"kind": "ngo", "name": "Jiguiya"})
    ]
    assert not pull(centre, page.cursor, 1).full
    again = pull(centre, page.cursor, SCHEMA)
    assert again.full
    assert {item.tab for item in again.items} >= {"organisation", "project"}
    assert next(i.fields["place"] for i in again.items if i.tab == "organisation") == "Kayes"


def test_a_kiosk_that_was_told_all_keeps_its_cursor_when_it_is_upgraded(centre: Machine) -> None:
    with centre.writing():
        session().add(Organisation(kind=Kind.NGO, name="Jiguiya"))
    page = pull(centre, pull(centre, "", SCHEMA).cursor, 1)
    assert not pull(centre, page.cursor, SCHEMA).full


def test_what_a_newer_kiosk_wrote_waits_for_the_centres_upgrade(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("kiosk.central.merge.SCHEMA", 1)
        older.setattr("kiosk.storage.log.written_in", lambda *_: SCHEMA)
        register(nioro.kiosk, "Awa Coulibaly")
        nioro.exchange()
        assert named(centre) == []
        with nioro.kiosk.open() as current:
            assert (
                current.scalar(text("select distinct reason from sync_log where state = 'held'")) == "schema"
            )
    with centre.open() as current, transaction():
        meta.prepare(current.connection(), centre.data)
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly"]
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select count(*) from sync_log where state = 'held'")) == 0


def test_what_a_newer_kiosk_wrote_in_old_words_does_not_wait(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.central.merge.SCHEMA", 1)
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly"]


def test_a_row_is_written_in_the_oldest_schema_that_says_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert versions.written_in("room", {"name": "Salle"}) == 1
    assert versions.written_in("room", {"name": "Salle", "colour": "bleu"}) == SCHEMA
    assert versions.written_in("person_link", {"a": "00"}) == 2
    monkeypatch.setitem(versions.UPCASTERS, 1, lambda change: {**change.fields, "seats": 7})
    assert versions.written_in("room", {"name": "Salle"}) == 2


def test_a_kiosk_that_is_too_old_collects_on_and_says_so(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(versions, "OLDEST", SCHEMA + 1)
        for name in ("Awa Coulibaly", "Sira Kanté"):
            register(nioro.kiosk, name)
            with pytest.raises(TooOld):
                nioro.exchange()
        assert "Mise à jour requise" in nioro.kiosk.as_("manager").get("/envois").text
    assert named(centre) == []
    assert waiting(nioro.kiosk) > 2
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly", "Sira Kanté"]


def without_seats(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "seats"}


def test_an_old_row_takes_the_default_of_a_column_it_never_had(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = versions.defaults
    monkeypatch.setattr(versions, "defaults", lambda tab: {"seats": 7} if tab == "room" else known(tab))
    monkeypatch.setattr("kiosk.storage.capture.row_of", lambda target: without_seats(row_of(target)))
    with nioro.kiosk.writing():
        session().add(Room(space_uid=NIORO, name="Salle", seats=3))
    nioro.exchange()
    with centre.open() as current:
        assert current.scalar(text("select seats from room")) == 7


def test_an_older_row_is_lifted_step_by_step_and_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "SCHEMA", 4)
    steps = {n: (lambda change, n=n: {**change.fields, f"step{n}": change.schema}) for n in (1, 2, 3)}
    monkeypatch.setattr(versions, "UPCASTERS", steps)
    change = Change("room", uuid.UUID(int=5), "i", {"name": "Salle"}, schema=2)
    assert versions.lifted(change) == {"name": "Salle", "step2": 2, "step3": 3}
    assert change.fields == {"name": "Salle"}


def numbers_of(frames: list[bytes]) -> list[int]:
    """Return the dictionary each frame was written with."""
    return [body[5] for body in frames]


@pytest.fixture
def overheard(nioro: Post) -> list[bytes]:
    """The bodies that the kiosk of Nioro sends."""
    ask, heard = nioro.line.ask, []

    def listening(method: str, path: str, headers: Any, body: bytes, patience: float) -> Any:
        heard.append(body)
        return ask(method, path, headers, body, patience)

    nioro.line.ask = listening  # type: ignore[method-assign]
    return heard


def test_a_kiosk_writes_in_full_until_the_centre_says_that_it_reads_more(
    nioro: Post, overheard: list[bytes]
) -> None:
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    found = numbers_of(overheard)
    assert (found[0], set(found[1:])) == (0, {frame.DICTIONARY})


def test_a_centre_that_lacks_a_row_named_by_its_place_is_told_in_full(
    nioro: Post, centre: Machine, overheard: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    overheard.clear()
    monkeypatch.setattr("kiosk.central.receive.created", lambda *_: {})
    nioro.exchange()
    assert numbers_of(overheard)[:2] == [frame.DICTIONARY, 0]
    assert named(centre) == ["Awa Coulibaly"]
    assert len(overheard) <= 4


def test_an_older_centre_is_spoken_to_as_it_understands(
    nioro: Post, centre: Machine, overheard: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It neither reads the new frames nor knows of them: it answers as it always did."""
    nioro.exchange()
    read = frame.decode

    def older(body: bytes, *limit: int) -> Any:
        if body[5] and body in overheard:
            raise frame.FrameError("unknown codec or dictionary")
        document = read(body, *limit)
        document.pop("reads", None)
        return document

    register(nioro.kiosk, "Awa Coulibaly")
    monkeypatch.setattr(frame, "decode", older)
    nioro.exchange()
    overheard.clear()
    register(nioro.kiosk, "Sira Kanté")
    nioro.exchange()
    assert set(numbers_of(overheard)) == {0}
    assert named(centre) == ["Awa Coulibaly", "Sira Kanté"]
