"""Two machines with one identity: told at the centre, parted properly, and the warning ends."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.central import nodes, queries, services
from kiosk.sync import enrol, outbox, rehome
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import stick
from tests.sync.telling import copied, named, register, stream
from tests.sync.wire import Wsgi

HERE = "http://127.0.0.1"


def test_the_second_copy_is_enrolled_properly_and_the_banner_goes(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    page = centre.as_("coordinator").get("/kiosques")
    assert "Deux machines portent l’identité Nioro" in page.text
    register(twin.kiosk, "Djeneba Keita")
    with centre.writing():
        code = str(services.second_code(1, centre.data))
    enrol.enrol(twin.kiosk.store, twin.kiosk.data, HERE, code, "test", twin.line)
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    assert "Deux machines" not in centre.as_("coordinator").get("/kiosques").text
    assert named(centre) == named(nioro.kiosk) == named(twin.kiosk)
    assert len(named(centre)) == 4
    with centre.open():
        assert [one.state for one in queries.kiosks()] == ["ok", "ok"]
    twin.kiosk.close()


def test_both_machines_say_it_themselves_until_one_has_its_own_identity(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))

    def say_it(post: Post) -> list[bool]:
        pages = [post.kiosk.as_("manager").get(path).text for path in ("/envois", "/aujourdhui")]
        return ["Une autre machine porte l’identité de ce kiosque" in page for page in pages]

    assert not any(say_it(nioro))
    for post in (nioro, twin, nioro, twin):
        register(post.kiosk, "Awa Coulibaly")
        post.exchange()
    assert all(say_it(nioro)) and all(say_it(twin))
    with centre.writing():
        code = str(services.second_code(1, centre.data))
    enrol.enrol(twin.kiosk.store, twin.kiosk.data, HERE, code, "test", twin.line)
    for post in (twin, nioro):
        post.exchange()
    assert not any(say_it(nioro)) and not any(say_it(twin))
    twin.kiosk.close()


def test_a_copy_put_away_ends_the_banner_until_it_speaks_again(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    for post in (nioro, twin):
        register(post.kiosk, "Awa Coulibaly")
        post.exchange()
    nioro.exchange()
    with centre.writing():
        assert queries.kiosks()[0].twins
        nodes.say_settled(1)
        assert not queries.kiosks()[0].twins
    twin.exchange()
    nioro.exchange()
    with centre.open():
        assert queries.kiosks()[0].twins
    twin.kiosk.close()


def test_an_old_copy_of_a_log_that_was_left_raises_no_banner(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    register(nioro.kiosk, "Awa Coulibaly")
    key = stick(tmp_path)
    key.written_at(nioro.kiosk)
    nioro.exchange()
    with nioro.kiosk.writing() as current:
        rehome.rehome(current.connection(), outbox.me(current.connection()).acked)
    nioro.exchange()
    assert key.taken_at(centre)[0].taken == 0
    with centre.open():
        assert not queries.kiosks()[0].twins


def test_two_machines_of_one_image_are_parted_by_stick(
    nioro: Post, centre: Machine, machine: Callable[..., Machine], tmp_path: Path
) -> None:
    twin = link_up(machine(), centre)
    assert stream(twin.kiosk) == stream(nioro.kiosk), "flashed from one card, enrolled each by its own code"
    register(nioro.kiosk, "Awa Coulibaly")
    register(twin.kiosk, "Bintou Diallo")
    key = stick(tmp_path)
    for _ in range(2):
        for one in (nioro.kiosk, twin.kiosk):
            key.written_at(one)
        key.taken_at(centre)
        for one in (nioro.kiosk, twin.kiosk):
            key.read_at(one)
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]
    assert stream(twin.kiosk) != stream(nioro.kiosk)
