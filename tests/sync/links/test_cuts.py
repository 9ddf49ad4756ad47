"""Connections that break, stall or come twice: what was acknowledged stays, the rest goes again."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.sync import keyfile, line, link, worker
from kiosk.sync.trouble import NoLink, Unreached
from tests.support.processes import Run
from tests.sync.links.conftest import Line
from tests.sync.links.proxy import DOWN, FIN, RST, SILENT, UP, Proxy, Weather
from tests.sync.telling import stream
from tests.sync.test_processes import point_at

pytestmark = pytest.mark.process
ONE_BATCH = 16_000
"""Bytes of the largest piece that goes at once here, headers and all: generous."""


def test_a_cut_anywhere_costs_one_batch_at_most(road: Line, hurried: None) -> None:
    """Each connection dies after a few kilobytes, in every way a connection can die."""
    road.sync()
    for how in (FIN, RST, SILENT):
        for way, after in ((UP, 4_000), (DOWN, 700)):
            road.write(24, notes=150)
            before = road.answered
            proxy = road.through(Weather(cut=(way, after, how)))
            road.tries()
            assert proxy.cuts, (how, way)
            again = proxy.passed[UP] - (road.answered - before)
            assert again <= proxy.cuts * ONE_BATCH, (how, way)
    road.straight()
    road.check()


def test_a_batch_halves_at_each_cut_grows_with_each_success_and_is_remembered(
    road: Line, hurried: None
) -> None:
    road.write(60, notes=150)
    before = road.known.batch
    road.through(Weather(cut=(UP, 1_500, RST)))
    for half in (2, 4, 8, 8):
        with pytest.raises(NoLink):
            road.sync()
        assert road.known.batch == max(before // half, link.SMALLEST)
    road.straight()
    road.sync()
    grown = road.known.batch
    assert link.SMALLEST < grown <= link.LARGEST, "it grew while changes waited"
    road.sync()
    assert road.known.batch == grown, "and stays where nothing waits"
    road.check()


def test_a_network_that_is_not_there_teaches_nothing_and_is_no_error(road: Line, run: Run) -> None:
    road.write(3)
    before = road.known
    point_at(road.kiosk, "http://127.0.0.1:9")
    for _ in range(3):
        with pytest.raises(Unreached):
            road.sync()
    assert (road.known.batch, road.known.rate) == (before.batch, before.rate)
    said = run(road.kiosk.data, "sync")
    assert said.returncode == 1
    assert said.stderr.splitlines() == ["Pas de réseau vers le centre. Rien n’est perdu."]
    page = road.page()
    assert "Pas de réseau vers le centre." in page
    assert "erreur" not in page.lower()
    road.straight()
    road.sync()
    road.check()


def test_one_command_goes_on_by_itself_as_long_as_something_passes(road: Line, hurried: None) -> None:
    """A link that is up a moment and down a moment: nobody has to press again."""
    road.sync()
    with road.kiosk.writing() as current:
        link.change(current.connection(), batch=2_048)
    road.write(100, notes=150)
    proxy = road.through(Weather(cut=(UP, 12_000, RST)))
    assert road.sync().sent >= 100
    assert proxy.cuts >= 2
    road.check()


def test_a_request_that_arrives_twice_counts_once(road: Line) -> None:
    road.sync()
    mine = stream(road.kiosk)
    proxy = road.through(Weather(again=True))
    for _ in range(3):
        road.write(4)
        road.sync()
    until = time.monotonic() + 10
    while proxy.echoes < 3 and time.monotonic() < until:
        time.sleep(0.02)
    assert proxy.echoes == 3
    road.write(1)
    road.sync()
    road.check()
    assert stream(road.kiosk) == mine


@pytest.fixture
def talker(road: Line) -> Iterator[worker.Talker]:
    """The worker's voice, which keeps its connection."""
    made = worker.Talker(road.kiosk.store, road.kiosk.data, "test")
    yield made
    made.close()


def rest(road: Line, talker: worker.Talker) -> Proxy:
    """Exchange, and then say nothing for longer than the relay remembers."""
    proxy = road.through(Weather(idle=0.3))
    talker.exchange()
    time.sleep(0.5)
    road.write(2)
    return proxy


def test_a_silent_connection_is_given_up_before_a_relay_forgets_it(
    road: Line, talker: worker.Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_STALE", 0.2)
    proxy = rest(road, talker)
    began = time.monotonic()
    talker.exchange()
    assert time.monotonic() - began < 5
    assert proxy.opened == 2
    road.check()


def test_a_relay_that_forgets_sooner_costs_one_wait(
    road: Line, talker: worker.Talker, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_RESTED", 0.2)
    proxy, batch = rest(road, talker), road.known.batch
    talker.exchange()
    assert proxy.opened == 2
    assert road.known.batch == batch, "it was no cut"
    road.check()


def test_a_line_tells_whether_anything_left(road: Line) -> None:
    """What a cut teaches depends on it."""
    identity = replace(keyfile.load(road.kiosk.data), centre="http://127.0.0.1:9")
    with pytest.raises(Unreached):
        line.HttpLine(identity.centre).ask("GET", "/", {}, b"", 1.0)
    proxy = road.through(Weather(cut=(UP, 10, RST)))
    with pytest.raises(NoLink) as told:
        line.HttpLine(proxy.url).ask("POST", "/", {}, b"x" * 900, 1.0)
    assert not isinstance(told.value, Unreached)
    assert told.value.size == 900
    assert proxy.opened == 1, "what was cut is not said again at once, at full length"


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_again_without_a_word(
    road: Line, talker: worker.Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_RESTED", 0.0)
    proxy = road.through(Weather())
    talker.exchange()
    proxy.hang_up()
    road.write(1)
    talker.exchange()
    assert proxy.opened == 2
    road.check()
