"""What people say of two cards: the same person, two people, or an answer taken back."""

import uuid

from kiosk.language import msg
from kiosk.members.links import queries
from kiosk.members.links.models import LinkState, PersonLink
from kiosk.storage import Refusal, clock, session

_LONGEST = 200


def say(
    pair: tuple[uuid.UUID, uuid.UUID],
    state: LinkState,
    by: uuid.UUID,
    across: bool = False,
    why: str = "",
) -> PersonLink:
    """Add a word about two cards; the same word again changes nothing. Return the word that stands.

    `across` says that the speaker decides for cards of two spaces (the centre), and
    only for those. Raises NotFound for a missing card, Refusal where another decides.
    """
    cards = queries.together(*pair)
    check(cards, across)
    last = cards.word
    if last is not None and last.state == state:
        return last
    space = None if cards.across else cards.one.space_uid
    reasons = " ".join(cards.score.reasons) if cards.score else ""
    word = PersonLink(
        a=cards.one.uid,
        b=cards.other.uid,
        space_uid=space,
        state=state,
        turn=last.turn + 1 if last else 1,
        by=by,
        why=(why.strip() or reasons)[:_LONGEST],
        at=clock.now_ms(),
    )
    session().add(word)
    session().flush()
    return word


def check(cards: queries.Together, across: bool) -> None:
    """Raise Refusal unless the speaker decides for these cards: a space for its own, the centre across."""
    if cards.across and not across:
        raise Refusal(msg("Ces cartes sont de deux espaces. Le centre décide."))
    if across and not cards.across:
        raise Refusal(msg("Ces cartes sont d’un seul espace. Son équipe décide."))
