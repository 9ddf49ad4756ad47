"""The centre tells its time to machines it knows, signed for the very question they asked."""

import uuid
from collections.abc import Mapping

import pytest

from kiosk.central import nodes
from kiosk.storage import clock
from kiosk.sync import keyfile, signature
from kiosk.sync.line import Answer
from kiosk.sync.signature import Call
from kiosk.sync.time import asking
from kiosk.sync.trouble import NotTheCentre, Revoked
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.wire import Wsgi


def test_a_known_machine_is_told_the_time(nioro: Post) -> None:
    now, seconds = asking.ask(nioro.line, keyfile.load(nioro.kiosk.data))
    assert abs(now - clock.now_ms()) < 10_000
    assert seconds < 10


def test_a_stranger_is_told_nothing(nioro: Post, centre: Machine) -> None:
    answer = centre.client().get("/sync/v1/time?nonce=abc")
    assert (answer.status_code, answer.data) == (401, b"")


def test_the_signed_nonce_is_the_asked_one(nioro: Post, centre: Machine) -> None:
    key = keyfile.load(nioro.kiosk.data).key
    headers = signature.sign_request(key, Call("GET", asking.TIME, uuid.UUID(int=0).hex, b""), "mine")
    client = centre.client()
    assert client.get("/sync/v1/time?nonce=other", headers=headers).status_code == 401
    assert client.get("/sync/v1/time?nonce=mine", headers=headers).status_code == 200


class Recorded:
    """Answers every question with the first answer it heard."""

    def __init__(self, line: Wsgi) -> None:
        self.line, self.first = line, None

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        self.first = self.first or self.line.ask(method, path, headers, body, patience)
        assert self.first is not None
        return self.first


def test_an_answer_of_yesterday_is_no_answer(nioro: Post) -> None:
    recorded, identity = Recorded(nioro.line), keyfile.load(nioro.kiosk.data)
    asking.ask(recorded, identity)
    with pytest.raises(NotTheCentre):
        asking.ask(recorded, identity)


def test_a_withdrawn_machine_hears_that_instead(nioro: Post, centre: Machine) -> None:
    with centre.writing():
        nodes.revoke(1)
    with pytest.raises(Revoked):
        asking.ask(nioro.line, keyfile.load(nioro.kiosk.data))
