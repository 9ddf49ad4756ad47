"""A disk that was copied: of two machines with one log, one alone gives the seats that come free."""

from pathlib import Path

import pytest

from kiosk.central import queries, services
from kiosk.storage import Refusal, itself
from kiosk.sync import enrol
from kiosk.training import services as courses
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import copied
from tests.sync.wire import Wsgi
from tests.training.test_two_machines import leave, line, training, two

__all__ = ["two"]


def owns(post: Post) -> bool:
    with post.kiosk.open():
        return courses.keeps_line(training())


def test_one_alone_of_a_machine_and_its_copy_gives_a_freed_seat(
    two: tuple[Post, Post], centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    desk, laptop = two
    twin = Post(copied(desk.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    leave(desk, "Awa")
    with twin.kiosk.writing("manager"):
        training().notes = "Copié"
    for post in (desk, twin, desk, twin):
        post.exchange()
    assert [owns(post) for post in (desk, twin, laptop)] == [True, False, False]
    with twin.kiosk.open(), pytest.raises(Refusal, match="le même numéro"):
        courses.keep_line(training())
    with centre.writing():
        code = str(services.second_code(1, centre.data))
    enrol.enrol(twin.kiosk.store, twin.kiosk.data, "http://127.0.0.1", code, "test", twin.line)
    for post in (twin, desk, twin, desk):
        post.exchange()
    with twin.kiosk.open():
        assert not itself.is_shared()
    assert [owns(post) for post in (desk, twin, laptop)] == [True, False, False]
    leave(twin, "Bintou", None)
    assert line(twin.kiosk) == (["Coumba"], ["Djénéba", "Fanta"], ["Awa", "Bintou"])
    with twin.kiosk.writing():
        courses.keep_line(training())
    for post in (twin, desk, twin, desk):
        post.exchange()
    assert [owns(post) for post in (desk, twin, laptop)] == [False, True, False]
    twin.kiosk.close()
