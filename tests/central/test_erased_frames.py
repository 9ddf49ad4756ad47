"""Erased words leave what waits outside the inbox; the orders of a newer program stop no start."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select

from kiosk.central import aside, erasing, frames, nodes, waiting
from kiosk.central.models import carried_push, inbox, quarantine
from kiosk.members.models import Member
from kiosk.storage import SCHEMA, new_uid, session
from kiosk.sync import exchange, frame, link, outbox
from kiosk.sync.bundle.letters import Letter
from kiosk.sync.trouble import Revoked
from tests.central.test_erasing import WORDS, ask, enter
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import named, register


def kept(centre: Machine) -> str:
    """Return all that the frames kept aside say, unpacked."""
    with centre.open() as current:
        bodies = [*current.scalars(select(quarantine.c.body)), *current.scalars(select(carried_push.c.body))]
    return "".join(json.dumps(frame.decode(bytes(body)), ensure_ascii=False) for body in bodies)


def refused(post: Post) -> None:
    with pytest.raises(Revoked):
        post.exchange()


@pytest.fixture
def withdrawn(nioro: Post, centre: Machine) -> Post:
    """A kiosk withdrawn while the village of Nagnouma, and Coumba, were not sent."""
    enter(nioro.kiosk)
    nioro.exchange()
    with centre.writing():
        nodes.revoke(1)
    with nioro.kiosk.writing("manager"):
        session().query(Member).filter_by(given_name="Nagnouma").one().notes = "Sœur de Sangaré"
        session().query(Member).filter_by(given_name="Nagnouma").one().phone = "+22376543210"
    register(nioro.kiosk, "Coumba Sacko")
    with nioro.kiosk.writing("manager"):
        session().query(Member).filter_by(given_name="Nagnouma").one().notes = "Sœur de Sangaré, dit-on"
    return nioro


def order(centre: Machine) -> None:
    """The coordination orders her erasure."""
    ask(centre, "coordinator")
    with centre.writing():
        erasing.run(centre.data)


def test_what_is_set_aside_loses_the_words_and_is_taken_all_the_same(
    withdrawn: Post, centre: Machine
) -> None:
    refused(withdrawn)
    assert "Sangaré" in kept(centre)
    order(centre)
    assert not [word for word in WORDS if word in kept(centre)]
    assert "Coumba" in kept(centre)
    with centre.open() as current:
        line = current.scalar(select(quarantine.c.id))
        assert aside.accept(1, line or 0, centre.data, new_uid()) == 2
    assert "Coumba Sacko" in named(centre)


def test_what_comes_after_the_order_is_kept_without_the_words(withdrawn: Post, centre: Machine) -> None:
    order(centre)
    refused(withdrawn)
    assert "Coumba" in kept(centre)
    assert not [word for word in WORDS if word in kept(centre)]


def test_a_letter_that_waits_and_names_her_goes_another_stays(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    with nioro.kiosk.open() as current:
        request = exchange.build(current.connection(), link.Link(), after=0)
    letter = Letter({}, frame.encode(request.document()), {"first": 5, "last": 9})
    with centre.open():
        waiting.keep(1, request.stream, letter)
        known = Letter({}, bare(request), {"first": 15, "last": 19})
        waiting.keep(1, request.stream, known)
    order(centre)
    with centre.open() as current:
        assert current.scalars(select(carried_push.c.first)).all() == [15]


def bare(request: frames.Request) -> bytes:
    """A push of the same stream that names no person."""
    return frame.encode(replace(request, rows=(), head=request.prev).document())


def test_an_order_about_a_table_that_only_a_newer_program_has_stops_no_start(
    nioro: Post, centre: Machine
) -> None:
    enter(nioro.kiosk)
    nioro.exchange()
    order(centre)
    line = json.loads((centre.data / erasing.FILE).read_text().splitlines()[0])
    newer = {**line, "uid": new_uid().hex, "tab": "hologram", "row": new_uid().hex}
    newer["places"] = [["hologram", newer["row"], ["face"]], *line["places"]]
    with (centre.data / erasing.FILE).open("a") as file:
        file.write(json.dumps(newer) + "\n")
    with centre.writing():
        assert erasing.again(centre.data) == 1
        assert erasing.again(centre.data) == 0


def test_an_order_of_which_only_a_part_was_known_is_carried_out_again(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older program did what it could; the newer one does the rest at its start."""
    enter(nioro.kiosk)
    nioro.exchange()
    with centre.open() as current:
        bintou = current.scalar(select(Member.uid).where(Member.given_name == "Bintou"))
    order(centre)
    line = json.loads((centre.data / erasing.FILE).read_text().splitlines()[0])
    line["places"].append(["member", bintou.hex if bintou else "", ["given_name", "family_name"]])
    (centre.data / erasing.FILE).write_text(json.dumps(line) + "\n")
    with centre.writing():
        assert erasing.again(centre.data) == 1
    assert "Bintou Diallo" not in named(centre)


def test_what_leans_on_changes_that_are_not_here_is_asked_for_in_full_and_loses_the_words(
    withdrawn: Post, centre: Machine
) -> None:
    """The centre was put back to before she came; her kiosk names her by a position of its log."""
    order(centre)
    with centre.writing() as current:
        current.connection().execute(delete(inbox))
    with withdrawn.kiosk.writing() as current:
        link.change(current.connection(), speaks=SCHEMA)
    refused(withdrawn)
    assert "Coumba" in kept(centre)
    assert not [word for word in WORDS if word in kept(centre)]


def test_one_that_an_older_program_kept_goes_where_nobody_can_tell_whose_words_it_holds(
    withdrawn: Post, centre: Machine
) -> None:
    with withdrawn.kiosk.open() as current:
        request = exchange.build(current.connection(), link.Link())
        places = outbox.created(current.connection(), request.rows, request.first)
    brief = frame.encode(replace(request, version=2, places=places).document(), dictionary=frame.DICTIONARY)
    with centre.writing() as current:
        current.connection().execute(delete(inbox))
        current.connection().execute(insert(quarantine).values(node_no=1, recv_ms=1, body=brief))
    assert "Sangaré" in kept(centre)
    order(centre)
    assert not [word for word in WORDS if word in kept(centre)]
