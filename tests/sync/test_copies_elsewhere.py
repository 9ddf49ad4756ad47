"""Copies of the centre that somebody declares safe elsewhere, and what consoles tell of lighter logs."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from kiosk.central import copies
from kiosk.cli import main
from kiosk.storage import Refusal
from kiosk.sync import compaction
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.test_compaction import declare, light, meet

__all__ = ["light", "meet"]


def test_a_half_empty_file_is_written_anew(kiosk: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with kiosk.writing() as current:
        connection = current.connection()
        connection.execute(text("create table filler (body blob)"))
        for _ in range(20):
            connection.execute(text("insert into filler values (randomblob(200000))"))
    with kiosk.writing() as current:
        current.connection().execute(text("drop table filler"))
    before = size(kiosk)
    assert not compaction.shrink(kiosk.store.engine, kiosk.data)
    monkeypatch.setattr(compaction, "WORTH", 1_000_000)
    assert compaction.shrink(kiosk.store.engine, kiosk.data)
    assert size(kiosk) < before - 3_000_000
    assert not compaction.shrink(kiosk.store.engine, kiosk.data)


def size(machine: Machine) -> int:
    with machine.open() as current:
        current.execute(text("pragma wal_checkpoint(truncate)"))
        return (
            current.scalar(text("select page_count * page_size from pragma_page_count, pragma_page_size"))
            or 0
        )


def test_a_mark_that_nobody_set_declares_no_copy(centre: Machine) -> None:
    with centre.writing(), pytest.raises(Refusal):
        copies.safe(1)
    with centre.open():
        assert copies.last_made() is None
    declare(centre)
    with centre.open():
        assert copies.last_made()


def test_the_console_declares_a_copy_and_both_sides_tell(
    light: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    light.kiosk.close()
    centre.close()
    said = [spoken(centre, "central", "offsite"), spoken(centre, "central", "offsite", "2")]
    assert "Marque 2" in said[0] and "à l’abri" in said[1]
    assert "Cette marque n’existe pas" in spoken(centre, "central", "offsite", "9")
    assert "copie à l’abri ailleurs : le " in spoken(centre, "status")
    assert "journal allégé de : " in spoken(light.kiosk, "status")


def spoken(machine: Machine, *words: str) -> str:
    done = CliRunner().invoke(main, ["--data", str(machine.data), *words])
    return f"{done.output} {done.exception}"
