"""Stories from the field, told on real kiosks and a real centre."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.central import meta, nodes, queries
from kiosk.config import load
from kiosk.members import services as members
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import services as places
from kiosk.storage import Store, session, transaction
from kiosk.sync import keyfile, start
from kiosk.sync.line import Answer
from kiosk.sync.trouble import NoLink, NotTheCentre, Revoked, Unknown
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.wire import Wsgi

NIORO = places.space_uid("NIO")


def register(machine: Machine, name: str, space: str = "NIO") -> None:
    """Register somebody at a kiosk."""
    with machine.writing("manager"):
        given, _, family = name.partition(" ")
        members.register(places.space_uid(space), given_name=given, family_name=family, sex="F")


def named(machine: Machine) -> list[str]:
    """Return the names in a machine's register, each as often as it stands there."""
    with machine.open() as current:
        rows = current.execute(text("select given_name || ' ' || family_name from member"))
        return sorted(row[0] for row in rows)


def copied(machine: Machine, target: Path) -> Machine:
    """Copy a whole data directory, key file and all."""
    machine.close()
    shutil.copytree(machine.data, target)
    return Machine(load(target, {}), machine.people)


def waiting(machine: Machine) -> int:
    with machine.open() as current:
        return current.scalar(text("select count(*) from sync_log where state = 'pending'")) or 0


def test_a_lost_answer_counts_nobody_twice(kiosk: Machine, any_centre: Machine) -> None:
    post = link_up(kiosk, any_centre)
    register(kiosk, "Awa Coulibaly")
    post.line.cut = "after"
    for _ in range(3):
        with pytest.raises(NoLink):
            post.exchange()
    assert waiting(kiosk)
    post.line.cut = ""
    post.exchange()
    assert named(any_centre) == ["Awa Coulibaly"]
    assert waiting(kiosk) == 0


def test_two_copies_of_one_card_lose_nothing(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    everybody = ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    assert named(centre) == named(nioro.kiosk) == named(twin.kiosk) == everybody
    twin.kiosk.close()


def test_the_coordinator_sees_two_machines_with_one_identity(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), Wsgi(centre.app))
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for post in (nioro, twin, nioro, twin):
        post.exchange()
    page = centre.as_("coordinator").get("/kiosques")
    assert "Deux machines portent l’identité" in page.text
    twin.kiosk.close()


