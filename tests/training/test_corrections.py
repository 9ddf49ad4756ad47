"""What was corrected on a sheet is read again: from what to what, by whom, or on another machine."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from kiosk.members.models import Member
from kiosk.storage import session
from kiosk.training import corrections, services
from kiosk.training.models import Attendance, Mark
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import Post
from tests.training.conftest import Course
from tests.training.test_two_machines import meet, training, two

__all__ = ["two"]


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True)))


def answer(machine: Machine, role: str, name: str, mark: Mark) -> None:
    with machine.writing(role):
        who = session().query(Member).filter_by(given_name=name).one().uid
        services.mark(services.sittings_of(training())[0], {who: services.Answer(mark)})


def page(machine: Machine) -> str:
    with machine.open():
        return f"/seances/{services.sittings_of(training())[0].uid}"


def test_a_corrected_answer_says_what_stood_and_who_changed_it(two: tuple[Post, Post]) -> None:
    desk, laptop = two
    answer(desk.kiosk, "trainer", "Awa", Mark.PRESENT)
    answer(desk.kiosk, "trainer", "Bintou", Mark.LATE)
    trainer = desk.kiosk.as_("trainer")
    where = page(desk.kiosk)
    assert "Aucune correction" in text(trainer, f"{where}/corrections"), "a first answer corrects nothing"
    answer(desk.kiosk, "manager", "Awa", Mark.ABSENT)
    shown = text(trainer, f"{where}/corrections")
    assert re.search(r"COULIBALY Awa Corrigé par Kadidia Sissoko le \d.* : Présente → Absente", shown)
    assert "Bintou" not in shown
    with desk.kiosk.writing("manager"):
        services.close_sheet(services.sittings_of(training())[0], {}, services.sittings_of(training())[0].day)
    assert f"{where}/corrections" in trainer.get(f"{where}/presences").text
    meet(desk, laptop)
    answer(laptop.kiosk, "manager", "Bintou", Mark.EXCUSED)
    meet(laptop, desk)
    assert "Corrigé sur une autre machine : Retard → Excusée" in text(trainer, f"{where}/corrections")
    assert desk.kiosk.as_("author").get(f"{where}/corrections").status_code == 403
    assert desk.kiosk.client().get(f"{where}/corrections").status_code == 303


def test_the_corrections_are_read_in_as_many_statements_whatever_the_sheet(
    full: Course, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    sitting = full.sittings[0]
    there = [row.member_uid for row in session().query(Attendance).filter_by(sitting_uid=sitting.uid)]
    full.mark(sitting, present=there)
    full.mark(sitting, late=there)
    session().expire_all()
    with statements(6):
        found = corrections.of_sitting(sitting)
    assert [(one.was, one.now) for one in found] == [("present", "late")] * 3 + [("absent", "present")] * 3
