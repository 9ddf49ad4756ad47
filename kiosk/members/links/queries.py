"""Reading the links: who is one person, what waits for an answer, what was said of two cards."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from kiosk.language import msg
from kiosk.members import phones
from kiosk.members.links import scan, scoring
from kiosk.members.links.models import Likeness, LinkState, PersonLink
from kiosk.members.links.persons import Pair, Persons, Word, standing
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.storage import NotFound, session

ONE, OTHER = aliased(Member), aliased(Member)
_DECIDED = (LinkState.CONFIRMED, LinkState.REFUSED)
_FEW = 5


@dataclass(frozen=True)
class Like:
    """A card that may be the same person's, or is said to be: how likely, why, what was said."""

    member: Member
    score: int
    reasons: Sequence[str]
    state: str | None = None


@dataclass(frozen=True)
class Together:
    """Two cards side by side. `word` is what stands of them, None where nobody said anything."""

    one: Member
    other: Member
    score: scoring.Score | None
    word: PersonLink | None

    @property
    def across(self) -> bool:
        """Tell whether the cards are of two spaces: only the centre may then decide."""
        return self.one.space_uid != self.other.space_uid


def persons() -> Persons:
    """Return who is one person, by every link on this machine (one statement)."""
    return Persons.by(words())


def words() -> list[Word]:
    """Return what was said of cards. A word that claims a space its cards are not of is no word."""
    said = PersonLink
    query = (
        select(said.a, said.b, said.state, said.turn, said.space_uid, said.uid)
        .join(ONE, ONE.uid == said.a)
        .join(OTHER, OTHER.uid == said.b)
        .where(_is_word(said))
    )
    return [Word(*row) for row in session().execute(query)]


def _is_word(said: Any) -> ColumnElement[bool]:
    """The condition that a link counts: the centre's, or a space's about two cards of its own."""
    one, other = aliased(Member), aliased(Member)
    cards = and_(one.uid == said.a, other.uid == said.b)
    home = and_(one.space_uid == said.space_uid, other.space_uid == said.space_uid)
    at_home = select(one.uid).where(cards, home).exists()
    return and_(said.deleted_at.is_(None), or_(said.space_uid.is_(None), at_home))


def waiting(across: bool, who: Persons) -> Select[Any]:
    """Return the suggestions nobody answered, the likeliest first: (Likeness, one, other), for `paginate`.

    `across` asks for cards of two spaces; else of one. Cards already one person are left out.
    """
    query: Any = (
        select(Likeness, ONE, OTHER)
        .join(ONE, ONE.uid == Likeness.a)
        .join(OTHER, OTHER.uid == Likeness.b)
        .where(Likeness.across.is_(across), ~_decided(Likeness.a, Likeness.b))
        .where(ONE.deleted_at.is_(None), OTHER.deleted_at.is_(None))
    )
    implied = [pair for group in who.groups() for pair in combinations(group, 2)]
    if implied:
        query = query.where(tuple_(Likeness.a, Likeness.b).not_in(implied))
    return query.order_by(Likeness.score.desc(), Likeness.a, Likeness.b)


def answered(across: bool) -> Select[Any]:
    """Return the pairs with an answer, the latest first: (PersonLink, one, other), for `paginate`."""
    last, later = PersonLink, aliased(PersonLink)
    at_once = and_(later.turn == last.turn, later.uid != last.uid)
    weightier = and_(later.state == LinkState.REFUSED, last.state == LinkState.CONFIRMED)
    again = and_(later.state == last.state, later.uid > last.uid)
    over = or_(later.turn > last.turn, and_(at_once, or_(weightier, again)))
    follows = select(later.uid).where(later.a == last.a, later.b == last.b, over, _is_word(later))
    query: Any = (
        select(last, ONE, OTHER)
        .join(ONE, ONE.uid == last.a)
        .join(OTHER, OTHER.uid == last.b)
        .where(last.state.in_(_DECIDED), last.space_uid.is_(None) == across, ~follows.exists())
        .where(_is_word(last))
    )
    return query.order_by(last.at.desc(), last.uid)


def _decided(a: Any, b: Any) -> ColumnElement[bool]:
    """The condition that the last word about a pair is a yes or a no."""
    last, later = aliased(PersonLink), aliased(PersonLink)
    follows = select(later.uid).where(later.a == last.a, later.b == last.b, later.turn > last.turn)
    said = select(last.uid).where(last.a == a, last.b == b, last.state.in_(_DECIDED), _is_word(last))
    return said.where(~follows.where(_is_word(later)).exists()).exists()


def count_waiting(across: bool, least: int = 0) -> int:
    """Return how many suggestions of that score at least wait for an answer."""
    rows = waiting(across, persons()).where(Likeness.score >= least).order_by(None).subquery()
    return session().scalar(select(func.count()).select_from(rows)) or 0


def together(a: uuid.UUID, b: uuid.UUID) -> Together:
    """Return two cards side by side. Raises NotFound for a card that is not there, or one with itself."""
    found = _members({a, b})
    if a == b or len(found) < 2:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    one, other = found[min(a, b)], found[max(a, b)]
    score = scoring.compare(scoring.sketch(one), scoring.sketch(other))
    return Together(one, other, score, last_word(one.uid, other.uid))


