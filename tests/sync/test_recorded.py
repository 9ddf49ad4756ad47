"""Recorded exchanges: what a released program sent and was answered, replayed against this one."""

import base64
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
from kiosk.storage.changes import first_link, next_link
from kiosk.storage.log import log_row, sync_log, sync_self
from kiosk.sync import exchange, frame, outbox
from kiosk.sync.messages import Request, read_reply, read_request
from kiosk.sync.signature import Call, Key, verify_reply, verify_request
from tests.support.machines import Machine

GOLDEN = sorted(Path(__file__).with_name("golden").glob("schema-*.json"))
OLD_REPLY = {"v", "stream", "epoch", "kind", "since", "cursor", "full", "more", "key", "resume"} | {
    "settled", "now", "held", "rejected", "probes", "d",
}  # fmt: skip


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
    for trip in golden["trips"]:
        body = base64.b64decode(trip["body"])
        answer = client.open(trip["path"], method=trip["method"], headers=trip["headers"], data=body)
        assert answer.status_code == trip["status"]
        found = {name.title(): value for name, value in answer.headers.items()}
        verify_reply(key, answer.status_code, answer.data, found, trip["headers"]["Signature"])
        said, then = frame.decode(answer.data), frame.decode(base64.b64decode(trip["reply"]))
        assert said.keys() >= OLD_REPLY
        assert said["v"] == 1
        assert said["probes"][0] == then["probes"][0]
        heads.append((said["kind"], said["settled"], said["held"], said["rejected"]))
        assert heads[-1] == (then["kind"], then["settled"], then["held"], then["rejected"])
        known = versions.schema(golden["schema"]).tables
        assert all(item[0] in known and set(item[2]) <= set(known[item[0]].columns) for item in said["d"])
    with any_centre.open() as current:
        names = set(current.scalars(select(Member.given_name)))
        rooms = current.scalar(text("select count(*) from room"))
        village = current.scalar(select(Member.village).where(Member.given_name == "Awa"))
    assert (names, rooms, village) == ({"Awa", "Sékou"}, 41, "Youri")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_recorded_centre_is_understood(kiosk: Machine, path: Path) -> None:
    golden = recorded(path)
    key = Key(golden["key_id"], base64.b64decode(golden["secret"]))
    asked = [read_request(frame.decode(base64.b64decode(trip["body"]))) for trip in golden["trips"]]
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
