"""Changes written by position: everything comes back as it was, or the whole frame is refused."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.storage import SCHEMA, derived_uid, new_uid, versions
from kiosk.storage.changes import DELETE, INSERT, UPDATE, Authored, Change, dumps, op_id
from kiosk.sync import frame
from kiosk.sync.frame import FrameError
from kiosk.sync.items import Item
from kiosk.sync.messages import OK, Page, Reply, Request, read_reply, read_request
from kiosk.sync.packing import as_uid, named_by
from tests.support.day import Space
from tests.support.machines import Machine

STREAM = uuid.UUID("6139ca7de42b430b9cf4631f3152312a")
GOLDEN = Path(__file__).with_name("golden")
DICTIONARIES = {1: "a1f2971129263622e714dbbd96b07ef2938c8c81b2ebec93377db65303e8ec62"}
POOL = [new_uid() for _ in range(4)] + [derived_uid("x", uuid.UUID(int=n)) for n in range(4)]
TEXTS = st.sampled_from(["", "Awa", "Coulibaly", "2026-11-22", "é\u0301", "\u2028", "00" * 16])
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), TEXTS, st.just(["fr", "bm"]))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change that a log may hold, likely or not."""
    table = draw(st.sampled_from(versions.schema(SCHEMA).order))
    names = draw(st.sets(st.sampled_from([*table.columns, "unheard_of"]), min_size=1, max_size=6))
    ids = st.one_of(st.sampled_from(POOL).map(lambda uid: uid.hex), st.none(), TEXTS)
    fields = {name: draw(ids if name in table.refs else VALUES) for name in sorted(names)}
    op = draw(st.sampled_from([INSERT, INSERT, UPDATE, DELETE]))
    base = draw(st.none() | st.tuples(st.integers(1, 3), st.integers(0, 2**40)))
    actor = draw(st.none() | st.sampled_from(POOL))
    tab = draw(st.sampled_from([table.name] * 9 + ["unheard_of"]))
    clocks = {"hlc": draw(st.integers(0, 2**61)), "boot_no": draw(st.integers(0, 3))}
    uid = draw(st.sampled_from(POOL))
    return Change(tab, uid, op, fields, base, draw(st.sampled_from([1, 1, 2, 3])), actor=actor, **clocks)


@st.composite
def pushes(draw: st.DrawFn) -> Request:
    """A push of some changes, a few of them moved here from another stream."""
    first, rows = draw(st.integers(1, 10**6)), []
    for seq, change in enumerate(draw(st.lists(changes(), max_size=8)), first):
        author = draw(st.sampled_from([(STREAM, seq)] * 3 + [(uuid.UUID(int=7), seq + 5)]))
        rows.append(Authored(change, *author, op_id(*author, change)))
    places = {uid: 1 + n for n, uid in enumerate(POOL[:5])} if first > 9 else {}
    return pushed(rows, first, places)


def pushed(rows: Sequence[Authored], first: int, places: Mapping[uuid.UUID, int]) -> Request:
    about = {"machine": "a|b|c", "program": "1.0", "version": 2, "reads": 2, "places": places}
    return Request(STREAM, None, first, bytes(16), tuple(rows), bytes(16), first + 9, 0, "1.2.3", **about)  # type: ignore[arg-type]


def sent(request: Request) -> bytes:
    return frame.encode(request.document(), dictionary=frame.DICTIONARY)


def knowing(request: Request) -> Callable[[uuid.UUID, Sequence[int]], Mapping[int, uuid.UUID]]:
    """What a centre that has the log would say of its positions."""
    return lambda _stream, _seqs: {seq: uid for uid, seq in request.places.items()}


@settings(max_examples=300)
@given(pushes())
def test_every_change_comes_back_as_it_was(request: Request) -> None:
    got = read_request(frame.decode(sent(request)), knowing(request))
    assert got.rows == request.rows
    assert replace(got, places=request.places) == request


