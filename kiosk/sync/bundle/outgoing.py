"""Writing a kiosk's bundle: everything the centre has not acknowledged, sealed to it.

Writing moves nothing: what is on a stick waits here as before, until the centre's
receipt or the network says that it arrived.
"""

import base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kiosk.storage import Store
from kiosk.storage.lock import AlreadyRunning, only_one
from kiosk.sync import keyfile, outbox
from kiosk.sync.blobs import by_hand
from kiosk.sync.bundle import carry, seal, stick
from kiosk.sync.bundle.carry import Progress
from kiosk.sync.bundle.envelope import UP, Header, Writing, glimpse
from kiosk.sync.bundle.letters import Desk, hint_of, mark_of
from kiosk.sync.bundle.trouble import Busy, NoSealing, NoSealKey, NoSuchPlace
from kiosk.sync.keyfile import Identity

PIECE_BYTES = 1_000_000_000
"""Where a bundle is cut: FAT32 takes files below 4 GB, and a piece that is there is not written again."""

Show = Callable[[int, int], None]


@dataclass(frozen=True)
class Piece:
    """A part of a bundle that stands alone: positions above `after` to `last`, `size` in bytes."""

    number: int
    after: int
    last: int
    mark: str
    size: int
    end: bool = False

    @property
    def name(self) -> str:
        """Its file on the stick."""
        return stick.name_for("E", self.mark) + stick.ENDING


@dataclass(frozen=True)
class Plan:
    """What a copy would hold: changes, bytes before sealing, pieces."""

    changes: int
    size: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Written:
    """What a copy holds, in how many pieces, how many of which were there already; bytes.

    `files` counts the photos and other contents that went along; their bytes are in `size`.
    """

    changes: int
    size: int
    pieces: int
    kept: int
    files: int = 0


class Outgoing:
    """The bundle of one kiosk, as its log stands now."""

    def __init__(self, store: Store, data: Path, program: str, piece: int = PIECE_BYTES) -> None:
        if not seal.is_there():
            raise NoSealing
        self._store, self._data, self._limit = store, data, piece
        self._identity = keyfile.load(data)
        if not self._identity.seal:
            raise NoSealKey
        self._public = base64.b64decode(self._identity.seal)
        self._desk = Desk(store, self._identity, program)
        with store.open() as session:
            self._me = outbox.me(session.connection())

    @property
    def identity(self) -> Identity:
        """Whose bundle it is."""
        return self._identity

    def plan(self) -> Plan:
        """Return the pieces: the same log gives the same ones, so that a copy can go on later."""
        pieces = list(self._pieces())
        size = sum(piece.size for piece in pieces)
        return Plan(self._me.seq - self._me.acked, size, tuple(pieces))

    def expected(self) -> int:
        """Return about how many bytes a copy takes, by what its first letter packs."""
        first = next(self._desk.letters(self._me.acked, self._me.seq))
        packed, waiting = first.last - self._me.acked, self._me.seq - self._me.acked
        return len(first.letter.body) * max(waiting, 1) // max(packed, 1)

    def _pieces(self) -> Iterator[Piece]:
        after, size, number = self._me.acked, 0, 1
        for written in self._desk.letters(self._me.acked, self._me.seq):
            size += len(written.letter.body)
            if written.last >= self._me.seq or size >= self._limit:
                end = written.last >= self._me.seq
                mark = self._mark(after, written.last, written.request.head.hex())
                yield Piece(number, after, written.last, mark, size, end)
                after, size, number = written.last, 0, number + 1

    def _mark(self, after: int, last: int, head: str) -> str:
        about = (self._me.stream.hex, after, last, head, self._me.cursor, self._identity.seal)
        return mark_of(self._identity.key, *about)

    def fill(self, file: BinaryIO, piece: Piece, show: Callable[[int], None] = lambda _last: None) -> None:
        """Write a piece into an open file."""
        header = Header(UP, seal.name_of(self._public), hint_of(self._identity.key), piece.mark, piece.number)
        writing = Writing(file, header, self._public)
        for written in self._desk.letters(piece.after, piece.last):
            writing.add(written.letter.packed())
            show(written.last - self._me.acked)
        about = {"stream": self._me.stream.hex, "first": piece.after + 1, "last": piece.last}
        writing.close(self._identity.key, about, piece.end)

    def forget_older(self, folder: Path, kept: set[str]) -> None:
        """Remove this kiosk's former pieces: what they hold is in the new ones or at the centre."""
        hint = hint_of(self._identity.key)
        for path in stick.bundles(folder):
            header = glimpse(path)
            if header and header.kind == UP and header.by == hint and path.name.upper() not in kept:
                with suppress(OSError):
                    path.unlink()


def write(
    store: Store,
    data: Path,
    target: Path,
    program: str,
    show: Show = lambda done, total: None,
    piece: int = PIECE_BYTES,
    label: str = "",
) -> Written:
    """Write this kiosk's bundle to a stick (a folder) or a `.kse` file; raises Trouble, nothing half done.

    `label` is what people call the place.
    """
    whole, (files, more) = not target.is_dir(), (0, 0)
    if whole and (target.suffix.upper() != stick.ENDING or not target.parent.is_dir()):
        # The folder of a stick that is not plugged in must not become a file.
        raise NoSuchPlace(str(target))
    with alone(data):
        with Progress(store, carry.OUT, label or target.name) as progress:
            bundle = Outgoing(store, data, program, 2**62 if whole else piece)
            plan = bundle.plan()
            progress.note(total=plan.changes)
            folder = target.parent if whole else target / stick.FOLDER
            kept = _put_all(bundle, plan, (lambda one: target) if whole else folder.joinpath, progress, show)
            if not whole:
                bundle.forget_older(folder, {one.name for one in plan.pieces})
                files, more = by_hand.write(store, data, folder)
            progress.note(done=plan.changes, size=plan.size + more, files=files)
    return Written(plan.changes, plan.size + more, len(plan.pieces), kept, files)


def _put_all(
    bundle: Outgoing, plan: Plan, place: Callable[[str], Path], progress: Progress, show: Show
) -> int:
    """Write the pieces that are not there yet; return how many were."""
    kept = 0
    for piece in plan.pieces:
        path = place(piece.name)
        if stick.is_whole(path, piece.mark):
            kept += 1
            continue
        if piece.number == 1:
            stick.sweep(path.parent)

        def step(done: int) -> None:
            progress.note(done=done)
            show(done, plan.changes)

        stick.put(path, lambda file, piece=piece, step=step: bundle.fill(file, piece, step))  # type: ignore[misc]
    return kept


def name_of(path: Path) -> str:
    """Return the name that a bundle's file should have, the same for the same content."""
    header = glimpse(path)
    return stick.name_for("E", header.mark if header else path.name) + stick.ENDING


class alone:
    """Let one copy at a time be made on a machine; raises Busy."""

    def __init__(self, data: Path) -> None:
        self._lock = only_one(data / carry.LOCK, "copy")

    def __enter__(self) -> None:
        try:
            self._lock.__enter__()
        except AlreadyRunning as error:
            raise Busy from error

    def __exit__(self, *about: object) -> None:
        self._lock.__exit__(*about)  # type: ignore[arg-type]
