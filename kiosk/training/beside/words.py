"""Words of who stands beside a session: what an organisation brings."""

from collections.abc import Iterable, Mapping

from kiosk.language import Message, msg
from kiosk.training.beside.models import Share

SHARES: Mapping[str, Message] = {Share.PARTNER: msg("Partenaire"), Share.DONOR: msg("Bailleur")}


def shares(given: Iterable[str]) -> str:
    """Return « Partenaire, Bailleur »."""
    return ", ".join(str(SHARES.get(share, share)) for share in given)
