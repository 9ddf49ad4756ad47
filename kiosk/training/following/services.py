"""Writing accompaniment and faces: open, meet, close; one tap after a session."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.language import fold, msg
from kiosk.members import queries as members
from kiosk.storage import NotFound, Refusal, clock, session
from kiosk.training.following.models import Face, FollowUp, FollowUpMeeting, SessionFace
from kiosk.training.models import SessionState, Sitting, SittingState, TrainingSession

LONGEST = 600


@dataclass(frozen=True)
class Meeting:
    """A meeting as typed; `minutes` is how long it lasted."""

    day: datetime.date
    minutes: int
    subject: str
    next_step: str = ""


def open_follow_up(member_uid: uuid.UUID, staff_uid: uuid.UUID, theme: str, goal: str) -> FollowUp:
    """Begin to accompany a member of the register. Raises Refusal for an erased one."""
    member = members.one(member_uid)
    if member.is_erased:
        raise Refusal(msg("Cette personne a été effacée. Sa fiche ne se remplit plus."))
    keys = {"space_uid": member.space_uid, "member_uid": member_uid, "staff_uid": staff_uid}
    made = FollowUp(**keys, theme=theme, goal=goal.strip(), opened_on=clock.today())
    session().add(made)
    session().flush()
    return made


def find(uid: uuid.UUID) -> FollowUp:
    """Return a follow-up; raises NotFound."""
    found = session().get(FollowUp, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Ce suivi n’existe pas ici."))
    return found


def meet(uid: uuid.UUID, typed: Meeting) -> FollowUpMeeting:
    """Write a meeting of a follow-up. Raises Refusal for no subject or an impossible length."""
    found = find(uid)
    if found.closed_on is not None:
        raise Refusal(msg("Ce suivi est fini. Reprenez-le d’abord."))
    if not fold(typed.subject):
        raise Refusal(msg("Écrivez le sujet."), "subject")
    if not 0 < typed.minutes <= LONGEST:
        raise Refusal(msg("Écrivez de 1 à %(n)s minutes.", n=LONGEST), "minutes")
    made = FollowUpMeeting(space_uid=found.space_uid, follow_up_uid=uid, **vars(typed))
    session().add(made)
    session().flush()
    return made


def strike(meeting_uid: uuid.UUID, back: bool = False) -> FollowUpMeeting:
    """Take a meeting out of the count (`back`: put it in again)."""
    found = session().get(FollowUpMeeting, meeting_uid)
    if found is None:
        raise NotFound(msg("Cette rencontre n’existe pas ici."))
    found.deleted_at = None if back else clock.stamp()
    session().flush()
    return found


def close(uid: uuid.UUID, again: bool = False) -> FollowUp:
    """End a follow-up (`again`: take it up again); its meetings stay counted."""
    found = find(uid)
    found.closed_on = None if again else clock.today()
    session().flush()
    return found


def can_be_judged(training: TrainingSession) -> bool:
    """Tell whether people may say what they thought of a session: a sitting of it was held, or is today."""
    if training.state == SessionState.CANCELLED:
        return False
    mine = (Sitting.session_uid == training.uid, Sitting.deleted_at.is_(None))
    stands = (Sitting.state != SittingState.CANCELLED, Sitting.day <= clock.today())
    return session().scalar(select(Sitting.uid).where(*mine, *stands).limit(1)) is not None


def tap(training: TrainingSession, face: str) -> SessionFace:
    """Keep one tap, of nobody. Raises Refusal before the session began, or for no face of ours."""
    if not can_be_judged(training):
        raise Refusal(msg("Cette formation n’a pas encore commencé."))
    if face not in set(Face):
        raise Refusal(msg("Choisissez un visage."))
    # Drawn at random: an ordinary uid would tell the moment of the tap.
    made = SessionFace(
        uid=uuid.uuid4(), space_uid=training.space_uid, session_uid=training.uid, face=Face(face)
    )
    session().add(made)
    session().flush()
    return made
