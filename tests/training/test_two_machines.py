"""Two machines of one space, apart and then together: the line, and attendance taken in a village."""

import datetime
import html
import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import session
from kiosk.storage.log import sync_log
from kiosk.sync import compaction
from kiosk.training import queries, services
from kiosk.training.models import Enrolment, Mark, TrainingSession
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.test_replace import rebuild_on, replacement_code

DAY = datetime.date(2026, 11, 24)
NAMES = ("Awa", "Bintou", "Coumba", "Djénéba", "Fanta")


@pytest.fixture
def two(kiosk: Machine, centre: Machine, machine: Callable[..., Machine]) -> tuple[Post, Post]:
    """The desk of Nioro and its laptop: five women ask for the two seats of a session in a village."""
    desk, laptop = link_up(kiosk, centre), link_up(machine(), centre)
    with kiosk.writing("manager"):
        here = places.here_uid()
        assert here
        people = [members.register(here, given_name=name, family_name="Coulibaly", sex="F") for name in NAMES]
        plan = services.Plan(title="Internet", seats=2, place="Simby", outreach=True)
        halves = [services.HalfDay(DAY, "09:00", 180), services.HalfDay(DAY, "15:00", 180)]
        services.enrol(services.plan_session(here, plan, halves), [one.uid for one in people])
    meet(desk, laptop)
    return desk, laptop


def meet(*posts: Post) -> None:
    """Everybody exchanges until all know the same."""
    for post in (*posts, *posts):
        post.exchange()


def training() -> TrainingSession:
    return session().query(TrainingSession).one()


def leave(post: Post, name: str, role: str | None = "manager") -> None:
    with post.kiosk.writing(role):
        who = session().query(Member).filter_by(given_name=name).one().uid
        services.withdraw(session().query(Enrolment).filter_by(member_uid=who).one())


def line(machine: Machine) -> tuple[list[str], list[str], list[str]]:
    """Who has a seat, who waits in order, who left, by given name."""
    with machine.open():
        found = queries.places(training())
        seated, waiting, left = ([one.person.name.split()[0] for one in part] for part in found)
        return sorted(seated), waiting, sorted(left)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["desk first", "laptop first"])
def test_a_freed_seat_goes_to_the_next_on_the_machine_that_planned_the_session(
    two: tuple[Post, Post], centre: Machine, order: tuple[int, int]
) -> None:
    desk, laptop = two
    leave(desk, "Awa")
    leave(laptop, "Bintou")
    assert line(desk.kiosk) == (["Bintou", "Coumba"], ["Djénéba", "Fanta"], ["Awa"])
    assert line(laptop.kiosk) == (["Awa"], ["Coumba", "Djénéba", "Fanta"], ["Bintou"])
    meet(*(two[at] for at in order))
    same = (["Coumba"], ["Djénéba", "Fanta"], ["Awa", "Bintou"])
    assert line(desk.kiosk) == line(laptop.kiosk) == line(centre) == same
    page, manager = session_page(desk), desk.kiosk.as_("manager")
    assert "Une place est libre" in manager.get(page).text
    assert "Une place est libre et quelqu’un attend." in manager.get("/envois/a-verifier").text
    assert "Une place est libre" not in laptop.kiosk.as_("manager").get("/envois/a-verifier").text
    assert manager.send(f"{page}/places-libres", form_at=page).status_code == 303
    assert "Djénéba Coulibaly a maintenant sa place" in manager.get(page).text
    meet(desk, laptop)
    after = (["Coumba", "Djénéba"], ["Fanta"], ["Awa", "Bintou"])
    assert line(desk.kiosk) == line(laptop.kiosk) == line(centre) == after
    assert "Une place est libre" not in manager.get(page).text + manager.get("/envois/a-verifier").text


def session_page(post: Post) -> str:
    with post.kiosk.open():
        return f"/formations/{training().uid}"


def test_the_other_machine_gives_no_seat_and_lets_nobody_pass_the_line(two: tuple[Post, Post]) -> None:
    _, laptop = two
    leave(laptop, "Bintou")
    page, manager, trainer = session_page(laptop), laptop.kiosk.as_("manager"), laptop.kiosk.as_("trainer")
    assert "Une autre machine de l’espace donne cette place" in manager.get(page).text
    assert "Tenir la liste ici" in manager.get(page).text and "Tenir la liste" not in trainer.get(page).text
    assert manager.send(f"{page}/places-libres", form_at=page).status_code == 409
    assert trainer.send(f"{page}/liste-ici", form_at=page).status_code == 403
    with laptop.kiosk.writing("manager"):
        late = members.register(training().space_uid, given_name="Hawa", family_name="Diarra", sex="F")
        services.enrol(training(), [late.uid])
        services.edit_session(training(), services.Plan(title="Internet", seats=4))
    assert line(laptop.kiosk) == (["Awa"], ["Coumba", "Djénéba", "Fanta", "Hawa"], ["Bintou"])


