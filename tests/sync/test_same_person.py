"""The same person on two cards, told over the exchange: what reaches whom, in whatever order."""

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from kiosk.config import load
from kiosk.members import services as members
from kiosk.members.links import queries as links
from kiosk.members.links import scan, services
from kiosk.members.links.models import LinkState, PersonLink
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import session
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.test_versions import pull
from tests.sync.wire import Wsgi

YES, NO, OPEN = LinkState.CONFIRMED, LinkState.REFUSED, LinkState.PROPOSED
Pair = tuple[uuid.UUID, uuid.UUID]
GIRL = {"given_name": "Goundo", "family_name": "Niangado", "sex": "F", "birth_year": 2008}


def register(kiosk: Machine, **said: object) -> uuid.UUID:
    with kiosk.writing("manager"):
        here = places.here_uid()
        assert here
        return members.register(here, **{**GIRL, **said}).uid  # type: ignore[arg-type]


def trained(kiosk: Machine, *people: uuid.UUID, day: object = MONDAY) -> None:
    with kiosk.writing("manager"):
        here = places.here_uid()
        assert here
        lesson(here, [Half(day, {"present": people})])  # type: ignore[arg-type]


def say(machine: Machine, pair: Pair, state: LinkState, across: bool = False) -> None:
    role = "coordinator" if across else "manager"
    with machine.writing(role):
        services.say(pair, state, machine.people[role].uid, across)


def words(machine: Machine) -> list[tuple[int, str]]:
    with machine.open():
        rows = session().scalars(select(PersonLink).order_by(PersonLink.turn, PersonLink.state)).all()
        return [(row.turn, str(row.state)) for row in rows]


def backed_up(machine: Machine, target: Path) -> Path:
    """Copy the database as it stands, whatever is open."""
    with closing(sqlite3.connect(machine.data / "kiosk.db")) as now, closing(sqlite3.connect(target)) as then:
        now.backup(then)
    return target


def kept_aside(machine: Machine) -> int:
    """How many values of links wait there for rows that never come."""
    with machine.open() as current:
        return current.scalar(text("select count(*) from sync_base where tab = 'person_link'")) or 0


def people(machine: Machine, pair: Pair) -> int:
    with machine.open():
        who = links.persons()
        return len({who.of(uid) for uid in pair})


@pytest.fixture
def two(machine: Callable[..., Machine], centre: Machine) -> tuple[Post, Post]:
    """The kiosks of Kayes and of Yélimané."""
    return link_up(machine(space="KAY"), centre, "KAY"), link_up(machine(space="YEL"), centre, "YEL")


@pytest.fixture
def desks(kiosk: Machine, centre: Machine, tmp_path: Path) -> Iterator[tuple[Post, Post]]:
    """Two machines of Nioro: the desk's, and the one taken on outreach."""
    first = link_up(kiosk, centre)
    first.exchange()
    data = tmp_path / "outreach"
    kiosk.close()
    shutil.copytree(kiosk.data, data, ignore=shutil.ignore_patterns("sync-key*", "*.lock", "*key*"))
    outreach = Machine(load(data, {}), kiosk.people)
    yield first, link_up(outreach, centre)
    outreach.close()


def test_the_same_girl_registered_in_kayes_and_yelimane(two: tuple[Post, Post], centre: Machine) -> None:
    kayes, yelimane = two
    pair = register(kayes.kiosk), register(yelimane.kiosk, given_name="Gundo", birth_year=2009)
    trained(kayes.kiosk, pair[0])
    trained(yelimane.kiosk, pair[1], day=TUESDAY)
    for post in two:
        post.exchange()
    assert figures(centre).total.women_or_youth == 2
    with centre.writing():
        scan.everything()
        (found,) = session().execute(links.waiting(True, links.persons())).all()
        assert {found[0].a, found[0].b} == set(pair)
    say(centre, pair, YES, across=True)
    assert (figures(centre).total.women_or_youth, figures(centre).in_several) == (1, 1)
    for post in two:
        post.exchange()
        assert words(post.kiosk) == [] and not kept_aside(post.kiosk)
        assert figures(post.kiosk).total.women_or_youth == 1
        with post.kiosk.open():
            assert len(session().scalars(select(Member)).all()) == 1
    say(centre, pair, OPEN, across=True)
    assert figures(centre).total.women_or_youth == 2


