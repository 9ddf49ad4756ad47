"""Making attestations: a whole session at once, one again, withdrawn, taken back."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.language import msg
from kiosk.members import cards
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, derived_uid, session
from kiosk.training.attestations import reading
from kiosk.training.attestations.models import Attested, Certificate, CertificateSeal, CertificateState
from kiosk.training.attestations.reading import Followed
from kiosk.training.catalogue import themes
from kiosk.training.catalogue.kinds import TRAINING
from kiosk.training.models import Course, Sitting, TrainingSession
from kiosk.training.stages import is_open

KIND = "A-"


@dataclass(frozen=True)
class Signed:
    """Who signs for the space, and on which day."""

    name: str
    day: datetime.date


def set_rule(training: TrainingSession, percent: int | None) -> None:
    """Say how much of a session must be followed; papers already made stay as they are."""
    if percent is not None and not 1 <= percent <= 100:
        raise Refusal(msg("Écrivez un pourcentage entre 1 et 100."), field="percent")
    training.completion = None if percent == reading.USUAL_RULE else percent


def attest(training: TrainingSession, kinds: Iterable[Attested], signed: Signed) -> list[Certificate]:
    """Make the attestations of these kinds that nobody has yet, in the order of names; return them.

    Raises Refusal while a sheet waits: what is attested must be known.
    """
    _check_entered(training)
    wanted = set(kinds)
    waiting = [one for one in reading.followed(training) if one.waits and one.kind in wanted]
    numbers = cards.take(_space_code(training), len(waiting), KIND) if waiting else []
    about = _read(training, waiting)
    known = _known(training, waiting)
    made = []
    for one, number in zip(waiting, numbers, strict=True):
        uid = _uid(training, one)
        made.append(_say(known.get(uid) or Certificate(uid=uid), one, number, (about, signed)))
    session().flush()
    return made


def again(certificate: Certificate, training: TrainingSession, signed: Signed) -> None:
    """Make one paper again with what is known today, under a new number; the old one is withdrawn."""
    _check_entered(training)
    mine = [one for one in reading.followed(training) if one.person.uid == certificate.member_uid]
    if not mine or not mine[0].person.name:
        raise Refusal(msg("Cette personne n’a aucune présence : rien à attester."))
    _seal(certificate).state = CertificateState.REVOKED
    (number,) = cards.take(_space_code(training), 1, KIND)
    _say(certificate, mine[0], number, (_read(training, mine), signed))
    session().flush()


def revoke(certificate: Certificate, reason: str) -> None:
    """Withdraw an attestation for good: its number says so wherever it is checked."""
    if not reason:
        raise Refusal(msg("Dites pourquoi elle est retirée."), field="reason")
    certificate.state, certificate.reason = CertificateState.REVOKED, reason
    _seal(certificate).state = CertificateState.REVOKED


def restore(certificate: Certificate) -> None:
    """Take back a withdrawal made by mistake."""
    certificate.state, certificate.reason = CertificateState.ISSUED, ""
    _seal(certificate).state = CertificateState.ISSUED


def take_back(uids: Iterable[uuid.UUID]) -> int:
    """Undo making attestations, before they leave the printer; their numbers are never given again."""
    count = 0
    for uid in uids:
        certificate = session().get(Certificate, uid)
        if certificate is not None and certificate.deleted_at is None:
            _seal(certificate).state = CertificateState.REVOKED
            certificate.deleted_at = clock.stamp()
            count += 1
    return count


def _check_entered(training: TrainingSession) -> None:
    if training.kind not in TRAINING:
        raise Refusal(msg("Seule une formation s’atteste, pas une rencontre."))
    sittings = reading.counting(training)
    if not sittings or any(is_open(one) for one in sittings):
        raise Refusal(msg("Saisissez d’abord toutes les feuilles de présence."))


def _space_code(training: TrainingSession) -> str:
    here = places.space(training.space_uid)
    return here.code if here else ""


@dataclass(frozen=True)
class _About:
    """What all papers of a session have in common, read once."""

    training: TrainingSession
    held: list[Sitting]
    domain: str
    members: Mapping[uuid.UUID, Any]


def _read(training: TrainingSession, people: Iterable[Followed]) -> _About:
    known = members.by_uids([one.person.uid for one in people])
    return _About(training, reading.counting(training), _domain(training), known)


def _known(training: TrainingSession, people: Iterable[Followed]) -> dict[uuid.UUID, Certificate]:
    """Return the rows of these people that were taken back: they are used again."""
    uids = [_uid(training, one) for one in people]
    return {row.uid: row for row in session().scalars(select(Certificate).where(Certificate.uid.in_(uids)))}


def _uid(training: TrainingSession, one: Followed) -> uuid.UUID:
    return derived_uid("cert", training.uid, one.person.uid)


def _say(certificate: Certificate, one: Followed, number: str, said: tuple[_About, Signed]) -> Certificate:
    """Write what the paper says, and its seal."""
    about, signed = said
    mine = {"number": number, "kind": one.kind, "issued_on": signed.day, "signer": signed.name}
    stands = {"state": CertificateState.ISSUED, "reason": "", "deleted_at": None}
    for name, value in {**_of_session(about), **_of_person(about, one), **mine, **stands}.items():
        setattr(certificate, name, value)
    session().add_all([certificate, _new_seal(certificate)])
    return certificate


def _of_session(about: _About) -> dict[str, Any]:
    training = about.training
    return {
        "space_uid": training.space_uid,
        "session_uid": training.uid,
        "course": training.title,
        "domain": about.domain,
        "place": training.place,
        "trainer_name": training.trainer_name,
        "trainer_sex": training.trainer_sex,
        "first": about.held[0].day,
        "last": about.held[-1].day,
        "sittings": len(about.held),
    }


def _of_person(about: _About, one: Followed) -> dict[str, Any]:
    member = about.members[one.person.uid]
    return {
        "member_uid": one.person.uid,
        "holder": one.person.name,
        "sex": one.person.sex,
        "born": member.birth_year,
        "born_about": bool(member.birth_year_about),
        **{name: getattr(one, name) for name in ("present", "days", "minutes", "rate")},
    }


def _domain(training: TrainingSession) -> str:
    """Return the name of the session's domain, or of its course's, as the space says it."""
    course = session().get(Course, training.course_uid) if training.course_uid else None
    own = course.theme or themes.key_of(course.domain) if course else ""
    key = training.theme or own
    return str(themes.names(training.space_uid).get(key, course.domain if course else "")) if key else ""


def _new_seal(certificate: Certificate) -> CertificateSeal:
    number = certificate.number
    return CertificateSeal(
        uid=derived_uid(f"seal:{number}"),
        space_uid=certificate.space_uid,
        certificate_uid=certificate.uid,
        number=number,
        kind=certificate.kind,
        issued_on=certificate.issued_on,
        course=certificate.course,
        minutes=certificate.minutes,
        initials=_initials(certificate.holder),
    )


def _initials(name: str) -> str:
    words = name.split()
    return " ".join(f"{word[0].upper()}." for word in [*words[:1], *words[1:][-1:]])


def _seal(certificate: Certificate) -> CertificateSeal:
    found = session().get(CertificateSeal, derived_uid(f"seal:{certificate.number}"))
    if found is None:
        found = _new_seal(certificate)
        session().add(found)
    return found