def test_a_copied_card_in_another_machine_moves_at_once(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    prints = iter(["board-1|card-1|mac-1", "board-2|card-2|mac-1"])
    monkeypatch.setattr("kiosk.sync.hardware.print_now", lambda: next(prints))
    before = stream(nioro.kiosk)
    assert not start.check(nioro.kiosk.store, nioro.kiosk.data)
    assert stream(nioro.kiosk) == before
    assert start.check(nioro.kiosk.store, nioro.kiosk.data)
    assert stream(nioro.kiosk) != before


def stream(machine: Machine) -> bytes:
    with machine.open() as current:
        return bytes(current.scalar(text("select stream_uid from sync_self")))


def test_two_machines_from_one_prepared_card_each_with_its_code(
    kiosk: Machine, centre: Machine, machine: Callable[..., Machine]
) -> None:
    first, second = link_up(kiosk, centre), link_up(machine(), centre)
    register(first.kiosk, "Awa Coulibaly")
    register(second.kiosk, "Bintou Diallo")
    for post in (first, second, first):
        post.exchange()
    assert named(centre) == named(first.kiosk) == named(second.kiosk)


def test_a_kiosk_put_back_from_a_backup_gets_its_members_again(nioro: Post, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    old = copied(nioro.kiosk, tmp_path / "old")
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    back = Post(old, nioro.line)
    register(old, "Coumba Sacko")
    back.exchange()
    assert named(old) == ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    old.close()


def test_the_centre_put_back_from_mondays_backup_hears_everything_again(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    centre.close()
    shutil.copy(centre.data / "kiosk.db", tmp_path / "monday.db")
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    centre.close()
    shutil.copy(tmp_path / "monday.db", centre.data / "kiosk.db")
    again = Machine(load(centre.data, {}), centre.people)
    post = Post(nioro.kiosk, Wsgi(again.app))
    post.exchange()
    assert named(again) == ["Awa Coulibaly", "Bintou Diallo"]
    assert waiting(nioro.kiosk) == 0
    again.close()


def test_a_stolen_kiosk_is_refused_and_its_work_put_aside(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    with centre.writing():
        nodes.revoke(1)
    register(nioro.kiosk, "Awa Coulibaly")
    with pytest.raises(Revoked):
        nioro.exchange()
    assert named(centre) == []
    with centre.open():
        assert queries.kiosks()[0].quarantined == 1
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Le centre a retiré la clé" in page.text
    with centre.writing():
        nodes.allow_again(1)
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly"]


def test_no_name_of_one_space_reaches_another(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    kayes = link_up(machine(space="KAY"), centre, "KAY")
    register(nioro.kiosk, "Nagnouma Keïta")
    register(kayes.kiosk, "Djeneba Sangaré", "KAY")
    for post in (nioro, kayes, nioro, kayes):
        post.exchange()
    assert named(centre) == ["Djeneba Sangaré", "Nagnouma Keïta"]
    kayes.kiosk.close()
    for found in kayes.kiosk.data.rglob("*"):
        if found.is_file():
            assert b"Nagnouma" not in found.read_bytes(), found
    with kayes.kiosk.open() as current:
        assert current.scalar(text("select count(*) from space")) == 2


def test_a_kiosk_may_not_write_for_another_space(nioro: Post, centre: Machine) -> None:
    with nioro.kiosk.writing():
        other = places.open_space("KAY", places.SpaceCard("Kayes"))
        members.register(other.uid, given_name="Awa", family_name="Coulibaly")
    nioro.exchange()
    assert named(centre) == []
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Cette fiche appartient à un autre espace." in page.text
    assert "Refusé" in page.text


def test_a_portal_that_answers_everything_is_no_centre(nioro: Post) -> None:
    class Portal:
        def ask(self, *_: object) -> Answer:
            return Answer(200, {"Content-Type": "text/html"}, b"<html>Bienvenue</html>", 10, 22, 0.1)

    before = waiting(nioro.kiosk)
    with pytest.raises(NotTheCentre):
        Post(nioro.kiosk, Portal()).exchange()  # type: ignore[arg-type]
    assert waiting(nioro.kiosk) == before > 0
    assert "erreur" not in nioro.kiosk.as_("manager").get("/envois").text.lower()


def test_a_key_the_centre_never_gave_is_unknown(nioro: Post, machine: Callable[..., Machine]) -> None:
    elsewhere = machine("central")
    with pytest.raises(Unknown):
        Post(nioro.kiosk, Wsgi(elsewhere.app)).exchange()


def test_what_the_centre_decides_comes_down(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    with centre.writing("coordinator"):
        session().query(Member).one().family_name = "Coulibaly-Traoré"
    nioro.exchange()
    assert named(nioro.kiosk) == ["Awa Coulibaly-Traoré"]
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select count(*) from sync_log where tab = 'member'")) == 1


def test_a_truly_concurrent_edit_keeps_its_loser(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        session().query(Member).one().given_name = "Hawa"
    with centre.writing("coordinator"):
        session().query(Member).one().given_name = "Aoua"
    nioro.exchange()
    with centre.open() as current:
        losing = current.scalar(text("select losing from conflict"))
        standing = current.scalar(text("select given_name from member"))
    assert {losing, f'"{standing}"'} == {'"Hawa"', '"Aoua"'}
    assert named(nioro.kiosk) == [f"{standing} Coulibaly"]


def test_a_consent_withdrawn_wins_whatever_the_clocks(nioro: Post, centre: Machine) -> None:
    with nioro.kiosk.writing("manager"):
        purpose = next(iter(Purpose))
        member = members.register(NIORO, [purpose], given_name="Awa", family_name="Coulibaly")
        members.say(member, purpose, False, member.registered_on)
    nioro.exchange()
    with centre.writing("coordinator"):
        session().query(Consent).one().granted = True
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        session().query(Consent).one().granted = False
    with centre.writing("coordinator"):
        session().query(Consent).one().on_date = member.registered_on.replace(day=1)
        session().query(Consent).one().granted = False
        session().flush()
        session().query(Consent).one().granted = True
    nioro.exchange()
    with centre.open() as current:
        assert not current.scalar(text("select granted from consent"))


def test_a_change_without_its_parent_waits_and_delays_nobody(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    with centre.store.engine.begin() as connection:
        for name in ("consent", "member"):
            connection.execute(text(f"update {name} set ver = -1"))
            connection.execute(text(f"delete from {name}"))
        connection.execute(text("delete from field_ver where tab = 'member'"))
        connection.execute(text("delete from commit_log where tab = 'member'"))
    with nioro.kiosk.writing("manager"):
        session().query(Member).one().given_name = "Hawa"
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    assert named(centre) == ["Bintou Diallo"]
    page = nioro.kiosk.as_("manager").get("/envois")
    assert "Le centre attend une fiche dont il dépend." in page.text


def test_a_full_disk_at_the_kiosk_leaves_nothing_half_done(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    with centre.writing("coordinator"):
        session().query(Member).one().notes = "x" * 1_000_000
    engine = nioro.kiosk.store.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        connection.commit()
    with pytest.raises(Exception, match="full"):
        nioro.exchange()
    nioro.kiosk.store.close()
    nioro.exchange()
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select length(notes) from member")) == 1_000_000


def test_a_centre_that_never_was_restored_keeps_its_epoch(centre: Machine) -> None:
    for _ in range(3):
        store = Store(centre.settings.database_url)
        with store.open() as current:
            with transaction():
                assert not meta.prepare(current.connection(), centre.data)
            meta.remember(current.connection(), centre.data)
            assert current.scalar(text("select epoch from central_meta")) == 1
        store.close()


def test_the_key_file_is_for_its_owner_alone(nioro: Post) -> None:
    path = nioro.kiosk.data / keyfile.NAME
    assert path.stat().st_mode & 0o777 == 0o600
    with nioro.kiosk.open() as current:
        dump = "\n".join(current.connection().connection.driver_connection.iterdump())
    assert keyfile.load(nioro.kiosk.data).secret not in dump
