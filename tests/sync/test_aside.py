"""What a withdrawn machine still sends waits for the coordination, which takes it or discards it."""

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy import select, update

from kiosk.central import aside, nodes
from kiosk.central.models import quarantine, stream
from kiosk.storage import clock
from kiosk.sync import keyfile, link
from kiosk.sync.trouble import Revoked
from kiosk.sync.worker import Talker
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import stick
from tests.sync.telling import named, register
from tests.sync.test_bundle_pieces import PIECE, a_crowd
from tests.sync.test_replace import rebuild_on, replacement_code

HERE = "/kiosques/1/mis-de-cote"


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u202f", " ").replace("\u00a0", " ")


def withdraw(centre: Machine) -> None:
    with centre.writing():
        nodes.revoke(1)


def refused(post: Post) -> None:
    with pytest.raises(Revoked):
        post.exchange()


def lines(centre: Machine) -> list[int]:
    with centre.open() as current:
        return list(current.scalars(select(quarantine.c.id).order_by(quarantine.c.id)))


def accept(client: Client, line: int) -> str:
    assert client.send(f"{HERE}/{line}/accepter", HERE).status_code == 303
    return plain(client.get(HERE).text)


@pytest.fixture
def withdrawn(kiosk: Machine, any_centre: Machine) -> Post:
    """A kiosk whose key was withdrawn while Awa was not sent."""
    post = link_up(kiosk, any_centre)
    post.exchange()
    withdraw(any_centre)
    register(kiosk, "Awa Coulibaly")
    refused(post)
    return post


def test_a_member_comes_once_accepted_and_never_before(withdrawn: Post, any_centre: Machine) -> None:
    salimata = any_centre.as_("coordinator")
    assert "1 envoi mis de côté" in plain(salimata.get("/kiosques/1").text)
    page = plain(salimata.get(HERE).text)
    assert "Membres 1" in page and "Awa" not in page
    assert named(any_centre) == []
    assert "accepté" in (page := accept(salimata, lines(any_centre)[0]))
    assert re.search(r"Accepté Salimata \w+, le .* 1 changement", page), page
    assert named(any_centre) == ["Awa Coulibaly"]
    refused(withdrawn)
    assert lines(any_centre) == []
    with any_centre.writing():
        nodes.allow_again(1)
    withdrawn.exchange()
    assert named(any_centre) == named(withdrawn.kiosk) == ["Awa Coulibaly"]