def last_word(a: uuid.UUID, b: uuid.UUID) -> PersonLink | None:
    """Return the word that stands for a pair."""
    pair = and_(PersonLink.a == min(a, b), PersonLink.b == max(a, b))
    rows = session().scalars(select(PersonLink).where(pair, _is_word(PersonLink))).all()
    return max(rows, key=lambda row: _word(row).rank, default=None)


def _word(row: PersonLink) -> Word:
    return Word(row.a, row.b, row.state, row.turn, row.space_uid, row.uid)


def _members(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Member]:
    found: dict[uuid.UUID, Member] = {}
    for part in scan.parts(set(uids)):
        query = select(Member).where(Member.uid.in_(part), Member.deleted_at.is_(None))
        found |= {row.uid: row for row in session().scalars(query)}
    return found


def likenesses(member: Member) -> list[Like]:
    """Return the cards that may be this person's: those said to be hers, then a few suggestions.

    Only cards of her own space: another space's never show here.
    """
    who, mine = words(), scoring.sketch(member)
    said = {
        _other(pair, member.uid): word.state for pair, word in standing(who).items() if member.uid in pair
    }
    own = set(Persons.by(who).cards_of(member.uid)) - {member.uid}
    met = scan.meeting([mine])[member.uid]
    cards = {uid: one for uid, one in _members(met | own).items() if one.space_uid == member.space_uid}
    scored = {uid: scoring.compare(mine, scoring.sketch(one)) for uid, one in cards.items()}
    hers = [_like(cards[uid], scored[uid], LinkState.CONFIRMED) for uid in sorted(own & cards.keys())]
    open_ones = [uid for uid in cards.keys() - own if scored[uid] and said.get(uid) != LinkState.REFUSED]
    likely = [_like(cards[uid], scored[uid], None) for uid in open_ones]
    return hers + sorted(likely, key=lambda like: (-like.score, like.member.uid))[:_FEW]


def newcomer(space_uid: uuid.UUID, said: Mapping[str, Any]) -> scoring.Sketch:
    """Return the sketch of somebody about to be registered, from what was answered so far."""
    told = {name: said.get(name) for name in scoring.COLUMNS[2:]}
    told |= {name: said.get(name) or "" for name in ("given_name", "family_name")}
    member = Member(uid=uuid.UUID(int=0), space_uid=space_uid, **told)
    member.phone = phones.normalise(told["phone"]) if told["phone"] else None
    return scoring.sketch(member)


def resembling(mine: scoring.Sketch) -> list[Member]:
    """Return the members of a space whom a newcomer resembles by more than a name, the likeliest first."""
    cards = _members(scan.meeting([mine])[mine.uid])
    scored = [(scoring.compare(mine, scoring.sketch(one)), one) for one in cards.values()]
    found = [(score.value, one) for score, one in scored if score and one.space_uid == mine.space_uid]
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].uid))][:_FEW]


def _other(pair: Pair, uid: uuid.UUID) -> uuid.UUID:
    return pair[1] if pair[0] == uid else pair[0]


def _like(member: Member, score: scoring.Score | None, state: str | None) -> Like:
    return Like(member, score.value if score else 0, score.reasons if score else (), state)


@dataclass(frozen=True)
class Odd:
    """What somebody must settle about two cards of a person: `sex`, `year`, `said`, one or several."""

    what: tuple[str, ...]
    one: Member
    other: Member


def odd(across: bool, said: Sequence[Word]) -> list[Odd]:
    """Return what must be settled: cards of one person that disagree, a yes and a no said at once."""
    who = Persons.by(said)
    pairs = {(group[0], card) for group in who.groups() for card in group[1:]}
    both = _at_once(said)
    cards = _members({uid for pair in [*pairs, *both] for uid in pair})
    every = sorted(pair for pair in pairs | both if cards.keys() >= set(pair))
    what = {
        pair: [*(_differ(cards, pair) if pair in pairs else ()), *["said"] * (pair in both)] for pair in every
    }
    found = [Odd(tuple(what[pair]), *_of(cards, pair)) for pair in every if what[pair]]
    return [one for one in found if (one.one.space_uid != one.other.space_uid) == across]


def _of(cards: Mapping[uuid.UUID, Member], pair: Pair) -> tuple[Member, Member]:
    return cards[pair[0]], cards[pair[1]]


def _differ(cards: Mapping[uuid.UUID, Member], pair: Pair) -> list[str]:
    one, other = _of(cards, pair)
    found = ["sex"] if {one.sex, other.sex} == {Sex.WOMAN, Sex.MAN} else []
    if one.birth_year and other.birth_year and one.birth_year != other.birth_year:
        found.append("year")
    return found


def _at_once(said: Sequence[Word]) -> set[Pair]:
    """Return the pairs of which two people said yes and no without knowing of one another."""
    top = {pair: word.turn for pair, word in standing(said).items()}
    states: dict[Pair, set[str]] = {}
    for word in said:
        pair = (min(word.a, word.b), max(word.a, word.b))
        if word.turn == top[pair]:
            states.setdefault(pair, set()).add(word.state)
    return {pair for pair, found in states.items() if found >= set(_DECIDED)}
