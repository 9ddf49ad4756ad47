"""Likeness in words: reasons, how likely, and two cards line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.language import Message, fold, formats, msg
from kiosk.members import phones
from kiosk.members.links.models import LinkState
from kiosk.members.links.scoring import LIKELY, VERY_LIKELY, Reason, Sketch, sketch
from kiosk.members.models import Member
from kiosk.members.vocabulary import SEXES, word

REASONS: Mapping[str, Message] = {
    Reason.NAME: msg("même nom"),
    Reason.SOUND: msg("même nom, écrit autrement"),
    Reason.PART: msg("une partie du nom"),
    Reason.GIVEN: msg("même prénom"),
    Reason.YEAR: msg("même année de naissance"),
    Reason.NEAR_YEAR: msg("années de naissance proches"),
    Reason.PHONE: msg("même téléphone"),
    Reason.VILLAGE: msg("même village"),
}
Pill = tuple[str, Message | str, str]
ANSWERS: Mapping[str, Pill] = {
    LinkState.CONFIRMED: ("ok", msg("Même personne"), "check"),
    LinkState.REFUSED: ("calm", msg("Deux personnes"), "people"),
    LinkState.PROPOSED: ("wait", msg("À vérifier"), "question"),
}
SAME: Pill = ("ok", msg("Pareil"), "check")
NEAR: Pill = ("info", msg("Proche"), "info")
OTHER: Pill = ("calm", msg("Différent"), "cross")
Verdict = Pill | None
ODD: Mapping[str, Message] = {
    "sex": msg("Les deux cartes ne disent pas le même sexe."),
    "year": msg("Les deux cartes ne disent pas la même année de naissance."),
    "said": msg("Deux réponses contraires ont été données."),
}


@dataclass(frozen=True)
class Line:
    """One thing that two cards say: its name, the two answers, whether they agree (None: one is silent)."""

    name: Message
    one: str
    other: str
    verdict: Verdict


def odd(what: Iterable[str]) -> str:
    """Say what must be settled about the cards of one person."""
    return " ".join(str(ODD[one]) for one in what)


def reasons(codes: Iterable[str]) -> str:
    """Say why: « Même nom et même téléphone »; a code of a newer release shows itself."""
    said = formats.join(REASONS.get(code, code) for code in codes)
    return said[:1].upper() + said[1:]


def likely(score: int) -> Pill:
    """Return the pill of a score."""
    if score >= VERY_LIKELY:
        return "wait", msg("Très probable"), "people"
    return ("info", msg("Probable"), "people") if score >= LIKELY else ("calm", msg("Possible"), "question")


def answer(state: str) -> Pill:
    """Return the pill of what was said of two cards."""
    return ANSWERS.get(state, ("calm", state, "question"))


def lines(one: Member, other: Member) -> list[Line]:
    """Return two cards line by line; what neither says is left out."""
    left, right = sketch(one), sketch(other)
    every = [
        Line(msg("Naissance"), _born(one), _born(other), _years(left, right)),
        Line(msg("Sexe"), _sex(one), _sex(other), _plain(_sex(one), _sex(other))),
        Line(msg("Téléphone"), *_phones(one, other), _plain(one.phone, other.phone)),
        Line(msg("Village"), one.village or "", other.village or "", _plain(left.village, right.village)),
        Line(msg("Organisation"), *_told(one.organisation, other.organisation)),
        Line(msg("Personne responsable"), *_told(one.guardian, other.guardian)),
        Line(msg("Inscription"), _day(one), _day(other), None),
    ]
    return [line for line in every if line.one or line.other]


def _told(one: str | None, other: str | None) -> tuple[str, str, Verdict]:
    return one or "", other or "", _plain(fold(one or ""), fold(other or ""))


def _plain(one: str | None, other: str | None) -> Verdict:
    if not (one and other):
        return None
    return SAME if one == other else OTHER


def _years(one: Sketch, other: Sketch) -> Verdict:
    if one.year is None or other.year is None:
        return None
    apart = abs(one.year - other.year)
    if apart == 0:
        return SAME
    return NEAR if apart <= 1 + (one.about or other.about) else OTHER


def _born(member: Member) -> str:
    if member.birth_year is None:
        return ""
    year = {"year": member.birth_year}
    return str(msg("vers %(year)s", **year) if member.birth_year_about else msg("en %(year)s", **year))


def _sex(member: Member) -> str:
    return word(SEXES, member.sex) if member.sex in ("F", "M") else ""


def _phones(one: Member, other: Member) -> tuple[str, str]:
    return phones.shown(one.phone), phones.shown(other.phone)


def _day(member: Member) -> str:
    return formats.date_medium(member.registered_on)
