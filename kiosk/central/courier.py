"""The centre's side of a stick: letters are opened, handed to the machines' door, and answered.

Nothing is taken of a bundle before the whole of it is proved: sealed to this
centre, signed by a machine it knows, complete. What starts beyond what is here is
kept, and the answer says what comes first. The answer is the door's own signed
reply, with the pages that follow it, sealed to the kiosk.
"""

import io
import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Row, select, update

from kiosk.central import door, nodes, seals, waiting
from kiosk.central.asking import Asking
from kiosk.central.models import carried_receipt, stream
from kiosk.central.waiting import Span
from kiosk.storage import clock, fault, session, transaction
from kiosk.sync import frame
from kiosk.sync.bundle import seal, stick
from kiosk.sync.bundle.envelope import DOWN, UP, Envelope, Header, Writing, glimpse, manifest, opened
from kiosk.sync.bundle.letters import Letter, hint_of, mark_of, read_letter
from kiosk.sync.bundle.trouble import Damaged, Forged, NotForUs, NothingHere
from kiosk.sync.document import identifier
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import REGRESS, read_reply
from kiosk.sync.signature import Key


@dataclass(frozen=True)
class Proved:
    """A bundle that a known machine made for this centre, whole."""

    envelope: Envelope
    private: bytes
    machine: Row[Any]
    stream: uuid.UUID

    def letters(self) -> Iterator[Letter]:
        """Yield the letters inside."""
        return map(read_letter, self.envelope.letters(self.private))


@dataclass(frozen=True)
class Taken:
    """What became of a machine's bundles: `taken` changes were new; `needs` must come first.

    `body` is the sealed answer, `token` names it, `state` is 200 where all was understood.
    """

    node_no: int
    name: str
    taken: int
    needs: Span | None
    state: int
    token: str
    file_name: str
    body: bytes


def read(place: Path, data: Path) -> list[Taken]:
    """Take every bundle for this centre on a stick or in a file; raises Carried.

    A bundle that is damaged, foreign or forged stops nothing of the others; it is what
    is said where there is no other.
    """
    return take_files(_addressed(place), data)


def take_files(paths: Iterable[Path], data: Path) -> list[Taken]:
    """Take these bundles, by machine and in the order of their pieces; raises Carried."""
    by_sender: dict[tuple[int, uuid.UUID], list[Proved]] = {}
    trouble: Damaged | NotForUs | Forged | None = None
    for path in paths:
        try:
            proved = _proved(path)
        except (Damaged, NotForUs, Forged) as error:
            trouble = error
            continue
        by_sender.setdefault((proved.machine.node_no, proved.stream), []).append(proved)
    if trouble and not by_sender:
        raise trouble
    return [_take(uid, found, data) for (_, uid), found in by_sender.items()]


def _addressed(place: Path) -> list[Path]:
    paths = stick.bundles(place)
    if not place.is_dir():
        return paths
    found = {path: header for path in paths if (header := glimpse(path)) is not None and header.kind == UP}
    if not found:
        raise NothingHere
    return sorted(found, key=lambda path: (found[path].by, found[path].piece))


def _proved(path: Path) -> Proved:
    """Open a bundle and prove its writer; raises Damaged, NotForUs or Forged."""
    envelope = opened(path)
    private = seals.private(session().connection(), envelope.header.to)
    if private is None or envelope.header.kind != UP:
        raise NotForUs
    signed = manifest(envelope, private)
    machine = nodes.by_key(signed.key_id)
    if machine is None:
        raise Forged("an unknown machine")
    signed.verify(nodes.key_of(machine), envelope.header)
    try:
        return Proved(envelope, private, machine, identifier(signed.fields.get("stream")))
    except FrameError as error:
        raise Forged(str(error)) from error


def _take(uid: uuid.UUID, bundles: list[Proved], data: Path) -> Taken:
    """Hand in the bundles of one machine; one that was overtaken on its way stops no other."""
    before, known, answers = _have(uid), _known(uid), []
    for one in sorted(bundles, key=_place):
        answers.append(_handed_in(one, uid, data))
        if answers[-1][1].status not in (200, 403, 409):
            break
    last = ([one for one in answers if one[1].status != 409] or answers)[-1]
    taken = _answered(bundles[0].machine, uid, last, _have(uid) - before, data)
    if known is not None and not taken.taken:
        _leave_as_it_was(known)
    return taken