def test_the_union_of_the_kiosks_says_what_the_centre_says(two: tuple[Post, Post], centre: Machine) -> None:
    for post, given in zip(two, ("Goundo", "Penda"), strict=True):
        pair = register(post.kiosk, given_name=given), register(post.kiosk, given_name=given, birth_year=2009)
        trained(post.kiosk, *pair, register(post.kiosk, given_name="Issa", sex="M", birth_year=1980))
        say(post.kiosk, pair, YES)
        post.exchange()
    columns = {line.space.name: line.figures for line in figures(centre).spaces}
    for post in two:
        mine = figures(post.kiosk)
        assert mine.total == columns[mine.spaces[0].space.name]
        assert (mine.total.people.total, mine.total.people.women, mine.total.days) == (2, 1, 100)
    total = figures(centre).total
    assert total.people.total == sum(figures(post.kiosk).total.people.total for post in two)


def test_a_word_of_one_machine_reaches_the_other_of_its_space(
    desks: tuple[Post, Post], two: tuple[Post, Post], centre: Machine
) -> None:
    desk, outreach = desks
    pair = register(desk.kiosk), register(desk.kiosk, birth_year=2009)
    desk.exchange()
    outreach.exchange()
    say(outreach.kiosk, pair, YES)
    for post in (outreach, desk, *two):
        post.exchange()
    assert [people(one, pair) for one in (desk.kiosk, outreach.kiosk, centre)] == [1, 1, 1]
    assert words(two[0].kiosk) == [] and words(two[1].kiosk) == []


@pytest.mark.parametrize("first", [0, 1])
def test_two_managers_say_yes_and_no_without_knowing_of_one_another(
    desks: tuple[Post, Post], centre: Machine, first: int
) -> None:
    desk, outreach = desks
    pair = register(desk.kiosk), register(desk.kiosk, birth_year=2008)
    desk.exchange()
    outreach.exchange()
    say(desk.kiosk, pair, YES)
    say(outreach.kiosk, pair, NO)
    for post in (desks[first], desks[1 - first], desks[first], desks[1 - first]):
        post.exchange()
    everywhere = (desk.kiosk, outreach.kiosk, centre)
    for machine in everywhere:
        assert words(machine) == [(1, YES), (1, NO)]
        assert people(machine, pair) == 2
        with machine.open():
            assert [odd.what for odd in links.odd(False, links.words())] == [("said",)]
    say(desk.kiosk, pair, YES)
    for post in (desk, outreach):
        post.exchange()
    assert [people(machine, pair) for machine in everywhere] == [1, 1, 1]
    for machine in everywhere:
        with machine.open():
            assert links.odd(False, links.words()) == []


def test_a_link_told_to_a_centre_put_back_to_before_its_cards_brings_them_along(
    desks: tuple[Post, Post], centre: Machine, tmp_path: Path
) -> None:
    desk, outreach = desks
    monday = backed_up(centre, tmp_path / "monday.db")
    pair = register(desk.kiosk), register(desk.kiosk, birth_year=2009)
    trained(desk.kiosk, *pair)
    desk.exchange()
    outreach.exchange()
    say(outreach.kiosk, pair, YES)
    restored = tmp_path / "restored"
    shutil.copytree(centre.data, restored, ignore=shutil.ignore_patterns("kiosk.db*"))
    shutil.copy(monday, restored / "kiosk.db")
    again = Machine(load(restored, {}), centre.people)
    Post(outreach.kiosk, Wsgi(again.app)).exchange()
    assert words(again) == [(1, YES)]
    Post(desk.kiosk, Wsgi(again.app)).exchange()
    assert words(again) == [(1, YES)]
    assert people(again, pair) == 1
    assert figures(again).total.people.total == 1
    again.close()


def test_a_kiosk_cannot_tie_cards_of_two_spaces_nor_change_a_word(
    two: tuple[Post, Post], centre: Machine
) -> None:
    kayes, _ = two
    pair = register(kayes.kiosk), register(kayes.kiosk, birth_year=2009)
    say(kayes.kiosk, pair, NO)
    kayes.exchange()
    with kayes.kiosk.writing("manager"):
        session().add(PersonLink(a=min(pair), b=max(pair), space_uid=None, state=YES, turn=2, at=1))
        session().scalars(select(PersonLink).where(PersonLink.turn == 1)).one().state = YES
    kayes.exchange()
    assert words(centre) == [(1, NO)]
    assert people(centre, pair) == 2


def test_an_older_kiosk_is_never_told_of_links(desks: tuple[Post, Post], centre: Machine) -> None:
    desk, _ = desks
    pair = register(desk.kiosk), register(desk.kiosk, birth_year=2009)
    say(desk.kiosk, pair, YES)
    desk.exchange()
    told = {schema: {item.tab for item in pull(centre, "", schema).items} for schema in (1, 2)}
    assert "member" in told[1] and "person_link" not in told[1] and "person_link" in told[2]
