"""What a forger, an echo, a neighbour or a broken program sends: refused whole, or harmless."""

import copy
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.sync import exchange, frame, keyfile, link, outbox, signature
from kiosk.sync.caller import EXCHANGE, LARGEST
from kiosk.sync.keyfile import Identity
from kiosk.sync.messages import Request, read_reply
from kiosk.sync.signature import Call
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import named, register, waiting

TRIED = int(os.environ.get("KIOSK_BUDGET") or 150)
NASTY = (
    2**62,
    2**63 - 1,
    2**63,
    2**70,
    -1,
    1.5,
    True,
    None,
    "",
    "é" * 300,
    "\x00",
    "\ud800",
    [],
    {},
    [[[]]],
    {"v": 2},
)
"""Values that a field does not expect; lone halves of a character and fractions never pass a frame."""


def next_request(kiosk: Machine, version: int = 2) -> Request:
    """Return what the kiosk would send next."""
    with kiosk.open() as current:
        connection = current.connection()
        built = exchange.build(connection, link.load(connection), "test")
        places = outbox.created(connection, built.rows, built.first)
    about = replace(built.about, clock=(1_800_000_000_000, 3, 2), boots=((2, -5_000),), numbers=(9, 400))
    return replace(built, version=version, reads=2, places=places, about=about)


def knock(
    centre: Machine, key: Identity, body: bytes, stream: str, forge: dict[str, str] | None = None
) -> Any:
    """Hand a signed body to the centre."""
    signed = signature.sign_request(key.key, Call("POST", EXCHANGE, stream, body), "once")
    client = centre.client()
    client.inspecting = False
    return client.post(EXCHANGE, data=body, headers={**signed, **(forge or {})})


def spots(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where each value of a document stands."""
    if path:
        yield path
    if isinstance(document, dict | list):
        for name, part in document.items() if isinstance(document, dict) else enumerate(document):
            yield from spots(part, (*path, name))


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the document with another value in one place."""
    made = copy.deepcopy(document)
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return made


@pytest.mark.parametrize("version", [1, 2])
def test_a_wrong_value_anywhere_is_told_to_the_machine_and_breaks_nothing(
    kiosk: Machine, any_centre: Machine, version: int
) -> None:
    """A change itself may hold anything: it is held. Whatever else does not fit refuses the frame."""
    centre, nioro = any_centre, link_up(kiosk, any_centre)
    nioro.exchange()
    for name in ("Awa Coulibaly", "Bintou Diallo"):
        register(nioro.kiosk, name)
    whole, key = next_request(nioro.kiosk, version), keyfile.load(nioro.kiosk.data)
    document = whole.document()
    every = [(path, value) for path in spots(document) for value in NASTY]
    seen: dict[int, list[Any]] = {}
    for path, value in random.Random(version).sample(every, min(len(every), TRIED)):
        try:
            body = frame.encode(with_value(document, path, value), dictionary=version - 1)
        except ValueError:
            continue  # no frame carries it
        answer = knock(centre, key, body, whole.stream.hex)
        seen.setdefault(answer.status_code, []).append((path, value))
    assert seen.keys() <= {200, 409, 422, 426}, {code: seen[code] for code in seen if code >= 500}
    assert {200, 422} <= seen.keys()
    nioro.exchange()
    assert waiting(nioro.kiosk) == 0
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]


def test_a_position_beyond_every_number_is_no_failure_of_the_centre(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    whole, key = next_request(nioro.kiosk), keyfile.load(nioro.kiosk.data)
    document = {**whole.document(), "q": [2**62, 2**62]}
    body = frame.encode(document, dictionary=frame.DICTIONARY)
    assert knock(centre, key, body, whole.stream.hex).status_code == 422


def test_a_replayed_request_counts_once_and_hears_the_same(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    request, key = next_request(nioro.kiosk, 1), keyfile.load(nioro.kiosk.data)
    body = frame.encode(request.document())
    heard = [read_reply(frame.decode(knock(centre, key, body, request.stream.hex).data)) for _ in range(3)]
    assert len({(one.kind, one.probes, one.settled) for one in heard}) == 1
    assert named(centre) == ["Awa Coulibaly"]
    nioro.exchange()
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    assert knock(centre, key, body, request.stream.hex).status_code in (200, 409), "an old echo"
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]
    assert waiting(nioro.kiosk) == 0


def test_what_is_not_signed_by_the_machines_key_is_not_read(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    request, key = next_request(nioro.kiosk, 1), keyfile.load(nioro.kiosk.data)
    body, stream = frame.encode(request.document()), request.stream.hex
    forged = replace(key, secret="AA" * 16)
    unknown = replace(key, key_id="n99-00000000")
    assert knock(centre, forged, body, stream).status_code == 401
    assert knock(centre, unknown, body, stream).status_code == 401
    assert knock(centre, key, body, stream, {"Sync-Stream": "00" * 16}).status_code == 401
    assert knock(centre, key, body, stream, {"Content-Digest": signature.digest(b"")}).status_code == 401
    assert named(centre) == []


def test_the_log_of_another_machine_is_not_added_to(nioro: Post, yelimane: Post, centre: Machine) -> None:
    """Yélimané, by mistake or by malice, writes to Nioro's log with a key of its own."""
    nioro.exchange()
    register(nioro.kiosk, "Awa Coulibaly")
    request, theirs = next_request(nioro.kiosk, 1), keyfile.load(yelimane.kiosk.data)
    answer = knock(centre, theirs, frame.encode(request.document()), request.stream.hex)
    assert answer.status_code == 409
    assert named(centre) == []
    other = next_request(yelimane.kiosk, 1)
    inside = frame.encode(request.document())
    assert knock(centre, theirs, inside, other.stream.hex).status_code == 422, "the envelope says another"
    nioro.exchange()
    assert named(centre) == ["Awa Coulibaly"]


def test_an_oversized_frame_is_refused_and_nothing_of_it_is_kept(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    key, stream = keyfile.load(nioro.kiosk.data), next_request(nioro.kiosk).stream.hex
    before = counted(centre)
    assert knock(centre, key, bytes(LARGEST + 1), stream).status_code == 413
    assert knock(centre, key, bytes(2 * LARGEST + 1), stream).status_code == 413
    assert knock(centre, key, frame.encode(["a" * frame.MAX_DOCUMENT]), stream).status_code == 422
    assert counted(centre) == before


def counted(centre: Machine) -> int:
    with centre.open() as current:
        return int(current.scalar(text("select count(*) from inbox")) or 0)