def test_a_manager_takes_the_line_over_when_the_other_machine_is_gone(
    two: tuple[Post, Post], centre: Machine
) -> None:
    desk, laptop = two
    page, manager = session_page(laptop), laptop.kiosk.as_("manager")
    leave(laptop, "Bintou")
    assert manager.send(f"{page}/liste-ici", form_at=page).status_code == 303
    assert "Cette machine tient la liste d’attente" in (shown := manager.get(page).text)
    assert "Donner la place" in shown
    manager.send(f"{page}/places-libres", form_at=page)
    assert line(laptop.kiosk) == (["Awa", "Coumba"], ["Djénéba", "Fanta"], ["Bintou"])
    meet(laptop, desk)
    leave(desk, "Awa")
    assert line(desk.kiosk)[1] == ["Djénéba", "Fanta"], "the desk gives its seats no more"
    meet(desk, laptop)
    leave(laptop, "Coumba")
    assert line(laptop.kiosk) == (["Djénéba", "Fanta"], [], ["Awa", "Bintou", "Coumba"])


def test_taking_the_line_over_is_taken_back(two: tuple[Post, Post]) -> None:
    desk, laptop = two
    page, manager = session_page(laptop), laptop.kiosk.as_("manager")
    manager.send(f"{page}/liste-ici", form_at=page)
    undo = re.search(r'action="([^"]*liste-ici/annuler[^"]*)"', manager.get(page).text)
    assert undo and manager.send(html.unescape(undo[1]), form_at=page).status_code == 303
    meet(laptop, desk)
    leave(desk, "Awa")
    leave(laptop, "Bintou")
    assert (line(desk.kiosk)[1], line(laptop.kiosk)[1][0]) == (["Djénéba", "Fanta"], "Coumba")


def test_a_machine_that_lost_its_log_long_ago_still_gives_its_seats(two: tuple[Post, Post]) -> None:
    desk, _ = two
    with desk.kiosk.writing() as current:
        newest = current.scalar(select(func.max(sync_log.c.seq)))
        assert newest and compaction._drop(current.connection(), 0, newest) == newest
    leave(desk, "Awa")
    assert line(desk.kiosk)[1] == ["Djénéba", "Fanta"]


def test_giving_a_free_seat_can_be_taken_back_and_none_free_is_said(two: tuple[Post, Post]) -> None:
    desk, laptop = two
    leave(desk, "Awa")
    leave(laptop, "Bintou")
    meet(desk, laptop)
    manager = desk.kiosk.as_("manager")
    with desk.kiosk.open():
        page = f"/formations/{training().uid}"
        row = session().query(Enrolment).filter_by(ticket=4).one()
    manager.send(f"{page}/places-libres", form_at=page)
    back = f"{page}/places-libres/annuler?promu={row.uid.hex}"
    assert manager.send(back, form_at=page).status_code == 303
    assert line(desk.kiosk)[1] == ["Djénéba", "Fanta"]
    manager.send(f"{page}/places-libres", form_at=page)
    manager.send(f"{page}/places-libres", form_at=page)
    assert "Aucune place n’est libre" in manager.get(page).text


def test_the_line_says_the_same_when_a_withdrawal_arrives_late(
    two: tuple[Post, Post], centre: Machine
) -> None:
    desk, laptop = two
    leave(laptop, "Coumba")
    leave(desk, "Awa")
    desk.exchange()
    assert line(centre)[0] == ["Bintou", "Coumba"]
    meet(laptop, desk)
    assert line(desk.kiosk) == line(laptop.kiosk) == line(centre)
    seated, waiting, _ = line(centre)
    assert len(seated) <= 2 and waiting == ["Djénéba", "Fanta"]


def test_attendance_taken_in_a_village_on_the_laptop_merges_without_doubling_anybody(
    two: tuple[Post, Post], centre: Machine
) -> None:
    desk, laptop = two
    with laptop.kiosk.writing("trainer"):
        sittings = services.sittings_of(training())
        for sitting in sittings:
            people = [one.uid for one in queries.seated(training())]
            services.mark(sitting, dict.fromkeys(people, services.Answer(Mark.PRESENT)))
            services.close_sheet(sitting, {}, sitting.day)
        services.count_heads(sittings[0], {("F", "unknown"): 4})
    with desk.kiosk.writing("manager"):
        first = services.sittings_of(training())[0]
        awa = session().query(Member).filter_by(given_name="Awa").one().uid
        services.mark(first, {awa: services.Answer(Mark.PRESENT)})
    assert figures(desk.kiosk) == (50, 1)
    meet(laptop, desk)
    assert figures(desk.kiosk) == figures(laptop.kiosk) == figures(centre) == (400, 2)


def figures(machine: Machine) -> tuple[int, int]:
    """Person-days in hundredths, and distinct people trained."""
    with machine.open():
        uid: uuid.UUID = training().uid
        facts, heads = queries.facts_of_session(uid), queries.heads_in(queries.Scope(session_uid=uid))
        return queries.person_days(facts, heads), len(queries.trained(facts))


def test_a_machine_put_in_the_place_of_the_lost_one_takes_the_line_over(
    two: tuple[Post, Post], centre: Machine, blank: Machine
) -> None:
    desk, _ = two
    leave(desk, "Awa")
    desk.exchange()
    post = rebuild_on(blank, centre, replacement_code(centre, 1))
    leave(post, "Bintou", None)
    assert line(blank) == (["Coumba"], ["Djénéba", "Fanta"], ["Awa", "Bintou"]), "it did not plan the session"
    with blank.writing():
        services.keep_line(training())
        assert [one.ticket for one in services.give_free_seats(training())] == [4]
    post.exchange()
    assert line(centre) == (["Coumba", "Djénéba"], ["Fanta"], ["Awa", "Bintou"])
