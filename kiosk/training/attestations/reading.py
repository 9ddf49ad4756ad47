"""Who may have an attestation of a session and who has one; and what a number says to whoever asks."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.language import msg, sort_key
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.storage import NotFound, is_checked, session
from kiosk.training.attestations.models import Attested, Certificate, CertificateSeal, CertificateState
from kiosk.training.facts import facts_of_session
from kiosk.training.figures import Fact, attended, counted_weight, days_by_person, share_by_person
from kiosk.training.finding import sittings_of
from kiosk.training.models import Sitting, SittingState, TrainingSession
from kiosk.training.sheets import Person, people

USUAL_RULE = 80
_NUMBER = re.compile(r"A?([A-Z]{3})(T[A-Z]{2}\d{4,}|\d{6,})([0-9A-Z])")


@dataclass(frozen=True)
class Followed:
    """What one person followed of a session: percent, half-days, minutes, hundredths of days."""

    person: Person
    rate: int
    present: int
    minutes: int
    days: int
    kind: Attested
    certificate: Certificate | None

    @property
    def waits(self) -> bool:
        """Tell whether she has no paper yet; one withdrawn is made again by itself alone."""
        return self.certificate is None and bool(self.person.name)


@dataclass(frozen=True)
class Checked:
    """What a number says. `named`: whether the name that was `asked` fits it, None where unknown here."""

    number: str
    seal: CertificateSeal | None
    space: str = ""
    named: bool | None = None
    asked: bool = False

    @property
    def state(self) -> str:
        """Return « valid », « revoked », « unknown », or « misread » for signs that do not add up."""
        if self.seal is None:
            return "unknown" if is_checked(self.number) else "misread"
        return "revoked" if self.seal.state == CertificateState.REVOKED else "valid"


def rule_of(training: TrainingSession) -> int:
    """Return the percent of a session to follow for an attestation de formation."""
    return USUAL_RULE if training.completion is None else training.completion


def counting(training: TrainingSession) -> list[Sitting]:
    """Return the sittings that took place or will: those cancelled are nobody's absence."""
    return [one for one in sittings_of(training) if one.state != SittingState.CANCELLED]


def followed(training: TrainingSession) -> list[Followed]:
    """Return who came to a session, in the order of family names, with what each may have or has."""
    facts = facts_of_session(training.uid)
    whole = sum(counted_weight(one.state, one.weight, one.confirmed_weight) for one in counting(training))
    rates, days = share_by_person(facts, whole), days_by_person(facts)
    known, papers = people(rates), certificates(training)
    found = [
        Followed(
            known[uid],
            rate,
            *_there(facts, uid),
            days.get(uid, 0),
            Attested.TRAINING if rate >= rule_of(training) else Attested.PARTICIPATION,
            papers.get(uid),
        )
        for uid, rate in rates.items()
    ]
    return sorted(found, key=_alphabet)


def _alphabet(one: Followed) -> tuple[bool, str, uuid.UUID]:
    """Return her place in a list: Kébé before Kouyaté, as on the sheet; who has no name left is last."""
    return not one.person.name, sort_key(one.person.family_first), one.person.uid


def _there(facts: Iterable[Fact], uid: uuid.UUID) -> tuple[int, int]:
    """Return at how many sittings somebody was, and her minutes; two cards at one sitting are one."""
    stays: dict[uuid.UUID, int] = {}
    for fact in facts:
        if fact.member_uid == uid and attended(fact):
            stays[fact.sitting_uid] = max(stays.get(fact.sitting_uid, 0), fact.minutes)
    return len(stays), sum(stays.values())


def certificates(training: TrainingSession) -> dict[uuid.UUID, Certificate]:
    """Return the attestations of a session by member, withdrawn ones too."""
    query = select(Certificate).where(
        Certificate.session_uid == training.uid, Certificate.deleted_at.is_(None)
    )
    return {one.member_uid: one for one in session().scalars(query)}


def of_member(member_uid: uuid.UUID) -> list[Certificate]:
    """Return somebody's attestations, newest first."""
    mine = Certificate.member_uid == member_uid, Certificate.deleted_at.is_(None)
    return list(session().scalars(select(Certificate).where(*mine).order_by(Certificate.last.desc())))


def find(uid: uuid.UUID) -> Certificate:
    """Return an attestation, or raise NotFound."""
    found = session().get(Certificate, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Cette attestation n’existe pas ici."))
    return found


def tidy(number: str) -> str:
    """Return a number as papers bear it, however its signs were parted; what is none, without spaces."""
    found = _NUMBER.fullmatch(re.sub("[^0-9A-Z]", "", number.upper()))
    return "A-{}-{}-{}".format(*found.groups()) if found else "".join(number.upper().split())[:30]


def check(number: str, name: str = "") -> Checked:
    """Return what this machine knows of a number, and whether a name fits it.

    A name is compared where the paper itself is: in its own space and at the centre.
    """
    written = tidy(number)
    seal = session().scalar(select(CertificateSeal).where(CertificateSeal.number == written))
    if seal is None:
        return Checked(written, None)
    here, fits = places.space(seal.space_uid), None
    paper = session().get(Certificate, seal.certificate_uid)
    if name.strip() and paper and paper.holder and paper.number == written:
        fits = members.name_key(paper.holder) == members.name_key(name)
    return Checked(written, seal, here.name if here else "", fits, asked=bool(name.strip()))
