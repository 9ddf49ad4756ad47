"""Which machine gives the seats that come free: one of a space's, so that no two call two people to one seat.

It is the machine that planned the session. Once that one is gone, or stays away for long,
the manager says that another keeps the line, and seats are given there from then on.
"""

from kiosk.storage import itself
from kiosk.training.models import TrainingSession


def keeps_line(training: TrainingSession) -> bool:
    """Tell whether this machine gives the free seats of a session; one that knows no other gives them all."""
    me = itself.number()
    if me is None:
        return True
    if training.keeper is not None:
        return training.keeper == me
    return itself.made("training_session", training.uid, (training.cver_epoch, training.cver_n))


def keep_line(training: TrainingSession) -> int | None:
    """Let this machine give the free seats from now on; return what was said before it."""
    before, training.keeper = training.keeper, itself.number()
    return before


def leave_line(training: TrainingSession, before: int | None) -> None:
    """Take `keep_line` back: the line is kept where it was."""
    training.keeper = before
