"""The kiosk's side of files on a stick: what waits goes with the copy, what it lacks is wished for."""

import base64
import uuid
from pathlib import Path

from kiosk import config
from kiosk.storage import Store, session
from kiosk.storage.files import Contents
from kiosk.storage.files import at as files_of
from kiosk.sync import keyfile, outbox
from kiosk.sync.blobs import hand
from kiosk.sync.blobs.allowance import Rules
from kiosk.sync.blobs.needs import needs
from kiosk.sync.blobs.queue import Waiting, Way, waiting
from kiosk.sync.bundle import seal


def write(store: Store, data: Path, folder: Path) -> tuple[int, int]:
    """Put what waits to leave on a stick, and a wish for the rest; return how many contents, how large."""
    identity, files = keyfile.load(data), _files(data)
    public = base64.b64decode(identity.seal)
    every = _waiting(store, data, files)
    lacking = [one.content.sha256 for one in every if one.way in (Way.IN, Way.IN_BY_HAND)]
    written = [
        files.size(one.content.sha256)
        for one in every
        if one.way in (Way.OUT, Way.OUT_BY_HAND) and files.has(one.content.sha256)
        if hand.put_content(folder, files, one.content.sha256, public)
    ]
    hand.put_wish(folder, identity.key_id, lacking, public)
    return len(written), sum(written)


def read(store: Store, data: Path, folder: Path) -> int:
    """Take off a stick the contents that the centre sealed to this kiosk; return how many."""
    files, private = _files(data), seal.private_from(keyfile.load(data).key.secret)
    ours, taken = seal.name_of(seal.public_of(private)), 0
    for found in hand.on(folder):
        if found.to == ours:
            with store.open():
                hand.take(found, private, files, wanted)
            taken += not found.path.exists()
    return taken


def wanted(sha256: str) -> int:
    """Return the bytes the rows here give a content, 0 where none names it."""
    return next((need.content.size for need in needs(session().connection(), sha256)), 0)


def _files(data: Path) -> Contents:
    settings = config.load(data)
    return files_of(settings)


def _waiting(store: Store, data: Path, files: Contents) -> list[Waiting]:
    space, rules = uuid.UUID(keyfile.load(data).space_uid), Rules.of(config.load(data))
    with store.open():
        connection = session().connection()
        return waiting(connection, files, space, outbox.me(connection).epoch, rules)
