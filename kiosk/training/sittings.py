"""One sitting at a time: its day and weight, cut short, cancelled, taken back; and deletion."""

import datetime
import uuid

from sqlalchemy import exists, select

from kiosk.language import msg
from kiosk.storage import Refusal, clock, session
from kiosk.training.figures import FULL_DAY
from kiosk.training.finding import find_session
from kiosk.training.models import Attendance, Headcount, Mark, Sitting, SittingState, TrainingSession
from kiosk.training.planning import HalfDay, check
from kiosk.training.stages import move, real, settle


def change_sitting(sitting: Sitting, half: HalfDay, weight: int) -> None:
    """Give a sitting its real day, hour, length and weight (hundredths of a day)."""
    if not 0 <= weight <= FULL_DAY:
        raise Refusal(msg("Une séance compte entre 0 et 1 jour."), field="weight")
    check(half)
    move(sitting, half.day)
    sitting.starts, sitting.minutes, sitting.weight = half.starts, half.minutes, weight


def note_spoken(sitting: Sitting, spoke: int | None, women: int | None, youth: int | None) -> None:
    """Write how many people took the floor, women and young people among them; None is not counted."""
    for field, part in (("spoke_women", women), ("spoke_youth", youth)):
        if part is not None and spoke is not None and part > spoke:
            raise Refusal(msg("Une partie ne dépasse pas le total."), field=field)
    for name, count in (("spoke", spoke), ("spoke_women", women), ("spoke_youth", youth)):
        if getattr(sitting, name) != count:
            setattr(sitting, name, count)


def note_posts(sitting: Sitting, count: int | None) -> None:
    """Write how many publications those who came made during a sitting; None is not counted."""
    if sitting.posts != count:
        sitting.posts = count


def confirm_day(sitting: Sitting, day: datetime.date) -> None:
    """Write down the day a sitting really took place, as its sheet says."""
    move(sitting, real(day))


def interrupt(sitting: Sitting, confirmed: int | None) -> None:
    """Say that a sitting was cut short, and what it counts (None: not said yet, counts nothing)."""
    if confirmed is not None and not 0 <= confirmed <= sitting.weight:
        raise Refusal(msg("Une séance coupée ne compte pas plus qu’entière."), field="confirmed")
    sitting.state, sitting.confirmed_weight = SittingState.INTERRUPTED, confirmed


def complete(sitting: Sitting) -> None:
    """Take back an interruption: the sitting took place whole."""
    if sitting.state == SittingState.INTERRUPTED:
        sitting.state, sitting.confirmed_weight = _standing(sitting), None


def cancel_sitting(sitting: Sitting, reason: str) -> None:
    """Cancel one sitting: it counts nothing, whatever was marked; its marks stay readable."""
    if not reason:
        raise Refusal(msg("Dites pourquoi : les personnes inscrites le liront."), field="reason")
    sitting.state, sitting.reason = SittingState.CANCELLED, reason
    _settle(sitting)


def restore_sitting(sitting: Sitting) -> None:
    """Take back the cancellation of a sitting."""
    if sitting.state == SittingState.CANCELLED:
        sitting.state, sitting.reason = _standing(sitting), ""
        _settle(sitting)


def remove_sitting(sitting: Sitting) -> None:
    """Take a sitting away that nobody came to yet; one with attendance is cancelled instead."""
    if _is_marked(Sitting.uid == sitting.uid):
        raise Refusal(msg("Cette séance a des présences : annulez-la, avec sa raison."))
    sitting.deleted_at = clock.stamp()
    _settle(sitting)


def bring_sitting_back(sitting: Sitting) -> None:
    """Take back the removal of a sitting."""
    sitting.deleted_at = None
    _settle(sitting)


def delete_session(training: TrainingSession) -> None:
    """Delete a session that left no trace; one with attendance is cancelled with its reason instead."""
    if _is_marked(Sitting.session_uid == training.uid):
        raise Refusal(msg("Cette formation a des présences : annulez-la, avec sa raison."))
    training.deleted_at = clock.stamp()


def restore_session(uid: uuid.UUID) -> TrainingSession:
    """Take back the deletion of a session: nothing under it was touched."""
    found = session().get(TrainingSession, uid)
    if found is None:
        return find_session(uid)
    found.deleted_at = None
    return found


def _standing(sitting: Sitting) -> SittingState:
    return SittingState.PLANNED if sitting.closed_at is None else SittingState.HELD


def _settle(sitting: Sitting) -> None:
    settle(find_session(sitting.session_uid))


def _is_marked(which: object) -> bool:
    named = exists().where(Attendance.sitting_uid == Sitting.uid, Attendance.mark != Mark.NONE)
    counted = exists().where(Headcount.sitting_uid == Sitting.uid, Headcount.count > 0)
    return session().scalar(select(Sitting.uid).where(which, named | counted).limit(1)) is not None  # type: ignore[arg-type]
