"""The card of another space, shown here: asking the centre for that one person."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from kiosk.language import msg
from kiosk.storage import Refusal, actor, clock, is_checked, session
from kiosk.sync.matters import CardState
from kiosk.sync.models import CardRequest

_MOST = 20


def tidy(card: str) -> str:
    """Return a number as it is printed, however it was typed."""
    return "".join(card.upper().split()).replace("–", "-")


def is_card(card: str) -> bool:
    """Tell whether a text is a whole card number with its check sign."""
    typed = tidy(card)
    return typed.count("-") == 2 and is_checked(typed)


def ask(card: str, sitting_uid: uuid.UUID | None, space_uid: uuid.UUID) -> CardRequest:
    """Ask the centre for the person of that number; asking again says it anew.

    Raises Refusal for a number with a mistake in it.
    """
    if not is_card(card):
        raise Refusal(msg("Ce numéro a une faute. Recopiez-le sur la carte."))
    typed = tidy(card)
    query = select(CardRequest).where(CardRequest.card == typed, CardRequest.state == CardState.ASKED)
    found = session().scalars(query.where(CardRequest.deleted_at.is_(None))).first()
    if found is None:
        found = CardRequest(space_uid=space_uid, card=typed, state=CardState.ASKED)
        session().add(found)
    found.asked_at, found.asked_by, found.sitting_uid = clock.now_ms(), actor(), sitting_uid
    session().flush()
    return found


def take_back(uid: uuid.UUID) -> uuid.UUID | None:
    """Withdraw a request that waits; return the sitting where it was made."""
    found = session().get(CardRequest, uid)
    if found is not None and found.state == CardState.ASKED:
        found.deleted_at = clock.stamp()
        session().flush()
    return found.sitting_uid if found else None


def asked_at(sitting_uid: uuid.UUID) -> Sequence[CardRequest]:
    """Return the cards of other spaces that were shown at a sitting, the newest first."""
    query = select(CardRequest).where(
        CardRequest.sitting_uid == sitting_uid, CardRequest.deleted_at.is_(None)
    )
    return session().scalars(query.order_by(CardRequest.asked_at.desc()).limit(_MOST)).all()
