"""What an exchange costs on a real socket, headers counted."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.places.models import Room
from kiosk.storage import session
from kiosk.sync.enrol import enrol
from kiosk.sync.worker import Talker
from tests.support.counting import counting
from tests.support.day import Space
from tests.support.machines import Machine
from tests.support.processes import Served
from tests.sync.conftest import code_for
from tests.sync.telling import NIORO
from tests.sync.tls import Door, authority, leaf

pytestmark = pytest.mark.process
Serve = Callable[..., Served]


def test_nothing_to_do_is_one_request_of_a_few_hundred_bytes(
    kiosk: Machine, centre: Machine, serve: Serve
) -> None:
    with kiosk.writing():
        session().add_all([Room(space_uid=NIORO, name=f"Salle {number}") for number in range(3000)])
    code = code_for(centre, "NIO")
    served = serve(centre.data)
    with counting(served.port) as relay:
        enrol(kiosk.store, kiosk.data, f"http://127.0.0.1:{relay.port}", code, "1.2.3+build")
        talker = Talker(kiosk.store, kiosk.data, "1.2.3+build")
        for _ in range(3):
            talker.exchange()
        relay.reset()
        talker.exchange()
        talker.close()
    assert (relay.requests, relay.connections) == (1, 0)
    assert 0 < relay.up <= 700
    assert 0 < relay.down <= 700


def test_a_days_exchange_goes_on_with_its_tls_session_in_six_kilobytes(
    kiosk: Machine, centre: Machine, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Between the morning and the evening the connection rests for hours, not for this test's second.
    monkeypatch.setattr("kiosk.sync.line._RESTED", 0.0)
    certified = authority(tmp_path)
    (centre.data / "ca.pem").write_text(certified.read_text())
    space, code = Space(kiosk, "le soir", at=datetime.now(UTC)), code_for(centre, "NIO")
    space.before()
    door = Door(serve(centre.data).port, leaf(tmp_path, certified))
    with counting(int(door.url.rpartition(":")[2])) as relay:
        enrol(kiosk.store, kiosk.data, f"https://127.0.0.1:{relay.port}", code, "1.2.3")
        talker = Talker(kiosk.store, kiosk.data, "1.2.3")
        talker.exchange()
        resumed = door.context.session_stats()["hits"]
        relay.cut()
        space.day()
        relay.reset()
        tally = talker.exchange()
        talker.close()
    door.close()
    assert tally.sent > 95
    assert (relay.connections, door.context.session_stats()["hits"] - resumed) == (1, 1)
    assert 0 < relay.up + relay.down <= 6_000
