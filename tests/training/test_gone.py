"""A session or a sitting deleted on one machine while another notes who came: told, brought back, counted."""

import pytest

from kiosk.members.models import Member
from kiosk.storage import Refusal, session
from kiosk.training import gone, services
from kiosk.training.models import Mark, TrainingSession
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.training.test_two_machines import figures, meet, training, two

__all__ = ["two"]


def note(machine: Machine) -> None:
    """Awa came on the first half-day, and three people without a name."""
    with machine.writing("manager"):
        sitting = services.sittings_of(training())[0]
        awa = session().query(Member).filter_by(given_name="Awa").one().uid
        services.mark(sitting, {awa: services.Answer(Mark.PRESENT)})
        services.count_heads(sitting, {("F", "unknown"): 3})


@pytest.mark.parametrize("whole", [True, False], ids=["the session", "its sitting"])
def test_what_people_came_to_is_told_and_brought_back_by_one_press(
    two: tuple[Post, Post], centre: Machine, whole: bool
) -> None:
    desk, laptop = two
    with laptop.kiosk.writing("manager"):
        if whole:
            services.delete_session(training())
        else:
            services.remove_sitting(services.sittings_of(training())[0])
    note(desk.kiosk)
    meet(laptop, desk)
    assert figures(desk.kiosk) == figures(laptop.kiosk) == figures(centre) == (0, 0)
    for page in (
        centre.as_("coordinator").get("/a-verifier"),
        desk.kiosk.as_("manager").get("/envois/a-verifier"),
    ):
        assert "4 présences à une séance supprimée." in page.text
    with desk.kiosk.open():
        uid = session().query(TrainingSession).one().uid
    assert centre.as_("coordinator").get(f"/formations/{uid}").status_code == 200
    manager = desk.kiosk.as_("manager")
    assert "4 présences sont notées" in manager.get(f"/formations/{uid}/effacee").text
    assert manager.send(f"/formations/{uid}/effacee").status_code == 303
    meet(desk, laptop)
    assert figures(desk.kiosk) == figures(laptop.kiosk) == figures(centre) == (200, 1)
    assert manager.get(f"/formations/{uid}/effacee").status_code == 404
    with desk.kiosk.open():
        assert gone.marked_on_deleted() == []


def test_one_machine_alone_deletes_nothing_that_people_came_to(two: tuple[Post, Post]) -> None:
    desk, _ = two
    note(desk.kiosk)
    for act in (
        lambda: services.delete_session(training()),
        lambda: services.remove_sitting(services.sittings_of(training())[0]),
    ):
        with desk.kiosk.writing("manager"), pytest.raises(Refusal, match="annulez-la"):
            act()
