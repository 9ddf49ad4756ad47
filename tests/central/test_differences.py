"""Two values written without seeing each other: both kept, told, settled in the space or at the centre."""

import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import select, text, update

from kiosk.central.models import inbox
from kiosk.members.models import Member
from kiosk.storage import session
from kiosk.storage.changes import dumps
from kiosk.sync import differences
from kiosk.sync.matters import Chosen
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import copied, register


def rename(machine: Machine, role: str, name: str) -> None:
    with machine.writing(role):
        session().query(Member).one().given_name = name


def given(machine: Machine) -> str:
    with machine.open() as current:
        return str(current.scalar(text("select given_name from member")))


def apart(nioro: Post, centre: Machine, last: str = "kiosk") -> None:
    """Awa is « Hawa » at the kiosk and « Aoua » at the centre; `last` says who wrote last."""
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    both = [(nioro.kiosk, "manager", "Hawa"), (centre, "coordinator", "Aoua")]
    for machine, role, name in both if last == "centre" else reversed(both):
        rename(machine, role, name)
    nioro.exchange()
    nioro.exchange()


def waiting(machine: Machine, **how: Any) -> list[differences.Case]:
    with machine.open("manager" if "manager" in machine.people else "coordinator"):
        return differences.cases(**how)


def test_the_loser_is_kept_whoever_wins(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre, last="kiosk")
    assert given(centre) == given(nioro.kiosk) == "Hawa"
    for machine in (nioro.kiosk, centre):
        case = waiting(machine)[0]
        assert (case.standing.words, case.losing.words, case.weighty) == ("Hawa", "Aoua", True)
    assert waiting(nioro.kiosk)[0].losing.who == "La coordination"


def test_both_values_say_who_wrote_them(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre, last="centre")
    case = waiting(nioro.kiosk)[0]
    assert (case.standing.words, case.standing.who) == ("Aoua", "La coordination")
    assert (case.losing.words, case.losing.who) == ("Hawa", nioro.kiosk.people["manager"].name)
    assert "Awa" not in case.title and "NIO-" in case.title


def test_the_manager_settles_it_and_the_centre_hears(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre, last="centre")
    phone = nioro.kiosk.as_("manager")
    assert "1 chose à vérifier" in phone.get("/envois").text
    assert "1 chose à vérifier" in phone.get("/aujourdhui").text
    page = phone.get("/envois/a-verifier")
    assert "Aoua" in page.text and "Hawa" in page.text
    uid = waiting(nioro.kiosk)[0].uid
    assert phone.send(f"/envois/a-verifier/{uid}", "/envois/a-verifier", choix="losing").status_code == 303
    nioro.exchange()
    assert given(centre) == given(nioro.kiosk) == "Hawa"
    assert not waiting(centre) and not waiting(nioro.kiosk)


def test_a_choice_is_taken_back(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre, last="centre")
    uid = waiting(nioro.kiosk)[0].uid
    with nioro.kiosk.writing("manager"):
        differences.settle(uid, Chosen.LOSING)
    nioro.kiosk.as_("manager").send(f"/envois/a-verifier/{uid}/annuler", "/envois")
    assert given(nioro.kiosk) == "Aoua"
    assert waiting(nioro.kiosk)


def test_the_coordinator_opens_the_name_before_she_sees_a_value(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre, last="centre")
    phone = centre.as_("coordinator")
    uid = waiting(centre)[0].uid
    for path in ("/a-verifier", f"/a-verifier/{uid}"):
        page = phone.get(path).text
        assert "Hawa" not in page and "Aoua" not in page and "Prénom" in page
    phone.send(f"/a-verifier/{uid}/ouvrir", f"/a-verifier/{uid}")
    assert "Hawa" in phone.get(f"/a-verifier/{uid}").text
    with centre.open() as current:
        assert current.scalar(text("select count(*) from name_access")) == 1
    phone.send(f"/a-verifier/{uid}", choix="losing")
    nioro.exchange()
    assert given(nioro.kiosk) == "Hawa"
    assert not waiting(nioro.kiosk)


def test_what_one_saw_of_the_other_is_no_difference(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    rename(centre, "coordinator", "Aoua")
    nioro.exchange()
    rename(nioro.kiosk, "manager", "Hawa")
    nioro.exchange()
    assert not waiting(centre)


def test_a_kiosk_finds_no_differences_itself(nioro: Post, centre: Machine) -> None:
    apart(nioro, centre)
    uid = waiting(nioro.kiosk)[0].uid
    with nioro.kiosk.writing("manager"):
        session().get_one(differences.Difference, uid).losing = '"Forgé"'
    nioro.exchange()
    assert waiting(centre)[0].losing.words == "Aoua"
    assert waiting(nioro.kiosk)[0].losing.words == "Aoua"


def test_a_difference_stays_in_its_space(nioro: Post, centre: Machine, machine: Any) -> None:
    kayes = link_up(machine(space="KAY"), centre, "KAY")
    apart(nioro, centre)
    kayes.exchange()
    with kayes.kiosk.open() as current:
        assert current.scalar(text("select count(*) from difference")) == 0


def test_a_settled_difference_stays_settled_at_a_centre_that_hears_all_again(
    nioro: Post, centre: Machine
) -> None:
    apart(nioro, centre, last="centre")
    uid = waiting(nioro.kiosk)[0].uid
    with nioro.kiosk.writing("manager"):
        differences.settle(uid, Chosen.STANDING)
    nioro.exchange()
    assert not waiting(centre)
    with centre.open() as current:
        assert current.scalar(text("select chosen from difference")) == "standing"
    assert isinstance(uid, uuid.UUID)


def test_a_value_that_came_as_text_may_lose(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "twin"), nioro.line)
    rename(nioro.kiosk, "manager", "Hawa")
    nioro.exchange()
    as_text(centre)
    rename(twin.kiosk, "manager", "Aoua")
    twin.exchange()
    assert given(centre) == "Aoua"
    assert [case.losing.words for case in waiting(centre)] == ["Hawa"]


def as_text(centre: Machine) -> None:
    """Keep the last change as a frame that could not be read brings it: as text."""
    with centre.writing() as current:
        last = current.execute(select(inbox).where(inbox.c.raw.contains("Hawa"))).one()
        here = (inbox.c.stream_uid == last.stream_uid) & (inbox.c.seq == last.seq)
        current.connection().execute(update(inbox).where(here).values(raw=dumps([last.raw])))
