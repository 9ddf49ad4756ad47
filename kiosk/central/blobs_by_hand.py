"""The centre's side of files on a stick: contents are taken, wishes are granted."""

from collections.abc import Iterable
from pathlib import Path

from kiosk import config
from kiosk.central import nodes, seals
from kiosk.central.reach import scopes
from kiosk.storage import session
from kiosk.storage.files import Contents
from kiosk.storage.files import at as files_of
from kiosk.sync.blobs import hand
from kiosk.sync.blobs.by_hand import wanted
from kiosk.sync.blobs.hand import Found
from kiosk.sync.blobs.needs import needs
from kiosk.sync.bundle import seal


def exchange(data: Path, folder: Path) -> tuple[int, int]:
    """Take the contents kiosks put on a stick, leave what they wish for; return both counts.

    Raises Carried where the stick takes no more; what was taken stays.
    """
    settings = config.load(data)
    files, taken, wishes = files_of(settings), 0, []
    for found in hand.on(folder):
        private = seals.private(session().connection(), found.to)
        if private is None:
            continue
        asked = hand.take(found, private, files, wanted)
        taken += not found.path.exists()
        if asked:
            wishes.append((found, private, asked))
    return taken, sum(_grant(folder, files, *wish) for wish in wishes)


def _grant(folder: Path, files: Contents, found: Found, private: bytes, asked: Iterable[str]) -> int:
    """Leave a machine what it may have of its wish; a withdrawn one gets nothing."""
    machine = nodes.by_key(hand.wisher(found, private))
    if machine is None or machine.revoked_at is not None:
        return 0
    public = seal.public_of(seal.private_from(nodes.key_of(machine).secret))
    may = set(scopes(machine.space_uid))
    return sum(
        hand.put_content(folder, files, sha256, public)
        for sha256 in asked
        if files.has(sha256) and any(n.scopes & may for n in needs(session().connection(), sha256))
    )
