"""Reading the register: lists, one person, namesakes, counts, and names for other rooms."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from kiosk.language import msg
from kiosk.members import cards, minors, phones
from kiosk.members.ages import BANDS, Band, age_at, band_at, bands_from, is_woman_or_youth, is_youth
from kiosk.members.links import names
from kiosk.members.models import Consent, Member, NameAccess, joined, name_key, said_name
from kiosk.members.phones import normalise, shown
from kiosk.members.tallies import Tally, Traits, tally, tally_of
from kiosk.members.vocabulary import SEXES, Purpose, Sex
from kiosk.storage import NotFound, clock, search, session

__all__ = [
    "BANDS",
    "MANY",
    "SEXES",
    "Band",
    "Member",
    "Sex",
    "Tally",
    "Traits",
    "age_at",
    "band_at",
    "bands_from",
    "by_card",
    "by_uids",
    "consents_of",
    "count",
    "find",
    "in_lines",
    "is_woman_or_youth",
    "is_youth",
    "listing",
    "may_be_known",
    "names_of",
    "normalise",
    "one",
    "opened_today",
    "phones",
    "shown",
    "tally",
    "tally_of",
]

MANY = 500
"""From so many people found on, a search says « more than » and asks for another word."""
_LOOKED_AT = MANY + 100
_IN_ONE_STATEMENT = 500
_NEAR_YEARS = 2
_IS_NAMED = or_(Member.given_name != "", Member.family_name != "")
_IN_A_LINE: tuple[Any, ...] = (
    Member.uid,
    Member.card,
    Member.given_name,
    Member.family_name,
    Member.village,
    Member.phone,
)
_BY_CARD: tuple[Any, ...] = (Member.uid, Member.space_uid, Member.card)


def listing(query: str = "", space_uid: uuid.UUID | None = None, by_card: bool = False) -> Select[Any]:
    """Return the members found by a half-typed `query`, for `paginate`.

    A name that few people bear as typed is looked for in its other spellings too: « tarawele » finds
    Traoré, after whoever is called Tarawele. They come in the alphabet's order, or by number where the
    order of names must not be told either. Of more than MANY, the last written are found.
    """
    named = search.matching(Member, joined(query), _LOOKED_AT, names.spellings)
    found = select(Member).where(Member.deleted_at.is_(None), _IS_NAMED, named)
    if space_uid is not None:
        # Behind a function the space is read last: by its index, a search would begin with everybody.
        own = func.coalesce(Member.space_uid, Member.space_uid) if query else Member.space_uid
        found = found.where(own == space_uid)
    if by_card:
        return found.order_by(Member.card, Member.uid)
    rank = search.nearness(Member, joined(query), names.spellings)
    return found.order_by(*(() if rank is None else (rank,)), Member.sort_key, Member.uid)


def in_lines(query: str = "", space_uid: uuid.UUID | None = None, by_card: bool = False) -> Select[Any]:
    """Return what one line of the list shows of those whom `listing` finds: no whole person is loaded."""
    if query:
        return _lined(listing(query, space_uid, by_card), by_card)
    return _everybody_in_lines(space_uid, by_card)


@lru_cache(maxsize=64)
def _everybody_in_lines(space_uid: uuid.UUID | None, by_card: bool) -> Select[Any]:
    # One statement object asked for ever: the engine need not compile it again.
    return _lined(listing("", space_uid, by_card), by_card)


def _lined(found: Select[Any], by_card: bool) -> Select[Any]:
    narrow: Select[Any] = found.with_only_columns(*_BY_CARD if by_card else _IN_A_LINE)
    return narrow


def find(text: str, limit: int = 20, space_uid: uuid.UUID | None = None) -> Sequence[Member]:
    """Return the first members found by half-typed words, in the alphabet's order."""
    return session().scalars(listing(text, space_uid).limit(limit)).all()


def count(space_uid: uuid.UUID | None = None, named: bool = False) -> int:
    """Return how many members a space has, or all spaces; `named` leaves out erased ones, as lists do."""
    every = select(func.count()).select_from(Member).where(Member.deleted_at.is_(None))
    query = every.where(_IS_NAMED) if named else every
    found = query if space_uid is None else query.where(Member.space_uid == space_uid)
    return session().scalar(found) or 0


