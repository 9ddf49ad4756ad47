"""A person's right to be forgotten reaches rows, logs, losers, replays and restored backups."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select, text

from kiosk.config import load
from kiosk.members import queries as members
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import Base, clock, session
from kiosk.storage.log import sync_log
from kiosk.sync import erasures, rehome
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import copied, named, register
from tests.sync.wire import Wsgi

WORDS = ("Nagnouma", "Sangaré", "nagnouma", "sangare", "76543210")


def enter(machine: Machine) -> None:
    """Nagnouma, who will be forgotten, and Bintou."""
    register(machine, "Nagnouma Sangaré")
    register(machine, "Bintou Diallo")
    with machine.writing("manager"):
        who = session().query(Member).filter_by(given_name="Nagnouma").one()
        who.phone, who.notes = "+22376543210", "Sœur de Sangaré"


def ask(machine: Machine, role: str = "manager") -> None:
    with machine.writing(role):
        erasures.ask("member", session().query(Member).filter_by(given_name="Nagnouma").one().uid)


def traces(machine: Machine) -> list[str]:
    """Every file of a machine that still holds one of her words."""
    machine.close()
    found = [path for path in machine.data.rglob("*") if path.is_file()]
    return [f"{path.name}: {word}" for path in found for word in WORDS if word.encode() in path.read_bytes()]


def people(machine: Machine) -> tuple[int, int]:
    with machine.open():
        counted = members.tally(clock.today())
        return counted.total, counted.women


def test_a_forgotten_name_is_nowhere_and_she_stays_counted(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    before = people(nioro.kiosk)
    assert traces(centre) and traces(nioro.kiosk)
    ask(nioro.kiosk)
    nioro.exchange()
    nioro.exchange()
    assert traces(nioro.kiosk) == []
    assert traces(centre) == []
    assert people(nioro.kiosk) == people(centre) == before
    kadidia = nioro.kiosk.as_("manager")
    assert "Nagnouma" not in kadidia.get("/membres").text
    with nioro.kiosk.open():
        uid = session().query(Member.uid).filter_by(given_name="").scalar()
    hers = kadidia.get(f"/membres/{uid}").text
    assert "Personne effacée" in hers
    assert "Former cette personne" not in hers and "Accompagner" not in hers, "both are refused"


def test_it_is_the_same_on_postgresql(kiosk: Machine, any_centre: Machine) -> None:
    nioro = link_up(kiosk, any_centre)
    enter(kiosk)
    nioro.exchange()
    ask(kiosk)
    nioro.exchange()
    with any_centre.open() as current:
        rows = [
            str(row)
            for table in Base.metadata.sorted_tables
            for row in current.connection().execute(select(table))
        ]
    assert len(rows) > 20
    assert not [row for row in rows for word in WORDS if word in row]


def test_the_log_goes_on_after_an_erasure(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    ask(centre, "coordinator")
    nioro.exchange()
    register(nioro.kiosk, "Coumba Sacko")
    nioro.exchange()
    assert "Coumba Sacko" in named(centre)
    with nioro.kiosk.writing():
        rehome.replay_all(session().connection())
    nioro.exchange()
    assert named(centre) == named(nioro.kiosk) == [" ", "Bintou Diallo", "Coumba Sacko"]
    assert traces(centre) == traces(nioro.kiosk) == []


def test_a_restored_centre_forgets_her_again_and_believes_the_emptied_changes(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    nioro.exchange()
    save(centre, tmp_path / "before.db")
    enter(nioro.kiosk)
    nioro.exchange()
    save(centre, tmp_path / "with-her.db")
    ask(nioro.kiosk)
    nioro.exchange()
    nioro.exchange()
    assert not traces(centre)
    for name in ("with-her.db", "before.db"):
        again = put_back(centre, tmp_path / name)
        post = Post(nioro.kiosk, Wsgi(again.app))
        assert "Nagnouma Sangaré" not in named(again)
        for _ in range(2):
            post.exchange()
        assert named(again) == named(nioro.kiosk) == [" ", "Bintou Diallo"]
        assert traces(again) == []
        again.close()


def save(machine: Machine, target: Path) -> None:
    with (
        closing(sqlite3.connect(machine.data / "kiosk.db")) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)


def put_back(machine: Machine, source: Path) -> Machine:
    """The machine started again on an older database; what lies beside it stays."""
    machine.close()
    for tail in ("-wal", "-shm"):
        (machine.data / f"kiosk.db{tail}").unlink(missing_ok=True)
    shutil.copy(source, machine.data / "kiosk.db")
    return Machine(load(machine.data, {}), machine.people)


def test_a_kiosk_put_back_from_a_backup_forgets_her_again(nioro: Post, tmp_path: Path) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    old = copied(nioro.kiosk, tmp_path / "old")
    ask(nioro.kiosk)
    nioro.exchange()
    nioro.exchange()
    back = Post(old, nioro.line)
    back.exchange()
    assert traces(old) == []
    old.close()


def test_what_another_machine_still_writes_of_her_is_emptied_as_it_arrives(
    kiosk: Machine, centre: Machine, machine: Callable[..., Machine]
) -> None:
    desk, laptop = link_up(kiosk, centre), link_up(machine(), centre)
    enter(kiosk)
    for post in (desk, laptop):
        post.exchange()
    with laptop.kiosk.writing("manager"):
        session().query(Member).filter_by(given_name="Nagnouma").one().notes = "Chez Sangaré, 76543210"
    ask(kiosk)
    for post in (desk, laptop, desk, laptop):
        post.exchange()
    for one in (centre, kiosk, laptop.kiosk):
        assert traces(one) == []


def test_a_space_that_had_her_before_forgets_her_too(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    link_up(machine(space="KAY"), centre, "KAY").exchange()
    enter(nioro.kiosk)
    nioro.exchange()
    with centre.writing("coordinator"):
        her = session().query(Member).filter_by(given_name="Nagnouma").one()
        her.space_uid = places.space_uid("KAY")
    nioro.exchange()
    assert traces(nioro.kiosk)
    ask(centre, "coordinator")
    for _ in range(2):
        nioro.exchange()
    assert traces(nioro.kiosk) == traces(centre) == []


def test_the_loser_of_a_conflict_is_forgotten_too(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    for one, name in ((nioro.kiosk, "Sangaré-Traoré"), (centre, "Sangaré-Keïta")):
        with one.writing():
            session().query(Member).filter_by(given_name="Nagnouma").one().family_name = name
    nioro.exchange()
    with centre.open() as current:
        assert current.scalar(text("select count(*) from difference"))
    ask(centre, "coordinator")
    nioro.exchange()
    assert traces(centre) == traces(nioro.kiosk) == []


def test_an_emptied_change_of_a_row_nobody_erased_is_refused(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    with nioro.kiosk.writing() as current:
        bodies = sync_log.update().where(sync_log.c.tab == "member").values(emptied=True)
        current.connection().execute(bodies)
    nioro.exchange()
    assert named(centre) == []
    with centre.open() as current:
        assert current.scalar(text("select reason from inbox where state = 'held'")) == "wire"
    again = Machine(load(centre.data, {}), centre.people)
    assert named(again) == [] and again.app is not None
    Post(nioro.kiosk, Wsgi(again.app)).exchange()
    assert named(again) == []


def test_a_request_is_taken_back_until_it_left(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    ask(nioro.kiosk)
    with nioro.kiosk.open("manager"):
        uid = session().query(Member).filter_by(given_name="Nagnouma").one().uid
    with nioro.kiosk.writing("manager"):
        erasures.take_back("member", uid)
    nioro.exchange()
    assert "Nagnouma Sangaré" in named(centre)


def test_the_page_says_what_goes_and_what_stays(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    with nioro.kiosk.open("manager"):
        uid = session().query(Member).filter_by(given_name="Nagnouma").one().uid
    phone = nioro.kiosk.as_("manager")
    assert "Effacer cette personne" in phone.get(f"/membres/{uid}").text
    phone.send("/confirmer", secret=nioro.kiosk.people["manager"].secret)
    page = phone.get(f"/membres/{uid}/effacer")
    assert "Ce qui reste compté, sans nom" in page.text
    assert phone.send(f"/membres/{uid}/effacer").status_code == 303
    assert "Effacement demandé" in phone.get(f"/membres/{uid}").text
    nioro.exchange()
    nioro.exchange()
    page = phone.get(f"/membres/{uid}").text
    assert "Personne effacée" in page and "Sangaré" not in page
