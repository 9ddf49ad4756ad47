"""The centre has a new address: everything that waits goes there, once."""

from dataclasses import replace
from pathlib import Path

from kiosk.storage import Store, transaction
from kiosk.sync import keyfile, link
from kiosk.sync.line import HttpLine, Line, checked
from kiosk.sync.time import asking
from kiosk.sync.time.dated import line_to_ask
from kiosk.sync.trouble import NoLink


def to(store: Store, data: Path, address: str, line: Line | None = None) -> bool:
    """Follow the centre to `address`, if who answers there holds this machine's key.

    Return False when nobody answers yet: the address is kept all the same. Raises
    NotTheCentre or Unknown for another server, NotSafe for an address out of question.
    """
    checked(address)
    moved = replace(keyfile.load(data), centre=address.strip().rstrip("/"))
    sure = _answers(moved, line)
    keyfile.save(data, moved)
    with store.open(), transaction() as session:
        link.change(session.connection(), trouble=None, next_try=None)
    return sure


def _answers(moved: keyfile.Identity, line: Line | None) -> bool:
    ask = line or line_to_ask(moved.centre, moved.authority)
    try:
        asking.ask(ask, moved)
    except NoLink:
        return False
    finally:
        if isinstance(ask, HttpLine):
            ask.close()
    return True