def one(uid: uuid.UUID) -> Member:
    """Return a member who is still in the register; raises NotFound."""
    found = session().get(Member, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    return found


def by_card(number: str) -> Member | None:
    """Return the member whose printed number this is, typed in any case, with or without dashes.

    None where two people bear it: which of them it is, a person says, and never chance.
    """
    asked = "".join(sign for sign in number.upper() if sign.isalnum())
    query = select(Member).where(func.replace(Member.card, "-", "") == asked, Member.deleted_at.is_(None))
    found = session().scalars(query.limit(20)).all()
    bearers = [member for member in found if not member.is_erased] or found
    return bearers[0] if len(bearers) == 1 else None


def highest_number(space_uid: uuid.UUID) -> int:
    """Return the highest plain number (`SPACE-NNNNNN-C`) that a card of a space bears, 0 without one."""
    plain = Member.card.like("___-______-_")
    number = func.substr(Member.card, 5, 6)
    query = select(number).where(Member.space_uid == space_uid, plain, number.between("0", "999999"))
    digits = (one for one in session().scalars(query.order_by(number.desc())) if one.isdigit())
    return int(next(digits, "0"))


def may_be_known(name: str, birth_year: int | None = None, but: uuid.UUID | None = None) -> Sequence[Member]:
    """Return namesakes, whatever the order of the names, whose birth year does not say otherwise.

    A suggestion for a person to judge; it never stops a registration.
    """
    query = select(Member).where(Member.name_fold == name_key(name), Member.deleted_at.is_(None))
    if birth_year is not None:
        query = query.where(Member.birth_year.is_(None) | near_year(birth_year))
    if but is not None:
        query = query.where(Member.uid != but)
    return session().scalars(query.order_by(Member.registered_on).limit(5)).all()


def near_year(year: int) -> ColumnElement[bool]:
    """The condition that somebody was born so near that year that it may be a guess of the same."""
    return Member.birth_year.between(year - _NEAR_YEARS, year + _NEAR_YEARS)


def by_uids(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Member]:
    """Return members by uid, those taken out of the register included: records still name them."""
    found: dict[uuid.UUID, Member] = {}
    for part in _parts(uids):
        rows = session().scalars(select(Member).where(Member.uid.in_(part)))
        found.update((member.uid, member) for member in rows)
    return found


def names_of(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names to show beside other rooms' records."""
    found: dict[uuid.UUID, str] = {}
    for part in _parts(uids):
        query = select(Member.uid, Member.given_name, Member.family_name).where(Member.uid.in_(part))
        rows = session().execute(query)
        found.update((row.uid, said_name(row.given_name, row.family_name)) for row in rows)
    return found


def _parts(uids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    every = list(set(uids))
    for start in range(0, len(every), _IN_ONE_STATEMENT):
        yield every[start : start + _IN_ONE_STATEMENT]


def consents_of(uid: uuid.UUID) -> dict[str, Consent]:
    """Return what a member said, by purpose; a purpose never asked is absent."""
    return consents_among([uid]).get(uid, {})


def consents_among(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Consent]]:
    """Return what each of these members said, by purpose (a statement for some hundreds of them)."""
    found: dict[uuid.UUID, dict[str, Consent]] = {}
    for part in _parts(uids):
        theirs = select(Consent).where(Consent.member_uid.in_(part), Consent.deleted_at.is_(None))
        for one in session().scalars(theirs):
            found.setdefault(one.member_uid, {})[one.purpose] = one
    return found


def may(uid: uuid.UUID, purpose: Purpose) -> bool:
    """Tell whether a member agreed to a purpose, did not take it back, and is of an age to."""
    said, member = consents_of(uid).get(purpose), session().get(Member, uid)
    agreed = said is not None and said.granted and member is not None
    return bool(agreed and member and minors.allowed(member, purpose, clock.today()))


def is_answered_for(member: Member, said: Mapping[str, Consent] | None = None) -> bool:
    """Tell whether a member answers for herself, or her guardian agreed that she is in the register.

    `said` is what she said by purpose, asked for where it is not given.
    """
    if not minors.is_minor(member.birth_year, clock.today()):
        return True
    guardian = (consents_of(member.uid) if said is None else said).get(Purpose.GUARDIAN)
    return bool(guardian and guardian.granted)


def opened_today(staff_uid: uuid.UUID, member_uid: uuid.UUID) -> bool:
    """Tell whether this person of the staff already opened this name since midnight."""
    since = clock.midnight_ms(clock.today())
    query = select(NameAccess.uid).where(
        NameAccess.staff_uid == staff_uid, NameAccess.member_uid == member_uid, NameAccess.opened_at >= since
    )
    return session().scalars(query.limit(1)).first() is not None


def card_like(number: str) -> bool:
    """Tell whether a text is one of our printed numbers."""
    return cards.is_card(number)