def test_what_is_discarded_leaves_the_register_and_a_trace(
    withdrawn: Post, any_centre: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    salimata, line = any_centre.as_("coordinator"), lines(any_centre)[0]
    assert "Rien ne pourra revenir" in plain(salimata.get(f"{HERE}/{line}/ecarter").text)
    assert lines(any_centre) == [line]
    with caplog.at_level(logging.WARNING, "kiosk.central"):
        assert salimata.send(f"{HERE}/{line}/ecarter").status_code == 303
    assert named(any_centre) == lines(any_centre) == []
    assert str(any_centre.people["coordinator"].uid) in caplog.text
    page = plain(salimata.get(HERE).text)
    assert "Rien n’est mis de côté" in page
    assert re.search(r"Écarté Salimata \w+, le .* 1 changement", page), page
    assert salimata.post(f"{HERE}/{line}/accepter").status_code in (400, 404)


def test_what_a_machine_repeats_stands_once(withdrawn: Post, any_centre: Machine) -> None:
    register(withdrawn.kiosk, "Bintou Diallo")
    refused(withdrawn)
    refused(withdrawn)
    assert len(lines(any_centre)) == 1
    accept(any_centre.as_("coordinator"), lines(any_centre)[0])
    assert named(any_centre) == ["Awa Coulibaly", "Bintou Diallo"]


def test_a_machine_that_has_nothing_to_say_leaves_nothing(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    withdraw(centre)
    refused(nioro)
    assert lines(centre) == []


def test_only_the_coordination_reads_takes_and_discards(withdrawn: Post, any_centre: Machine) -> None:
    line, oumar = lines(any_centre)[0], any_centre.as_("editor")
    assert oumar.get(HERE).status_code == 403
    assert oumar.get(f"{HERE}/{line}/ecarter").status_code == 403
    for act in ("accepter", "ecarter"):
        assert oumar.post(f"{HERE}/{line}/{act}").status_code in (400, 403)
    assert lines(any_centre) == [line] and named(any_centre) == []


def test_the_unsent_member_of_a_replaced_kiosk_reaches_the_new_one(
    nioro: Post, centre: Machine, blank: Machine
) -> None:
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    post = rebuild_on(blank, centre, replacement_code(centre))
    refused(nioro)
    assert named(centre) == []
    accept(centre.as_("coordinator"), lines(centre)[0])
    post.exchange()
    assert named(centre) == named(blank) == ["Awa Coulibaly"]


def test_what_lacks_the_sending_before_it_stays(withdrawn: Post, any_centre: Machine) -> None:
    with any_centre.writing() as current:
        known = current.connection().execute(select(stream)).one()
        first = {"have": known.have - 1} if known.have else None
    assert first, "the kiosk had sent something"
    with any_centre.writing() as current:
        current.connection().execute(update(stream).values(**first))
    salimata, line = any_centre.as_("coordinator"), lines(any_centre)[0]
    assert "Il manque un envoi avant celui-ci" in plain(salimata.get(HERE).text)
    assert "Il manque un envoi avant celui-ci" in accept(salimata, line)
    assert lines(any_centre) == [line] and named(any_centre) == []
    with any_centre.writing() as current:
        current.connection().execute(update(stream).values(have=known.have))
    accept(salimata, line)
    assert named(any_centre) == ["Awa Coulibaly"]


def test_what_cannot_be_read_is_said_and_kept(withdrawn: Post, any_centre: Machine) -> None:
    with any_centre.writing() as current:
        aside.keep(current.connection(), 1, b"KSY1 and then noise")
    line = lines(any_centre)[1]
    assert "ne peut pas être lu" in accept(any_centre.as_("coordinator"), line)
    assert line in lines(any_centre)


def test_accepting_is_no_sign_of_life(withdrawn: Post, any_centre: Machine) -> None:
    long_ago = clock.now_ms() - 86_400_000
    with any_centre.writing() as current:
        current.connection().execute(update(stream).values(last_seen=long_ago))
    accept(any_centre.as_("coordinator"), lines(any_centre)[0])
    with any_centre.open() as current:
        assert current.scalar(select(stream.c.last_seen)) == long_ago


def test_all_letters_of_a_withdrawn_kiosks_stick_wait_and_enter_in_order(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, key = a_crowd(nioro, monkeypatch), stick(tmp_path)
    key.written_at(nioro.kiosk, 3 * PIECE)
    withdraw(centre)
    for _ in range(2):
        assert key.taken_at(centre)[0].state == 403
    first, second, *rest = lines(centre)
    salimata = centre.as_("coordinator")
    assert "Il manque un envoi" in accept(salimata, second)
    for line in (first, second, *rest):
        accept(salimata, line)
    assert named(centre) == people
    assert lines(centre) == []


def talker_of(post: Post) -> Talker:
    talker = Talker(post.kiosk.store, post.kiosk.data, "test")
    talker._line, talker._known = post.line, keyfile.load(post.kiosk.data)  # type: ignore[assignment]
    return talker


def test_all_that_waits_is_set_aside_not_the_first_batch_alone(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    withdraw(centre)
    people = sorted(f"Awa {name}" for name in ("Ba", "Cissé", "Diallo", "Keïta", "Maïga", "Sow", "Touré"))
    for name in people:
        register(nioro.kiosk, name)
    with nioro.kiosk.writing() as current:
        link.change(current.connection(), batch=60, change_size=60.0)
    talker = talker_of(nioro)
    for _ in range(3):
        with pytest.raises(Revoked):
            talker.exchange()
    assert len(lines(centre)) == len(people)
    salimata = centre.as_("coordinator")
    for line in lines(centre):
        accept(salimata, line)
    assert named(centre) == people and lines(centre) == []


def test_so_many_batches_at_a_time_and_the_next_try_goes_on(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sync.withdrawn.MOST", 2)
    nioro.exchange()
    withdraw(centre)
    for name in ("Ba", "Cissé", "Diallo", "Keïta"):
        register(nioro.kiosk, f"Awa {name}")
    with nioro.kiosk.writing() as current:
        link.change(current.connection(), batch=60, change_size=60.0)
    talker, seen = talker_of(nioro), []
    for _ in range(3):
        with pytest.raises(Revoked):
            talker.exchange()
        seen.append(len(lines(centre)))
    assert seen == [3, 4, 4]
