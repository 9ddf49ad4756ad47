"""Recorded exchanges: what a released program sent and was answered, replayed against this one."""

import base64
import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from kiosk.central.models import node
from kiosk.members.models import Member
from kiosk.partners.models import Organisation
from kiosk.storage import session, versions
from kiosk.storage.changes import INSERT, SCHEMA, first_link, next_link
from kiosk.storage.log import log_row, sync_log, sync_self
from kiosk.sync import exchange, frame, outbox
from kiosk.sync.messages import Request, read_reply, read_request
from kiosk.sync.signature import Call, Key, verify_reply, verify_request
from tests.support.machines import Machine

GOLDEN = sorted(Path(__file__).with_name("golden").glob("schema-*.json"))
OLD_REPLY = {"v", "stream", "epoch", "kind", "since", "cursor", "full", "more", "key", "resume"} | {
    "settled", "now", "held", "rejected", "probes", "d",
}  # fmt: skip


PINNED = {
    "schema-1.json": "a18ceb0d3423d6dcacf7eb5fd85de12428fd8269bb2c3619724ec172467c998a",
    "schema-2.json": "b7144cfb22e192c3d8e27c5bc9bb747334c67f7bdcaa2003a294e528da344355",
    "schema-3.json": "da1ef1a3b81f5d38901fd1cfae001dd60b2c60739fd51934259cbfd5128c0ad7",
    "schema-4.json": "37a766ac589212fa32efd9bc8883ae5407b19c298a44fbde6f5b04273a7d53ef",
}


def test_what_is_in_the_field_is_recorded_and_never_rewritten() -> None:
    """`python -m tests.sync.record` writes the file of a schema, before the next one begins."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in GOLDEN}
    assert found == PINNED
    assert {f"schema-{number}.json" for number in range(1, SCHEMA)} <= PINNED.keys()


def recorded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def enrolled(centre: Machine, golden: dict[str, Any]) -> Key:
    """Make the centre know the recorded kiosk's key."""
    key = Key(golden["key_id"], base64.b64decode(golden["secret"]))
    about = {"space_uid": uuid.UUID(hex=golden["space"]), "code": "NIO", "name": "Nioro", "enrolled_at": 1}
    with centre.writing():
        session().execute(insert(node).values(node_no=90, key_id=key.key_id, secret=key.secret, **about))
    return key


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_recorded_kiosk_is_answered_as_it_was(any_centre: Machine, path: Path) -> None:
    golden = recorded(path)
    key = enrolled(any_centre, golden)
    client, heads = any_centre.app.test_client(), []
    known = versions.schema(golden["schema"]).tables
    for trip in golden["trips"]:
        body = base64.b64decode(trip["body"])
        answer = client.open(trip["path"], method=trip["method"], headers=trip["headers"], data=body)
        assert answer.status_code == trip["status"]
        found = {name.title(): value for name, value in answer.headers.items()}
        verify_reply(key, answer.status_code, answer.data, found, trip["headers"]["Signature"])
        said, then = frame.decode(answer.data), frame.decode(base64.b64decode(trip["reply"]))
        assert said["v"] == then["v"] == min(golden["schema"], 2)
        assert said["v"] > 1 or said.keys() >= OLD_REPLY
        now, before = read_reply(said), read_reply(then)
        assert now.probes[0] == before.probes[0]
        heads.append((now.kind, now.settled, now.held, now.rejected))
        assert heads[-1] == (before.kind, before.settled, before.held, before.rejected)
        items = now.page.items
        assert all(one.tab in known and set(one.fields) <= set(known[one.tab].columns) for one in items)
    with any_centre.open() as current:
        names = set(current.scalars(select(Member.given_name)))
        rooms = current.scalar(text("select count(*) from room"))
        village = current.scalar(select(Member.village).where(Member.given_name == "Awa"))
        links = current.scalar(text("select count(*) from person_link"))
        sheets = current.scalars(text("select sheets from till_line order by sheets")).all()
    assert (names, rooms, village) == ({"Awa", "Sékou"}, 41, "Youri")
    assert bool(links) is (golden["schema"] > 1)
    assert sheets == ([-12, 12] if golden["schema"] > 3 else [])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_recorded_centre_is_understood(kiosk: Machine, path: Path) -> None:
    golden = recorded(path)
    key = Key(golden["key_id"], base64.b64decode(golden["secret"]))
    asked = requests(golden)
    become(kiosk, asked)
    for trip, request in zip(golden["trips"], asked, strict=True):
        call = Call(trip["method"], trip["path"], request.stream.hex, base64.b64decode(trip["body"]))
        verify_request(key, call, trip["headers"])
        body = base64.b64decode(trip["reply"])
        verify_reply(key, trip["status"], body, trip["reply_headers"], trip["headers"]["Signature"])
        with kiosk.writing() as current:
            exchange.receive(current.connection(), read_reply(frame.decode(body)))
    with kiosk.open() as current:
        mine = outbox.me(current.connection())
        assert (mine.acked, mine.settled, mine.stream) == (golden["log"],) * 2 + (asked[0].stream,)
        assert current.scalars(select(Organisation.name)).all() == ["Fédération de Kayes"]
        assert current.scalar(text("select phone from space")) == "+22370000000"


def requests(golden: dict[str, Any]) -> list[Request]:
    """Return what the recorded kiosk asked; a change may name a row by where an earlier one made it."""
    made: dict[int, uuid.UUID] = {}
    found: list[Request] = []
    for trip in golden["trips"]:
        document = frame.decode(base64.b64decode(trip["body"]))
        found.append(read_request(document, lambda _stream, _seqs: made))  # noqa: B023
        entries = enumerate(found[-1].rows, found[-1].first)
        made |= {seq: entry.change.row_uid for seq, entry in entries if entry.change.op == INSERT}
    return found


def become(kiosk: Machine, asked: list[Request]) -> None:
    """Give a kiosk the recorded one's log; its rows need not be there for the replies to be read."""
    rows, seq, link = [], 0, first_link(asked[0].stream)
    for entry in (entry for request in asked for entry in request.rows):
        seq, link = seq + 1, next_link(link, entry.op_id)
        rows.append(log_row(seq, link, entry))
    with kiosk.writing() as current:
        connection = current.connection()
        connection.execute(text("delete from sync_log"))
        connection.execute(insert(sync_log), rows)
        about = {"stream_uid": asked[0].stream, "seq": seq, "chain": link, "acked": 0, "settled": 0}
        connection.execute(update(sync_self).values(**about))
