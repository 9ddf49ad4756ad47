"""Sticks on the road between Nioro and Kayes: what arrives, once, whatever the order."""

from pathlib import Path

import pytest

from kiosk.central import nodes
from kiosk.members.models import Member
from kiosk.places.models import Room
from kiosk.storage import session
from kiosk.storage.log import sync_self
from kiosk.sync import erasures
from kiosk.sync.bundle.trouble import NothingHere
from kiosk.sync.trouble import NoLink, Revoked
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick, stick
from tests.sync.telling import NIORO, copied, named, register, stream, waiting


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


def test_a_week_without_network_goes_by_stick_and_its_receipt_comes_back(
    kiosk: Machine, any_centre: Machine, key: Stick
) -> None:
    link_up(kiosk, any_centre)
    register(kiosk, "Awa Coulibaly")
    before = waiting(kiosk)
    written = key.written_at(kiosk)
    assert written.changes == before > 0
    assert waiting(kiosk) == before, "writing a stick acknowledges nothing"
    (taken,) = key.taken_at(any_centre)
    assert (taken.taken, taken.state, taken.needs) == (before, 200, None)
    assert named(any_centre) == ["Awa Coulibaly"]
    assert waiting(kiosk) == before, "only the receipt does"
    read = key.read_at(kiosk)
    assert read.acknowledged == before
    assert waiting(kiosk) == 0
    assert key.files == [], "what has served leaves the stick"


def test_two_sticks_and_a_network_sync_of_the_same_week_count_once(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    first, second = stick(tmp_path, "a"), stick(tmp_path, "b")
    register(nioro.kiosk, "Awa Coulibaly")
    first.written_at(nioro.kiosk)
    register(nioro.kiosk, "Bintou Diallo")
    second.written_at(nioro.kiosk)
    register(nioro.kiosk, "Coumba Sacko")
    everybody = ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    second.taken_at(centre)
    assert named(centre) == everybody[:2]
    nioro.exchange()
    assert first.taken_at(centre)[0].taken == 0
    assert second.taken_at(centre)[0].taken == 0
    assert named(centre) == everybody
    for one in (second, first):
        one.read_at(nioro.kiosk)
    nioro.exchange()
    assert named(nioro.kiosk) == named(centre) == everybody
    assert waiting(nioro.kiosk) == 0


def test_what_the_centre_wrote_comes_back_on_the_stick(nioro: Post, centre: Machine, key: Stick) -> None:
    nioro.exchange()
    key.written_at(nioro.kiosk)
    with centre.writing("coordinator"):
        for number in range(1200):
            session().add(Room(space_uid=NIORO, name=f"Salle {number}", seats=0, computers=0))
    key.taken_at(centre)
    assert key.read_at(nioro.kiosk).received >= 1200
    with nioro.kiosk.open() as current:
        assert current.query(Room).filter(Room.name.like("Salle%")).count() == 1200
    nioro.line.calls = 0
    assert nioro.exchange().received == 0


def test_answers_are_written_for_kiosks_that_send_by_hand(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    there, back = stick(tmp_path, "aller"), stick(tmp_path, "retour")
    register(nioro.kiosk, "Awa Coulibaly")
    there.written_at(nioro.kiosk)
    there.taken_at(centre)
    with centre.writing("coordinator"):
        session().add(Room(space_uid=NIORO, name="Salle du haut", seats=0, computers=0))
    assert back.answered_at(centre) == 1
    read = back.read_at(nioro.kiosk)
    assert read.acknowledged > 0
    assert waiting(nioro.kiosk) == 0
    with nioro.kiosk.open() as current:
        assert current.query(Room).filter_by(name="Salle du haut").count() == 1


def test_a_receipt_read_late_or_twice_changes_nothing(nioro: Post, centre: Machine, key: Stick) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    key.written_at(nioro.kiosk)
    key.taken_at(centre)
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    before, (answer,) = position(nioro.kiosk), [one for one in key.files if one.name[0] == "R"]
    kept = answer.read_bytes()
    for _ in range(2):
        answer.write_bytes(kept)
        assert key.read_at(nioro.kiosk).acknowledged == 0
    assert position(nioro.kiosk) == before


def position(machine: Machine) -> tuple[int, int, str]:
    with machine.open() as current:
        row = current.execute(sync_self.select()).one()
        return row.acked, row.settled, row.cursor


def test_a_kiosk_put_back_from_a_backup_hears_by_stick_that_it_forked(
    nioro: Post, centre: Machine, tmp_path: Path, key: Stick
) -> None:
    nioro.exchange()
    old = copied(nioro.kiosk, tmp_path / "old")
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    register(old, "Bintou Diallo")
    before = stream(old)
    key.written_at(old)
    assert key.taken_at(centre)[0].state == 409
    key.read_at(old)
    assert stream(old) != before
    for _ in range(2):
        key.written_at(old)
        key.taken_at(centre)
        key.read_at(old)
    assert named(centre) == named(old) == ["Awa Coulibaly", "Bintou Diallo"]
    old.close()


def test_a_stolen_kiosks_stick_is_put_aside(nioro: Post, centre: Machine, key: Stick) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    key.written_at(nioro.kiosk)
    with centre.writing():
        nodes.revoke(1)
    assert key.taken_at(centre)[0].state == 403
    assert named(centre) == []
    with pytest.raises(Revoked):
        key.read_at(nioro.kiosk)
    assert waiting(nioro.kiosk) > 0


def test_a_stick_serves_several_kiosks(
    nioro: Post, centre: Machine, machine: object, key: Stick, tmp_path: Path
) -> None:
    kayes = link_up(machine(space="KAY"), centre, "KAY")  # type: ignore[operator]
    register(nioro.kiosk, "Awa Coulibaly")
    register(kayes.kiosk, "Moussa Keita", "KAY")
    key.written_at(nioro.kiosk)
    key.written_at(kayes.kiosk)
    assert len(key.taken_at(centre)) == 2
    assert named(centre) == ["Awa Coulibaly", "Moussa Keita"]
    key.read_at(nioro.kiosk)
    key.read_at(kayes.kiosk)
    assert waiting(nioro.kiosk) == waiting(kayes.kiosk) == 0


def test_a_stick_with_nothing_for_this_kiosk_says_so(nioro: Post, key: Stick) -> None:
    with pytest.raises(NothingHere, match="Rien pour cette machine"):
        key.read_at(nioro.kiosk)


def test_a_stick_goes_where_no_link_went(nioro: Post, centre: Machine, key: Stick) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.line.cut = "before"
    with pytest.raises(NoLink):
        nioro.exchange()
    key.written_at(nioro.kiosk)
    key.taken_at(centre)
    key.read_at(nioro.kiosk)
    assert waiting(nioro.kiosk) == 0


def test_an_order_that_comes_by_stick_leaves_no_word_of_hers_in_the_files(
    nioro: Post, centre: Machine, key: Stick
) -> None:
    """Nothing is closed first: the journal of a kiosk that works on is what a thief finds."""
    register(nioro.kiosk, "Nagnouma Sangaré")
    with nioro.kiosk.writing("manager"):
        erasures.ask("member", session().query(Member).one().uid)
    assert here(nioro.kiosk, b"Nagnouma")
    key.written_at(nioro.kiosk)
    key.taken_at(centre)
    key.read_at(nioro.kiosk)
    assert named(nioro.kiosk) == [" "]
    assert here(nioro.kiosk, b"Nagnouma") == []


def here(machine: Machine, word: bytes) -> list[str]:
    found = [path for path in machine.data.rglob("*") if path.is_file()]
    return [path.name for path in found if word in path.read_bytes()]
