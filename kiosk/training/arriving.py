"""Someone came unannounced: a seat and a mark at once, and the way back from both."""

import uuid
from typing import NamedTuple

from kiosk.language import msg
from kiosk.storage import Refusal, session
from kiosk.training import enrolling
from kiosk.training.enrolling import Seat
from kiosk.training.finding import find_session
from kiosk.training.marking import Answer, attendance_uid, check_open, mark
from kiosk.training.models import Attendance, Enrolment, Mark, Sitting


class Stood(NamedTuple):
    """Where a person stood before she was added: her seat (None: none), and her answer."""

    seat: Seat | None
    mark: str
    minutes: int | None


def welcome(sitting: Sitting, member_uid: uuid.UUID) -> tuple[Enrolment, Stood]:
    """Add someone who came unannounced: enrolled, and marked present. Return also where she stood."""
    check_open(sitting)
    training = find_session(sitting.session_uid)
    stood = Stood(enrolling.seat_of(training, member_uid), *_answer(sitting, member_uid))
    one = enrolling.seat_walk_in(training, member_uid)
    mark(sitting, {member_uid: Answer(Mark.PRESENT)})
    return one, stood


def unwelcome(sitting: Sitting, member_uid: uuid.UUID, stood: Stood) -> None:
    """Take back someone added by mistake: her seat, her rank and her answer are as they were.

    Raises Refusal when somebody changed her answer or her seat since: what was
    written after the mistake stays.
    """
    one = enrolling.find_enrolment(enrolling.enrolment_uid(sitting.session_uid, member_uid))
    left = Mark.PRESENT, stood.minutes if stood.mark == Mark.PRESENT else None
    if one.state not in enrolling.SEATED or _answer(sitting, member_uid) != left:
        raise Refusal(msg("Sa réponse a changé depuis. Corrigez-la sur la feuille."))
    mark(sitting, {member_uid: Answer(Mark(stood.mark), stood.minutes, keep=False)})
    enrolling.put_back(one, stood.seat)


def _answer(sitting: Sitting, member_uid: uuid.UUID) -> tuple[str, int | None]:
    row = session().get(Attendance, attendance_uid(sitting.uid, member_uid))
    return (Mark.NONE, None) if row is None else (row.mark, row.minutes)
