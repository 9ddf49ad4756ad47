"""Who may write and receive what, who wins, and what waits."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from kiosk.central import meta
from kiosk.members import services as members
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import services as places
from kiosk.storage import Store, session, transaction
from kiosk.sync import keyfile
from kiosk.sync.line import Answer
from kiosk.sync.trouble import NotTheCentre, Unknown
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, named, register, waiting
from tests.sync.wire import Wsgi


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
