"""What an exchange costs on a real socket, headers counted."""

from collections.abc import Callable

import pytest

from kiosk.places.models import Room
from kiosk.storage import session
from kiosk.sync.enrol import enrol
from kiosk.sync.worker import Talker
from tests.support.counting import counting
from tests.support.machines import Machine
from tests.support.processes import Served
from tests.sync.conftest import code_for
from tests.sync.telling import NIORO

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