def _known(uid: uuid.UUID) -> Row[Any] | None:
    return session().execute(select(stream).where(stream.c.stream_uid == uid)).first()


def _leave_as_it_was(known: Row[Any]) -> None:
    """An old copy that says nothing new is no sign of life: a log that its machine left stays left."""
    newer = (stream.c.node_no == known.node_no) & (stream.c.opened_at > known.opened_at)
    if session().scalar(select(stream.c.stream_uid).where(newer).limit(1)) is None:
        return
    seen = {name: getattr(known, name) for name in ("last_seen", "left_at", "last", "program", "machine")}
    here = stream.c.stream_uid == known.stream_uid
    with transaction() as current:
        current.connection().execute(update(stream).where(here).values(**seen))


def _handed_in(one: Proved, uid: uuid.UUID, data: Path) -> tuple[Letter, door.Sent]:
    """Hand the letters of a bundle to the door, one by one, until one is not understood."""
    last = None
    for letter in one.letters():
        sent = _hand_in(letter, data)
        fault.at("letter.handed_in")
        last = (letter, sent)
        if sent.status == 403:
            continue  # a withdrawn key: each letter is put aside
        if sent.status != 200:
            break
        if _is_beyond(sent):
            waiting.keep(one.machine.node_no, uid, letter)
        elif followed := waiting.follow(uid, lambda kept: _hand_in(kept, data)):
            last = followed
    if last is None:
        raise Damaged("no letter")
    return last


def _place(one: Proved) -> int:
    return one.envelope.header.piece


def _hand_in(letter: Letter, data: Path) -> door.Sent:
    return door.exchange(letter.headers, lambda: letter.body, data)


def _is_beyond(sent: door.Sent) -> bool:
    return read_reply(frame.decode(sent.body)).kind == REGRESS


def _have(uid: uuid.UUID) -> int:
    return session().scalar(select(stream.c.have).where(stream.c.stream_uid == uid)) or 0


def _answered(
    machine: Row[Any], uid: uuid.UUID, last: tuple[Letter, door.Sent], taken: int, data: Path
) -> Taken:
    letter, sent = last
    needs = waiting.lacking(uid, _have(uid))
    first = Letter(sent.headers, sent.body, {"status": sent.status, "request": letter.headers["Signature"]})
    more = Asking(machine, uid, data).pages_after(first) if sent.status == 200 else []
    answers = [first, *more]
    body = sealed(machine, answers, needs)
    fault.at("answer.sealed")
    token, now = secrets.token_urlsafe(18), clock.now_ms()
    with transaction() as current:
        waiting.forget_receipts(machine.node_no)
        spans = {"needs_first": needs[0] if needs else None, "needs_last": needs[1] if needs else None}
        row = {"token": token, "node_no": machine.node_no, "at": now, "taken": taken, **spans}
        current.connection().execute(carried_receipt.insert().values(**row, body=body))
    file_name = file_name_for(nodes.key_of(machine), uid)
    return Taken(machine.node_no, machine.name, taken, needs, sent.status, token, file_name, body)


def sealed(machine: Row[Any], answers: Iterable[Letter], needs: Span | None = None) -> bytes:
    """Return a bundle of answers that only this machine can read."""
    file = io.BytesIO()
    write(file, nodes.key_of(machine), answers, needs)
    return file.getvalue()


def write(file: BinaryIO, key: Key, answers: Iterable[Letter], needs: Span | None = None) -> None:
    """Write a bundle of answers into an open file."""
    public = seal.public_of(seal.private_from(key.secret))
    mark = mark_of(key, "answer", secrets.token_hex(8))
    writing = Writing(file, Header(DOWN, seal.name_of(public), hint_of(key), mark), public)
    for letter in answers:
        writing.add(letter.packed())
    writing.close(key, {"needs": list(needs) if needs else None})


def file_name_for(key: Key, uid: uuid.UUID) -> str:
    """Return the name of a machine's answer on a stick: a newer one takes the older one's place."""
    return stick.name_for("R", f"{hint_of(key)}{uid.hex}") + stick.ENDING


def receipt(token: str) -> tuple[str, bytes] | None:
    """Return the file name and the bytes of a kept answer, None if there is none of that name."""
    found = session().scalar(select(carried_receipt.c.body).where(carried_receipt.c.token == token))
    return (stick.name_for("R", token) + stick.ENDING, bytes(found)) if found is not None else None
