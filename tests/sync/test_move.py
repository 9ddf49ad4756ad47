"""The centre moves, or another takes its place: what waits goes there, once."""

import shutil
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.config import load
from kiosk.storage.log import sync_closed
from kiosk.sync import enrol, keyfile, move, outbox, rehome
from kiosk.sync.trouble import NotSafe, NotTheCentre, Unknown
from tests.support.machines import Machine
from tests.support.processes import Run, Served
from tests.sync.conftest import Post, code_for
from tests.sync.telling import named, register, waiting
from tests.sync.wire import Wsgi

Serve = Callable[..., Served]
PEOPLE = [f"Awa{number} Coulibaly" for number in range(10)]


def ten_wait(kiosk: Machine) -> None:
    for name in PEOPLE:
        register(kiosk, name)
    assert waiting(kiosk) >= 10


def moved(centre: Machine, folder: str) -> Machine:
    """Copy the centre to another server."""
    centre.close()
    shutil.copytree(centre.data, centre.data.parent / folder)
    return Machine(load(centre.data.parent / folder, {}), centre.people)


@pytest.mark.process
def test_ten_that_wait_go_to_the_new_address_once(
    kiosk: Machine, centre: Machine, serve: Serve, run: Run
) -> None:
    code = code_for(centre, "NIO")
    old = serve(centre.data)
    assert run(kiosk.data, "enrol", old.url, code).returncode == 0
    register(kiosk, "Bintou Diallo")
    assert run(kiosk.data, "sync").returncode == 0
    old.stop()
    new = moved(centre, "bamako")
    ten_wait(kiosk)
    assert "Pas de réseau" in run(kiosk.data, "sync").stderr
    ran = run(kiosk.data, "centre", serve(new.data).url)
    assert "nouvelle" not in ran.stderr and ran.returncode == 0, ran.stderr
    assert run(kiosk.data, "sync").returncode == 0
    assert waiting(kiosk) == 0
    assert named(new) == sorted([*PEOPLE, "Bintou Diallo"])
    assert named(centre) == ["Bintou Diallo"]
    new.close()


@pytest.mark.process
def test_another_server_is_not_taken_for_the_centre(
    kiosk: Machine, centre: Machine, machine: Callable[..., Machine], serve: Serve, run: Run
) -> None:
    code = code_for(centre, "NIO")
    right = serve(centre.data)
    assert run(kiosk.data, "enrol", right.url, code).returncode == 0
    ran = run(kiosk.data, "centre", serve(machine("central").data).url)
    assert ran.returncode != 0
    assert "ne reconnaît pas ce kiosque" in ran.stderr
    assert keyfile.load(kiosk.data).centre == right.url


@pytest.mark.process
def test_an_address_nobody_answers_at_yet_is_kept(
    kiosk: Machine, centre: Machine, serve: Serve, run: Run
) -> None:
    code = code_for(centre, "NIO")
    assert run(kiosk.data, "enrol", serve(centre.data).url, code).returncode == 0
    ran = run(kiosk.data, "centre", "http://127.0.0.1:9")
    assert ran.returncode == 0, ran.stderr
    assert "Pas de réseau pour l’instant" in ran.stdout
    assert keyfile.load(kiosk.data).centre == "http://127.0.0.1:9"


def test_ten_that_wait_go_to_a_new_server_once(nioro: Post, machine: Callable[..., Machine]) -> None:
    """The old server is lost with its data: a new code, a new key, everything again and once."""
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    ten_wait(nioro.kiosk)
    before = keyfile.load(nioro.kiosk.data)
    new = machine("central")
    line, code = Wsgi(new.app), code_for(new, "NIO")
    enrol.enrol(nioro.kiosk.store, nioro.kiosk.data, "http://127.0.0.1:2", code, "test", line)
    post = Post(nioro.kiosk, line)
    post.exchange()
    assert waiting(nioro.kiosk) == 0
    assert named(new) == named(nioro.kiosk) == sorted([*PEOPLE, "Bintou Diallo"])
    assert keyfile.load(nioro.kiosk.data).secret != before.secret


def test_enrolled_again_at_the_same_centre_sends_only_what_waits(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    ten_wait(nioro.kiosk)
    count = waiting(nioro.kiosk)
    code = code_for(centre, "NIO")
    enrol.enrol(nioro.kiosk.store, nioro.kiosk.data, "http://127.0.0.1", code, "test", nioro.line)
    assert nioro.exchange().sent == count
    assert named(centre) == sorted([*PEOPLE, "Bintou Diallo"])


def test_a_moved_centre_proves_itself_by_its_signature(nioro: Post, machine: Callable[..., Machine]) -> None:
    with pytest.raises(Unknown):
        move.to(nioro.kiosk.store, nioro.kiosk.data, "http://127.0.0.1:2", Wsgi(machine("central").app))
    with pytest.raises(NotTheCentre):
        move.to(nioro.kiosk.store, nioro.kiosk.data, "http://127.0.0.1:2", Wsgi(machine().app))
    with pytest.raises(NotSafe):
        move.to(nioro.kiosk.store, nioro.kiosk.data, "http://centre.example", nioro.line)
    assert keyfile.load(nioro.kiosk.data).centre == "http://127.0.0.1"


@pytest.mark.process
def test_a_centre_said_to_be_restored_hears_every_log_again(nioro: Post, centre: Machine, run: Run) -> None:
    """A kiosk that had left a log behind sends that one again too."""
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    with nioro.kiosk.writing() as current:
        rehome.rehome(current.connection(), outbox.me(current.connection()).acked)
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    centre.close()
    assert "Époque 2" in run(centre.data, "central", "restored").stdout
    assert nioro.exchange().sent > waiting(nioro.kiosk)
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]
    with nioro.kiosk.open() as current:
        assert current.scalar(select(func.count()).select_from(sync_closed)) == 0