@settings(max_examples=150)
@given(pushes())
def test_every_row_of_a_page_comes_back_as_it_was(request: Request) -> None:
    items = tuple(
        Item(e.change.tab, e.change.row_uid, e.change.fields, (1, n)) for n, e in enumerate(request.rows)
    )
    page = Page("1.1.aa", "1.2.bb", items, full=True, more=True)
    reply = Reply(STREAM, 1, OK, ((5, bytes(16)),), 4, page, ((3, "parent"),), (), 9, version=2)
    framed = frame.encode(reply.document(), dictionary=frame.DICTIONARY)
    assert read_reply(frame.decode(framed)) == reply


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.sampled_from(["", "c", "A" * 13, "A" * 22]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("answz"), inner, max_size=2),
    max_leaves=14,
)


@settings(max_examples=300)
@given(st.lists(JUNK, max_size=4), st.lists(JUNK, max_size=2), st.lists(JUNK, max_size=2))
def test_nonsense_is_refused_and_never_breaks_the_reader(rows: Any, whole: Any, steps: Any) -> None:
    good = pushed([], 9, {}).document() | {"c": rows, "r": whole, "q": steps}
    answer = {"v": 2, "stream": STREAM.hex, "kind": "ok", "probes": [[1, "00" * 16]], "d": rows, "r": whole}
    for read, document in ((lambda d: read_request(d, lambda *_: {1: STREAM}), good), (read_reply, answer)):
        try:
            read(document)
        except FrameError:
            continue


def test_a_frame_that_names_positions_nobody_knows_is_refused(kiosk: Machine) -> None:
    asked = evening(kiosk)
    assert asked.places
    with pytest.raises(FrameError, match="created nothing"):
        read_request(frame.decode(sent(asked)))


# --- sizes -----------------------------------------------------------------------


def evening(kiosk: Machine) -> Request:
    """The fixed day: its seed is none of those the dictionary was made of."""
    space = Space(kiosk, "le soir", "NIO")
    space.before()
    return space.pushed()


def test_a_hundred_ordinary_changes_cost_less_than_twenty_bytes_each(kiosk: Machine) -> None:
    asked = evening(kiosk)
    assert 95 <= len(asked.rows) <= 125
    whole = sent(asked)
    assert len(whole) <= 20 * len(asked.rows)
    assert len(whole) < len(frame.encode(replace(asked, version=1).document())) / 2
    assert read_request(frame.decode(whole), knowing(asked)).rows == asked.rows


def test_a_single_change_is_small_too(kiosk: Machine) -> None:
    asked = evening(kiosk)
    one = replace(asked, rows=asked.rows[20:21], first=asked.first + 20)
    assert len(sent(one)) - len(sent(replace(one, rows=()))) <= 40


# --- files that never change -------------------------------------------------------


@pytest.mark.parametrize(("number", "print_"), DICTIONARIES.items())
def test_a_dictionary_never_changes(number: int, print_: str) -> None:
    assert hashlib.sha256(frame.preset(number)).hexdigest() == print_


def test_every_dictionary_is_pinned() -> None:
    assert {path.stem for path in frame.FOLDER.glob("*.bin")} == {str(number) for number in DICTIONARIES}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("frame-*.json")), ids=lambda path: path.stem)
def test_a_recorded_frame_is_read_as_it_was(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    body, created = bytes.fromhex(golden["frame"]), golden["created"]
    got = read_request(
        frame.decode(body), lambda *_: {int(seq): uuid.UUID(hex=uid) for seq, uid in created.items()}
    )
    assert [entry.op_id.hex() for entry in got.rows] == golden["ops"]
    for length in range(len(body)):
        with pytest.raises(FrameError):
            frame.decode(body[:length])
    for bit in range(len(body) * 8):
        flipped = bytearray(body)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FrameError):
            frame.decode(bytes(flipped))


def test_names_of_rows_are_found_wherever_they_stand() -> None:
    fields = {"session_uid": POOL[0].hex, "member_uid": "not an id", "state": "enrolled"}
    change = Change("enrolment", POOL[1], UPDATE, fields, actor=POOL[2])
    found = named_by(change, versions.schema(SCHEMA))
    assert found == [("training_session", POOL[0]), ("enrolment", POOL[1]), ("", POOL[2])]
    assert as_uid(POOL[0].hex.upper()) is None
    assert dumps(fields)
