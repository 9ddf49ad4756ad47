"""« Je veux aider »: an offer from a phone without account, held until someone answers."""

import re
import uuid

from kiosk.language import fold, msg
from kiosk.members import phones
from kiosk.members.volunteers import queries, services
from kiosk.members.volunteers.models import HelpOffer, OfferState, Volunteer
from kiosk.members.volunteers.services import Profile
from kiosk.storage import NotFound, Refusal, session

MOST_WAITING = 80
_WHOLE = re.compile(r"\+\d{9,15}")


def send(space_uid: uuid.UUID, name: str, phone: str, profile: Profile) -> HelpOffer:
    """Hold an offer; the same person offering twice is noted once, with what she said last.

    Raises Refusal for a name or a phone that cannot be one, and when too many wait.
    """
    number = phones.normalise(phone)
    _check(name, number)
    waiting = queries.waiting_offers(space_uid)
    same = (one for one in waiting if one.phone == number and fold(one.name) == fold(name))
    found = next(same, None)
    if found is None and len(waiting) >= MOST_WAITING:
        raise Refusal(msg("Beaucoup d’offres attendent déjà. Passez à l’espace."))
    made = found or HelpOffer(space_uid=space_uid, name=name, phone=number, state=OfferState.WAITING)
    made.families, made.words = list(profile.families), profile.skills.strip()
    session().add(made)
    session().flush()
    return made


def accept(offer: HelpOffer, member_uid: uuid.UUID) -> Volunteer:
    """Answer yes: the member it came from is a volunteer; what she offered joins what she did before."""
    _check_waiting(offer)
    known = queries.of_member(member_uid)
    families = tuple(dict.fromkeys([*(known.families or () if known else ()), *(offer.families or ())]))
    skills = offer.words or (known.skills if known else "") or str(msg("Veut aider"))
    kept = (tuple(known.languages or ()), tuple(known.slots or ())) if known else ((), ())
    made = services.enlist_member(offer.space_uid, member_uid, Profile(families, *kept, skills))
    offer.state, offer.member_uid = OfferState.ACCEPTED, member_uid
    return made


def refuse(offer: HelpOffer) -> None:
    """Answer no."""
    _check_waiting(offer)
    offer.state = OfferState.REFUSED


def wait_again(offer: HelpOffer) -> None:
    """Take back a refusal."""
    if offer.state == OfferState.REFUSED:
        offer.state = OfferState.WAITING


def find(uid: uuid.UUID) -> HelpOffer:
    """Return an offer, or raise NotFound."""
    found = session().get(HelpOffer, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Cette offre n’existe pas ici."))
    return found


def _check(name: str, phone: str) -> None:
    if sum(sign.isalpha() for sign in name) < 2:
        raise Refusal(msg("Écrivez votre prénom et votre nom."), field="name")
    if not _WHOLE.fullmatch(phone):
        raise Refusal(msg("Écrivez un numéro de 8 chiffres, par exemple 76 12 34 56."), field="phone")


def _check_waiting(offer: HelpOffer) -> None:
    if offer.state != OfferState.WAITING:
        raise Refusal(msg("Cette offre a déjà sa réponse."))
