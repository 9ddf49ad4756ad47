"""A kiosk put back, then the centre: what no log holds any more is said anew, once, and gives way."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.config import load
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import fault, session
from kiosk.sync import erasures
from kiosk.sync.former import Former
from kiosk.sync.messages import OK, Page, Reply, read_reply
from kiosk.sync.models import Difference
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import named, register, waiting
from tests.sync.wire import Wsgi


@dataclass
class Copies:
    """Copies of databases, put back in the place of what was written since."""

    folder: Path
    opened: list[Machine] = field(default_factory=list)

    def save(self, machine: Machine, word: str) -> None:
        machine.close()
        (self.folder / word).mkdir()
        for part in machine.data.glob("kiosk.db*"):
            shutil.copy(part, self.folder / word / part.name)

    def put_back(self, machine: Machine, word: str) -> Machine:
        """Return the machine as it starts on its copy."""
        machine.close()
        for old in machine.data.glob("kiosk.db*"):
            old.unlink()
        for part in (self.folder / word).iterdir():
            shutil.copy(part, machine.data / part.name)
        self.opened.append(Machine(load(machine.data, {}), machine.people))
        return self.opened[-1]


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    found = Copies(tmp_path / "copies")
    found.folder.mkdir()
    yield found
    for machine in found.opened:
        machine.close()


def change(machine: Machine, name: str, **fields: str) -> None:
    """Change what is known of somebody."""
    with machine.writing():
        person = session().query(Member).filter_by(given_name=name).one()
        for column, value in fields.items():
            setattr(person, column, value)


def known(machine: Machine, name: str, column: str) -> str | None:
    with machine.open():
        found: str | None = getattr(session().query(Member).filter_by(given_name=name).one(), column)
        return found


def counted(machine: Machine, question: str) -> int:
    with machine.open() as current:
        return int(current.scalar(text(f"select count(*) from {question}")) or 0)


def anew(post: Post) -> int:
    return counted(post.kiosk, "sync_log where adopted")


@pytest.fixture
def after(nioro: Post, centre: Machine, copies: Copies) -> Callable[[], Machine]:
    """Nioro's disk was put back, then the centre: neither's log knows of Bintou, nor of Awa's number."""
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    copies.save(nioro.kiosk, "nioro")
    copies.save(centre, "centre")
    register(nioro.kiosk, "Bintou Diallo")
    change(nioro.kiosk, "Awa", phone="76000001")
    nioro.exchange()
    nioro.kiosk = copies.put_back(nioro.kiosk, "nioro")
    nioro.exchange()
    assert named(nioro.kiosk) == ["Awa Coulibaly", "Bintou Diallo"]

    def put_back() -> Machine:
        again = copies.put_back(centre, "centre")
        nioro.line = Wsgi(again.app)
        return again

    return put_back


def test_the_disk_of_nioro_then_the_centre_are_put_back(nioro: Post, after: Callable[[], Machine]) -> None:
    centre = after()
    assert named(centre) == ["Awa Coulibaly"]
    nioro.exchange()
    assert named(centre) == named(nioro.kiosk) == ["Awa Coulibaly", "Bintou Diallo"]
    assert known(centre, "Awa", "phone") == known(nioro.kiosk, "Awa", "phone") == "76000001"
    assert waiting(nioro.kiosk) == counted(nioro.kiosk, "sync_log where state in ('held', 'rejected')") == 0
    said = anew(nioro)
    tally = nioro.exchange()
    assert (tally.sent, anew(nioro)) == (0, said), "what was said stands in the log: nothing to say again"


def test_a_later_word_stands(nioro: Post, after: Callable[[], Machine]) -> None:
    centre = after()
    change(centre, "Awa", phone="76999999")
    nioro.exchange()
    assert known(centre, "Awa", "phone") == known(nioro.kiosk, "Awa", "phone") == "76999999"
    with centre.open():
        assert session().query(Difference).one().losing == '"76000001"', "and the other is kept for a person"


def test_the_centre_put_back_twice_hears_it_from_the_log(
    nioro: Post, after: Callable[[], Machine], copies: Copies
) -> None:
    centre = after()
    nioro.exchange()
    said = anew(nioro)
    again = copies.put_back(centre, "centre")
    nioro.line = Wsgi(again.app)
    nioro.exchange()
    assert named(again) == named(nioro.kiosk) == ["Awa Coulibaly", "Bintou Diallo"]
    assert anew(nioro) == said


