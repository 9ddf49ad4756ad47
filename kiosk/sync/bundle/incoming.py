"""Reading what the centre sent back by hand: its own signed replies, taken as from the network.

A reply may be days old, or have come by the network meanwhile: the exchange
takes one of any age, and an older one changes nothing.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.storage import Store, clock, fault, transaction
from kiosk.sync import emptying, exchange, frame, keyfile, link, outbox, signature, start
from kiosk.sync.blobs import by_hand, sweeping
from kiosk.sync.bundle import carry, seal, stick
from kiosk.sync.bundle.carry import Progress
from kiosk.sync.bundle.envelope import DOWN, UP, Envelope, glimpse, manifest, opened
from kiosk.sync.bundle.letters import Letter, hint_of, read_letter
from kiosk.sync.bundle.outgoing import alone
from kiosk.sync.bundle.trouble import Damaged, Forged, NotForUs, NothingHere
from kiosk.sync.caller import trouble_of
from kiosk.sync.document import natural, parts
from kiosk.sync.frame import FrameError
from kiosk.sync.line import Answer
from kiosk.sync.messages import OK, REGRESS, read_reply
from kiosk.sync.signature import Key, SignatureError
from kiosk.sync.trouble import Trouble

Span = tuple[int, int]


@dataclass(frozen=True)
class Read:
    """What a receipt brought: changes acknowledged, rows received, the span the centre lacks first.

    `files` counts the photos and other contents that came along.
    """

    acknowledged: int
    received: int
    needs: Span | None = None
    files: int = 0


def read(store: Store, data: Path, place: Path, label: str = "") -> Read:
    """Read the centre's bundles for this kiosk on a stick or in a file; raises Trouble.

    A bundle is checked whole before anything of it is taken. `label` is what people call
    the place.
    """
    with alone(data):
        key = keyfile.load(data).key
        private = seal.private_from(key.secret)
        ours = _addressed(place, seal.name_of(seal.public_of(private)))
        with Progress(store, carry.IN, label or place.name) as progress:
            checked = [_checked(path, private, key) for path in ours]
            found = _take(store, key, private, checked)
            if place.is_dir():
                folder = place if place.name == stick.FOLDER else place / stick.FOLDER
                found = replace(found, files=by_hand.read(store, data, folder))
            with store.open():
                sweeping.sweep(data)
            start.remember(store, data)
            size = sum(one.header.size for one, _ in checked)
            progress.note(done=found.acknowledged, received=found.received, size=size, files=found.files)
        if place.is_dir():
            _tidy(store, key, place, ours)
    return found


def _tidy(store: Store, key: Key, place: Path, read_now: list[Path]) -> None:
    """Take off the stick what has served: the answers just read, and copies the centre has whole."""
    with store.open() as session:
        mine = outbox.me(session.connection())
    done = set(read_now)
    if mine.acked >= mine.seq:
        headers = {path: glimpse(path) for path in stick.bundles(place)}
        done |= {path for path, one in headers.items() if one and (one.kind, one.by) == (UP, hint_of(key))}
    for path in done:
        with suppress(OSError):
            path.unlink()


def _addressed(place: Path, to: str) -> list[Path]:
    """Return the bundles that name this machine, in the order of their pieces."""
    paths = stick.bundles(place)
    headers = {path: header for path in paths if (header := glimpse(path)) is not None}
    ours = [path for path, header in headers.items() if header.to == to and header.kind == DOWN]
    if ours:
        return sorted(ours, key=lambda path: (headers[path].by, headers[path].piece))
    if place.is_dir():
        raise NothingHere
    raise NotForUs if headers else Damaged("not a bundle")


def _checked(path: Path, private: bytes, key: Key) -> tuple[Envelope, Span | None]:
    """Return a bundle proved to be the centre's, letter by letter, and what it says is needed."""
    envelope = opened(path)
    signed = manifest(envelope, private)
    if signed.key_id != key.key_id:
        raise Forged
    signed.verify(key, envelope.header)
    for letter in _letters(envelope, private):
        answer_of(letter, key)
    return envelope, _span(signed.fields.get("needs"))


def _span(value: object) -> Span | None:
    try:
        first, last = parts(value, 2)
        return natural(first), natural(last)
    except FrameError:
        return None


def _letters(envelope: Envelope, private: bytes) -> Iterator[Letter]:
    return map(read_letter, envelope.letters(private))


def answer_of(letter: Letter, key: Key) -> Answer:
    """Return the centre's answer in a letter, as if it had come by the network; raises Forged."""
    status, mark = letter.about.get("status"), letter.about.get("request")
    if not isinstance(status, int) or not isinstance(mark, str):
        raise Forged
    try:
        signature.verify_reply(key, status, letter.body, letter.headers, mark)
    except SignatureError as error:
        raise Forged(str(error)) from error
    return Answer(status, letter.headers, letter.body, 0, 0, 0.0)


def _take(store: Store, key: Key, private: bytes, checked: list[tuple[Envelope, Span | None]]) -> Read:
    with store.open() as session:
        before = outbox.me(session.connection())
    received, needs = 0, None
    for envelope, span in checked:
        needs = span or needs
        for letter in _letters(envelope, private):
            received += _receive(store, answer_of(letter, key))
            fault.at("letter.taken")
    with store.open() as session:
        after = outbox.me(session.connection())
    moved = after.acked - before.acked if after.stream == before.stream else 0
    return Read(max(moved, 0), received, needs if needs and needs[0] <= after.seq else None)


def _receive(store: Store, answer: Answer) -> int:
    """Take one answer; return how many rows of it were new here."""
    if answer.status not in (200, 409):
        _remember(store, trouble_of(answer))
    try:
        # The centre's clock in it is days old: it says nothing of today.
        reply = replace(read_reply(frame.decode(answer.body)), now=0)
    except FrameError as error:
        raise Damaged(str(error)) from error
    if reply.kind == REGRESS:
        # It answers a copy that ran ahead, and what was lacking may have come since: no news of a
        # restored centre, which a greater epoch tells.
        reply = replace(reply, kind=OK)
    with store.open(), transaction() as session:
        connection = session.connection()
        is_next = outbox.me(connection).cursor == reply.page.since
        exchange.receive(connection, reply)
        link.change(connection, last_ok=clock.now_ms())
    emptying.fold(store.engine)
    return len(reply.page.items) if is_next else 0


def _remember(store: Store, trouble: Trouble) -> None:
    """Keep the centre's refusal where the page looks for it, and raise it."""
    with store.open(), transaction() as session:
        link.change(session.connection(), trouble=trouble.code)
    raise trouble
