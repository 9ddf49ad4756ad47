"""A code that is refused leaves a machine as it was: it may still be set up as a new one."""

import pytest

from kiosk.sync import rebuild
from kiosk.sync.trouble import CodeRefused, NoLink
from tests.support.machines import Machine
from tests.sync.conftest import code_for
from tests.sync.wire import Wsgi

HERE = "http://127.0.0.1"


def coming(machine: Machine) -> int | None:
    with machine.open() as current:
        return rebuild.coming(current.connection(), machine.data)


def test_nothing_is_awaited_after_a_refused_code(kiosk: Machine, centre: Machine) -> None:
    line = Wsgi(centre.app)
    with pytest.raises(CodeRefused):
        rebuild.begin(kiosk.store, kiosk.data, HERE, "MAUVAIS-CODE", "test", line)
    assert coming(kiosk) is None
    line.cut = "before"
    with pytest.raises(NoLink):
        rebuild.begin(kiosk.store, kiosk.data, HERE, code_for(centre, "NIO"), "test", line)
    assert coming(kiosk) == 0, "only the link lacked: it is tried again"