def test_a_power_cut_in_the_middle_says_nothing_twice(
    nioro: Post, after: Callable[[], Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = after()
    for point in ("page.taken", "reply.taken"):
        with monkeypatch.context() as broken:
            broken.setattr(fault, "at", lambda here, point=point: 1 // (here != point))
            with pytest.raises(ZeroDivisionError):
                nioro.exchange()
    nioro.exchange()
    assert named(centre) == named(nioro.kiosk) == ["Awa Coulibaly", "Bintou Diallo"]
    assert counted(nioro.kiosk, "sync_log where adopted and op = 'i'") == 1


def test_who_was_erased_stays_so(nioro: Post, after: Callable[[], Machine]) -> None:
    with nioro.kiosk.writing("manager"):
        bintou = session().query(Member).filter_by(given_name="Bintou").one().uid
        erasures.ask("member", bintou)
    nioro.exchange()
    centre = after()
    nioro.exchange()
    nioro.exchange()
    assert named(centre) == named(nioro.kiosk) == [" ", "Awa Coulibaly"]


@pytest.fixture
def desk(machine: Callable[..., Machine], centre: Machine) -> Post:
    """A second machine of Nioro."""
    return link_up(machine(space="NIO"), centre)


def test_two_machines_of_one_space_say_it_once_together(
    nioro: Post, desk: Post, after: Callable[[], Machine]
) -> None:
    desk.exchange()
    change(desk.kiosk, "Bintou", village="Gogui")
    again = after()
    desk.line = Wsgi(again.app)
    for post in (nioro, desk, nioro, desk):
        post.exchange()
    assert named(again) == named(nioro.kiosk) == named(desk.kiosk) == ["Awa Coulibaly", "Bintou Diallo"]
    assert known(again, "Awa", "phone") == known(desk.kiosk, "Awa", "phone") == "76000001"
    assert known(again, "Bintou", "village") == known(nioro.kiosk, "Bintou", "village") == "Gogui"
    with again.open():
        assert not session().query(Difference).all(), "both said the same: nobody has to choose"


def test_what_the_centre_takes_away_itself_is_not_said_anew(
    nioro: Post, centre: Machine, copies: Copies
) -> None:
    copies.save(nioro.kiosk, "nioro")
    register(nioro.kiosk, "Awa Coulibaly")
    with centre.writing("coordinator"):
        places.open_space("KAY", places.SpaceCard("Kayes"))
    nioro.exchange()
    nioro.kiosk = copies.put_back(nioro.kiosk, "nioro")
    nioro.exchange()
    copies.save(centre, "centre")
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    again = copies.put_back(centre, "centre")
    with again.writing("coordinator"):
        session().query(Member).one().space_uid = places.space_uid("KAY")
    nioro.line = Wsgi(again.app)
    nioro.exchange()
    assert (named(nioro.kiosk), anew(nioro)) == (["Bintou Diallo"], 0)


def test_forty_people_cost_as_much_as_registering_them(nioro: Post, centre: Machine, copies: Copies) -> None:
    copies.save(nioro.kiosk, "nioro")
    copies.save(centre, "centre")
    for number in range(40):
        register(nioro.kiosk, f"Awa{number} Coulibaly")
    first = nioro.exchange()
    nioro.kiosk = copies.put_back(nioro.kiosk, "nioro")
    nioro.exchange()
    again = copies.put_back(centre, "centre")
    nioro.line = Wsgi(again.app)
    second = nioro.exchange()
    assert len(named(again)) == 40
    assert second.bytes_up < 1.5 * first.bytes_up


@pytest.mark.parametrize("version", [1, 2])
def test_what_a_centre_has_left_of_its_former_times_travels_with_a_snapshot(version: int) -> None:
    former = Former(places.space_uid("NIO"), {1: 12, 3: 40})
    for said in (former, None):
        page = Page(since="1.2.ab", cursor="4.50.cd", full=True, former=said)
        reply = Reply(places.space_uid("KAY"), 4, OK, ((0, bytes(16)),), 0, page, version=version)
        assert read_reply(reply.document()).page.former == said


def test_a_version_is_lost_beyond_the_last_commit_that_is_left_of_its_epoch() -> None:
    former = Former(places.space_uid("NIO"), {1: 12, 3: 40})
    lost = [(1, 13), (2, 5), (3, 41), (5, 1)]
    kept = [(1, 12), (3, 13), (3, 40), (4, 900), (0, 0)]
    assert [version for version in lost + kept if former.lacks(version, 4)] == lost
