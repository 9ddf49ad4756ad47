"""A lost kiosk comes back from the centre: the same view, another key, people with new PINs."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.accounts import queries as staff
from kiosk.accounts import services as accounts
from kiosk.central import queries, services
from kiosk.members.models import Member
from kiosk.places import arrival
from kiosk.places import queries as places
from kiosk.storage import synced_columns, synced_models
from kiosk.storage.log import sync_self
from kiosk.sync import enrol, keyfile, rebuild
from kiosk.sync.caller import Caller
from kiosk.sync.exchange import Exchange
from kiosk.sync.trouble import NoLink, ReplacesAMachine, Revoked, WhichMachine
from tests.support.machines import Machine
from tests.sync.conftest import Post, code_for, link_up
from tests.sync.telling import NIORO, copied, named, register, stream, waiting
from tests.sync.wire import Wsgi

HERE = "http://127.0.0.1"


def replacement_code(centre: Machine, node: int = 1) -> str:
    with centre.writing():
        return str(services.replacement_code(node, centre.data))


def view(machine: Machine) -> dict[str, list[tuple[Any, ...]]]:
    """Return every synced table of a machine, field by field."""
    found = {}
    with machine.open() as current:
        for name, model in synced_models().items():
            columns = [model.__table__.c.uid, *synced_columns(model.__table__)]
            rows = current.connection().execute(select(*columns).order_by(model.__table__.c.uid))
            found[name] = [tuple(row) for row in rows]
    return found


def busy_year(post: Post) -> None:
    """Write what spaces write: people, corrections, a deletion, something of the staff."""
    for number in range(30):
        register(post.kiosk, f"Awa{number} Coulibaly")
    post.exchange()
    with post.kiosk.writing("manager") as current:
        people = list(current.scalars(select(Member)))
        people[0].village = "Sandaré"
        people[1].deleted_at = 5
        accounts.deactivate(post.kiosk.people["author"].uid)
    post.exchange()


def rebuild_on(blank: Machine, centre: Machine, code: str) -> Post:
    """Do what `kiosk enrol --replace` does, without sockets."""
    post = Post(blank, Wsgi(centre.app))
    identity = rebuild.begin(blank.store, blank.data, HERE, code, "test", post.line)
    post.exchange()
    with blank.writing():
        arrival.arrive(NIORO)
    assert identity.space_uid == NIORO.hex
    return post


def test_a_replacement_shows_what_the_lost_kiosk_showed(
    kiosk: Machine, any_centre: Machine, blank: Machine
) -> None:
    lost = link_up(kiosk, any_centre)
    busy_year(lost)
    before = view(lost.kiosk)
    rebuild_on(blank, any_centre, replacement_code(any_centre))
    assert view(blank) == before
    assert len(before["member"]) == 30


def test_the_lost_machine_may_not_speak_any_more(nioro: Post, centre: Machine, blank: Machine) -> None:
    nioro.exchange()
    rebuild_on(blank, centre, replacement_code(centre))
    register(nioro.kiosk, "Coumba Sacko")
    with pytest.raises(Revoked):
        nioro.exchange()
    assert named(centre) == []
    with centre.open():
        lost, new = queries.kiosks()
        assert (lost.replaced_by, lost.quarantined) == (new.node_no, 1)


def test_the_replacement_goes_on_where_the_lost_one_stopped(
    nioro: Post, centre: Machine, blank: Machine
) -> None:
    busy_year(nioro)
    post = rebuild_on(blank, centre, replacement_code(centre))
    blank.people.update(nioro.kiosk.people)
    register(blank, "Bintou Diallo")
    with blank.writing("manager") as current:
        current.scalars(select(Member).where(Member.village == "Sandaré")).one().village = "Diéma"
    post.exchange()
    assert view(blank)["member"] == view(centre)["member"]
    assert "Bintou Diallo" in named(centre)


def test_a_cut_on_the_way_is_taken_up_again(nioro: Post, centre: Machine, blank: Machine) -> None:
    """The answer with the key is lost; later a piece of the snapshot; nobody types anything again."""
    busy_year(nioro)
    line = Wsgi(centre.app)
    line.cut = "after"
    with pytest.raises(NoLink):
        rebuild.begin(blank.store, blank.data, HERE, replacement_code(centre), "test", line)
    assert json.loads((blank.data / rebuild.NOTE).read_text())["address"] == HERE
    line.cut = ""
    known = json.loads((blank.data / rebuild.NOTE).read_text())
    rebuild.begin(blank.store, blank.data, known["address"], known["code"], "test", line)
    assert not (blank.data / rebuild.NOTE).exists()
    Exchange(blank.store, Caller(keyfile.load(blank.data), line, "test")).run()
    assert view(blank)["member"] == view(nioro.kiosk)["member"]


def test_an_unset_database_follows_the_key_file(nioro: Post, centre: Machine, blank: Machine) -> None:
    """The power fails after the key file and before the database knows of it."""
    busy_year(nioro)
    line = Wsgi(centre.app)
    rebuild.begin(blank.store, blank.data, HERE, replacement_code(centre), "test", line)
    identity = keyfile.load(blank.data)
    with blank.writing() as current:
        current.execute(update(sync_self).values(node_no=None))
    enrol.settle_in(blank.store, identity)
    Exchange(blank.store, Caller(identity, line, "test")).run()
    assert view(blank) == view(nioro.kiosk)


def test_credentials_never_travel(nioro: Post, centre: Machine, blank: Machine) -> None:
    nioro.exchange()
    rebuild_on(blank, centre, replacement_code(centre))
    with blank.open():
        team = staff.team(NIORO)
        assert [one.kind for one in team] == [None] * 3
        assert [one.name for one in staff.heirs()] == ["Kadidia Sissoko"]


def test_a_manager_takes_over_with_the_code_of_the_console(
    nioro: Post, centre: Machine, blank: Machine
) -> None:
    nioro.exchange()
    rebuild_on(blank, centre, replacement_code(centre))
    client = blank.client()
    page = client.get("/", follow_redirects=True)
    assert "Kadidia Sissoko" in page.text
    assert "Moussa Diarra" not in page.text
    typed = {
        "who": nioro.kiosk.people["manager"].uid.hex,
        "console": accounts.set_up_code(blank.data),
        "secret": "739164",
        "again": "739164",
    }
    wrong = client.send("/mise-en-route", **{**typed, "console": "AAAA-AAAA"})
    assert "pas le code de la machine" in wrong.text
    time.sleep(1.1)
    answer = client.send("/mise-en-route", **typed)
    assert answer.status_code == 303, answer.text
    assert client.get("/equipe").status_code == 200
    assert blank.client().get("/mise-en-route").status_code == 404


def test_a_page_says_that_the_rows_are_coming(nioro: Post, centre: Machine, blank: Machine) -> None:
    nioro.exchange()
    line = Wsgi(centre.app)
    rebuild.begin(blank.store, blank.data, HERE, replacement_code(centre), "test", line)
    assert "Les fiches arrivent" in blank.client().get("/mise-en-route").text


def test_a_code_of_replacement_must_be_meant(nioro: Post, centre: Machine, blank: Machine) -> None:
    code = replacement_code(centre)
    with pytest.raises(ReplacesAMachine):
        enrol.enrol(blank.store, blank.data, HERE, code, "test", Wsgi(centre.app))
    rebuild_on(blank, centre, code)


def test_an_ordinary_code_replaces_the_only_machine(nioro: Post, centre: Machine, blank: Machine) -> None:
    nioro.exchange()
    rebuild_on(blank, centre, code_for(centre, "NIO"))
    with centre.open():
        assert [one.state for one in queries.kiosks()] == ["revoked", "ok"]


def test_of_two_machines_the_code_says_which(
    nioro: Post, centre: Machine, blank: Machine, machine: Callable[..., Machine]
) -> None:
    link_up(machine(), centre)
    with pytest.raises(WhichMachine):
        rebuild_on(blank, centre, code_for(centre, "NIO"))
    assert not (blank.data / rebuild.NOTE).exists()
    rebuild_on(blank, centre, replacement_code(centre, 2))
    with centre.open():
        assert [one.revoked_at is None for one in queries.kiosks()] == [True, False, True]


def test_a_backup_put_back_elsewhere_keeps_its_unsent_work(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    """A backup carries no key: the machine asks for the lost one's place and sends what waited."""
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    register(nioro.kiosk, "Never Sent")
    old = copied(nioro.kiosk, tmp_path / "old")
    (old.data / keyfile.NAME).unlink()
    nioro.kiosk.close()
    register(nioro.kiosk, "Bintou Diallo")
    before = stream(old)
    post = rebuild_on(old, centre, replacement_code(centre))
    assert stream(old) != before
    assert named(old) == named(centre) == ["Awa Coulibaly", "Never Sent"]
    assert waiting(post.kiosk) == 0
    old.close()


def test_the_place_of_the_space_is_taken_once(nioro: Post, centre: Machine, blank: Machine) -> None:
    nioro.exchange()
    rebuild_on(blank, centre, replacement_code(centre))
    with blank.writing():
        arrival.arrive(NIORO)
        assert places.here_uid() == NIORO
