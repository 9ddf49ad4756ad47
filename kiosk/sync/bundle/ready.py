"""Whether this kiosk can make a copy, and if not, why."""

from pathlib import Path

from kiosk.language import Message
from kiosk.sync import keyfile
from kiosk.sync.bundle import seal
from kiosk.sync.bundle.trouble import NoSealing, NoSealKey
from kiosk.sync.trouble import Trouble


class State:
    """What a page needs to know: where the centre is, which bundles are for us, what is missing."""

    def __init__(self, centre: str = "", to: str = "", missing: Message | None = None) -> None:
        self.centre, self.to, self.missing = centre, to, missing


def state(data: Path) -> State:
    """Return how far this machine is from a copy."""
    try:
        identity = keyfile.load(data)
    except Trouble as trouble:
        return State(missing=trouble.text)
    if not seal.is_there():
        return State(identity.centre, missing=NoSealing.text)
    to = seal.name_of(seal.public_of(seal.private_from(identity.key.secret)))
    return State(identity.centre, to, None if identity.seal else NoSealKey.text)
