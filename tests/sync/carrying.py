"""Materials shared, files carried once, the centre asked by hand: what the tests of files share."""

import hashlib
import io
import random
from collections.abc import Callable

from kiosk.library import services as library
from kiosk.library.kinds import PDF, Type
from kiosk.library.vocabulary import Kind, Licence, Part, Theme
from kiosk.places import services as places
from kiosk.storage.files import FileStore
from kiosk.sync import keyfile, outbox
from kiosk.sync.blobs.calls import BlobCalls
from kiosk.sync.blobs.carrier import Carrier, Moved
from kiosk.sync.blobs.manifest import Manifest, measure
from kiosk.sync.caller import Caller
from kiosk.sync.link import Link
from tests.support.machines import Machine
from tests.sync.conftest import Post

SHEET = library.Card("Souder une lampe", Kind.BOOK, "fr", Theme.WORK, Licence.CC_BY)


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def share(machine: Machine, data: bytes, part: Part = Part.MAIN, kind: Type = PDF, space: str = "NIO") -> str:
    """Put a material with one file on a machine's shelves, as its space; return the file's hash."""
    files = store_of(machine)
    kept = files.keep(io.BytesIO(data), 10**9)
    with machine.writing("manager"):
        one = library.add(SHEET, places.space_uid(space))
        library.attach(one, part, kept, kind, "lampe.pdf")
    return kept.sha256


def store_of(machine: Machine) -> FileStore:
    return FileStore(machine.settings.files, machine.settings.spool)


def carry(post: Post, interrupted: Callable[[], bool] = lambda: False) -> Moved:
    """Exchange, then carry files once."""
    post.exchange()
    caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
    return Carrier(post.kiosk.store, post.kiosk.data, interrupted).carry(caller)


def calls_of(post: Post) -> BlobCalls:
    with post.kiosk.open() as current:
        stream = outbox.me(current.connection()).stream.hex
    caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
    return BlobCalls(caller, stream, Link(), lambda _size: None)


def manifest_of(data: bytes) -> Manifest:
    return measure(io.BytesIO(data), len(data))[0]


def sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
