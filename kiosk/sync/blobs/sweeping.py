"""Taking away, after an order came, the files that show somebody who was erased.

The rows say which (see `storage.given_up`), so that a power cut between the order and
this is made good the next time.
"""

import logging
from pathlib import Path

from kiosk import config
from kiosk.storage import given_up, session
from kiosk.storage.files import Contents
from kiosk.storage.files import at as files_of
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.parts import Parts

log = logging.getLogger("kiosk.sync")


def sweep(data: Path) -> int:
    """Take away what is given up, whole or on its way in; return how many files. Opens transactions."""
    gone = list(given_up.contents(session().connection()))
    if not gone:
        return 0
    settings = config.load(data)
    files = files_of(settings)
    begun = ledger.known(session().connection(), gone)
    if begun:
        Parts(files, settings.spool).drop(begun)
    return sum(_drop(files, sha256) for sha256 in gone)


def _drop(files: Contents, sha256: str) -> bool:
    """Take one away; what a disk refuses stops nothing else, and is tried the next time."""
    try:
        return files.drop(sha256)
    except OSError as error:
        log.error("file %s could not be taken away: %s", sha256[:12], error)
        return False
