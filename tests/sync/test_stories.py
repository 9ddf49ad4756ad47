"""Stories from the field: copied cards, backups put back, thefts."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.central import nodes, queries
from kiosk.config import load
from kiosk.sync import start
from kiosk.sync.trouble import NoLink, Revoked
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import copied, named, register, stream, waiting
from tests.sync.wire import Wsgi


def test_a_lost_answer_counts_nobody_twice(kiosk: Machine, any_centre: Machine) -> None:
    post = link_up(kiosk, any_centre)
    register(kiosk, "Awa Coulibaly")
    post.line.cut = "after"
    for _ in range(3):
        with pytest.raises(NoLink):
            post.exchange()
    assert waiting(kiosk)
    post.line.cut = ""
    post.exchange()
    assert named(any_centre) == ["Awa Coulibaly"]
    assert waiting(kiosk) == 0


def test_two_copies_of_one_card_lose_nothing(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    everybody = ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    assert named(centre) == named(nioro.kiosk) == named(twin.kiosk) == everybody
    twin.kiosk.close()


def test_the_coordinator_sees_two_machines_with_one_identity(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    page = centre.as_("coordinator").get("/kiosques")
    assert "Deux machines portent l’identité" in page.text
    twin.kiosk.close()


def test_a_copied_card_in_another_machine_moves_at_once(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    prints = iter(["board-1|card-1|mac-1", "board-2|card-2|mac-1"])
    monkeypatch.setattr("kiosk.sync.hardware.print_now", lambda: next(prints))
    before = stream(nioro.kiosk)
    assert not start.check(nioro.kiosk.store, nioro.kiosk.data)
    assert stream(nioro.kiosk) == before
    assert start.check(nioro.kiosk.store, nioro.kiosk.data)
    assert stream(nioro.kiosk) != before


def test_two_machines_from_one_prepared_card_each_with_its_code(
    kiosk: Machine, centre: Machine, machine: Callable[..., Machine]
) -> None:
    first, second = link_up(kiosk, centre), link_up(machine(), centre)
    register(first.kiosk, "Awa Coulibaly")
    register(second.kiosk, "Bintou Diallo")
    for post in (first, second, first):
        post.exchange()
    assert named(centre) == named(first.kiosk) == named(second.kiosk)


def test_a_kiosk_put_back_from_a_backup_gets_its_members_again(nioro: Post, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    old = copied(nioro.kiosk, tmp_path / "old")
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    back = Post(old, nioro.line)
    register(old, "Coumba Sacko")
    back.exchange()
    assert named(old) == ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    old.close()


def test_the_centre_put_back_from_mondays_backup_hears_everything_again(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    centre.close()
    shutil.copy(centre.data / "kiosk.db", tmp_path / "monday.db")
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    centre.close()
    shutil.copy(tmp_path / "monday.db", centre.data / "kiosk.db")
    again = Machine(load(centre.data, {}), centre.people)
    post = Post(nioro.kiosk, Wsgi(again.app))
    post.exchange()
    assert named(again) == ["Awa Coulibaly", "Bintou Diallo"]
    assert waiting(nioro.kiosk) == 0
    again.close()


def test_a_stolen_kiosk_is_refused_and_its_work_put_aside(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    with centre.writing():
        nodes.revoke(1)
    register(nioro.kiosk, "Awa Coulibaly")
    with pytest.raises(Revoked):
        nioro.exchange()
    assert named(centre) == []
    with centre.open():
        assert queries.kiosks()[0].quarantined == 1
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Le centre a retiré la clé" in page.text
    with centre.writing():
        nodes.allow_again(1)
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly"]
