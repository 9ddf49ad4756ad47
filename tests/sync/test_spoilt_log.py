"""A line of the log that a failing card spoilt, years after it was written, stops nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from kiosk.central import meta
from kiosk.storage.log import sync_log
from kiosk.sync.enrol import _owner_of
from kiosk.sync.time import moments
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import copied, register, waiting
from tests.sync.test_unreadable import SPOILT, spoil, write_rooms
from tests.sync.wire import Wsgi

BODIES = pytest.mark.parametrize("body", SPOILT.values(), ids=SPOILT)


@BODIES
def test_a_restored_centre_still_gets_everything_again(
    nioro: Post, centre: Machine, tmp_path: Path, body: str
) -> None:
    nioro.exchange()
    monday = copied(centre, tmp_path / "monday")
    write_rooms(nioro.kiosk)
    spoil(nioro.kiosk, body)
    nioro.exchange()
    with monday.writing() as current:
        meta.new_epoch(current.connection())
    Post(nioro.kiosk, Wsgi(monday.app)).exchange()
    assert waiting(nioro.kiosk) == 0
    with monday.open() as current:
        assert current.scalar(text("select count(*) from room where name like 'Salle %'")) == 23
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select count(*) from room where name like '%alle%'")) == 24
    monday.close()


@BODIES
def test_moments_are_corrected_and_the_owner_found_all_the_same(kiosk: Machine, body: str) -> None:
    register(kiosk, "Awa Coulibaly")
    with kiosk.writing() as current:
        current.connection().execute(update(sync_log).values(body=body))
        for row in current.connection().execute(select(sync_log)).all():
            assert moments._amended(current, row, 10_000_000) is False
            _owner_of(row)  # raises nothing
