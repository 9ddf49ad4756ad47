"""Files between a kiosk and its centre, one process: what travels, in which order, at what cost."""

import pytest
from sqlalchemy import text

from kiosk.library.kinds import JPEG
from kiosk.library.vocabulary import Part
from kiosk.storage import clock
from kiosk.sync import keyfile
from kiosk.sync.blobs.carrier import Carrier, Moved
from kiosk.sync.blobs.needs import carrying
from kiosk.sync.caller import Caller
from tests.support.machines import Machine
from tests.sync.carrying import calls_of, carry, content, share, store_of
from tests.sync.conftest import Post


def test_only_the_library_and_articles_let_their_files_travel() -> None:
    """Photographs of members and answers on disability stay at home: adding a line here is a decision."""
    assert {model.__tablename__ for model in carrying()} == {"material_file", "post_picture"}


def test_a_file_shared_at_nioro_is_read_at_yelimane(nioro: Post, yelimane: Post, centre: Machine) -> None:
    data = content(300_000)
    sha = share(nioro.kiosk, data)
    yelimane.exchange()
    assert carry(nioro).sent == 1
    assert store_of(centre).path(sha).read_bytes() == data
    assert carry(yelimane).received == 1
    assert store_of(yelimane.kiosk).path(sha).read_bytes() == data
    for machine in (nioro.kiosk, yelimane.kiosk, centre):
        assert not list(machine.settings.spool.glob("*.part"))


def test_nothing_travels_twice_and_idle_rounds_ask_nothing(nioro: Post, yelimane: Post) -> None:
    share(nioro.kiosk, content(90_000))
    carry(nioro)
    carry(yelimane)
    for post in (nioro, yelimane):
        post.exchange()
        before = post.line.calls
        caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
        assert Carrier(post.kiosk.store, post.kiosk.data).carry(caller) == Moved()
        assert post.line.calls == before


def test_a_content_the_centre_has_costs_one_look(nioro: Post, yelimane: Post) -> None:
    data = content(200_000)
    share(nioro.kiosk, data)
    carry(nioro)
    yelimane.exchange()
    share(yelimane.kiosk, data, space="YEL")
    yelimane.exchange()
    before = yelimane.line.calls
    caller = Caller(keyfile.load(yelimane.kiosk.data), yelimane.line, "test")
    assert Carrier(yelimane.kiosk.store, yelimane.kiosk.data).carry(caller).sent == 1
    assert yelimane.line.calls == before + 1


def test_covers_leave_before_books_and_the_lightest_book_first(nioro: Post) -> None:
    heavy, light = share(nioro.kiosk, content(200_000, 2)), share(nioro.kiosk, content(70_000, 3))
    cover = share(nioro.kiosk, content(90_000, 4), Part.POSTER, JPEG)
    order = []
    line, ask = nioro.line, nioro.line.ask

    def watched(method: str, path: str, *rest: object) -> object:
        if method == "POST" and "/blob/" in path:
            order.append(path.rpartition("/")[2])
        return ask(method, path, *rest)

    line.ask = watched
    assert carry(nioro).sent == 3
    assert order == [cover, light, heavy]


def test_originals_of_pictures_and_very_large_files_wait_for_a_key(nioro: Post) -> None:
    share(nioro.kiosk, content(90_000), Part.ORIGINAL, JPEG)
    share(nioro.kiosk, content(17_000_000))
    assert carry(nioro).sent == 0


def test_changes_interrupt_a_file_between_two_pieces(nioro: Post, centre: Machine) -> None:
    data = content(200_000)
    sha = share(nioro.kiosk, data)
    asked = iter([False] * 3)
    moved = carry(nioro, lambda: next(asked, True))
    assert (moved.sent, moved.again) == (0, True)
    assert 0 < (calls_of(nioro).look(sha) or 0) < len(data)
    assert carry(nioro).sent == 1
    assert store_of(centre).has(sha)


def test_the_budget_of_a_day_holds_over_restarts(nioro: Post, centre: Machine) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_a_day = 100000\n")
    sha = share(nioro.kiosk, content(400_000))
    carry(nioro)
    here = calls_of(nioro).look(sha) or 0
    assert 0 < here < 200_000
    carry(nioro)
    assert calls_of(nioro).look(sha) == here


@pytest.mark.parametrize(("hour", "sent"), [(12, 0), (23, 1), (5, 1)])
def test_at_night_alone_when_the_operator_says_so(
    nioro: Post, hour: int, sent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_at_night = true\n")
    share(nioro.kiosk, content(70_000))
    nioro.exchange()
    at = clock.midnight_ms(clock.today()) + 86_400_000 * 2 + hour * 3_600_000
    monkeypatch.setattr(clock, "now_ms", lambda: at)
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    assert Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller).sent == sent


def test_a_machine_that_cannot_know_the_night_does_not_wait_for_it(
    nioro: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 1970 there is no night: budgets are counted by power-up."""
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_at_night = true\n")
    share(nioro.kiosk, content(70_000))
    nioro.exchange()
    monkeypatch.setattr(clock, "now_ms", lambda: 12 * 3_600_000)
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    assert Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller).sent == 1
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select period from sync_blob_use")).startswith("boot-")
