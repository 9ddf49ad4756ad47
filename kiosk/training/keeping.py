"""Which machine gives the seats that come free: one of a space's, so that no two call two people to one seat.

It is the machine that planned the session. Once that one is gone, or stays away for long,
the manager says that another keeps the line, and seats are given there from then on.

A copy of its disk has the same number and the same log. While the centre hears both, each
keeps what it planned in its own stream, and of the two one alone has the old one; once
the copy has a number of its own, what was planned before stays with the other.
"""

from kiosk.language import msg
from kiosk.storage import Refusal, itself
from kiosk.training.models import TrainingSession


def keeps_line(training: TrainingSession) -> bool:
    """Tell whether this machine gives the free seats of a session; one that knows no other gives them all."""
    me = itself.number()
    if me is None:
        return True
    if training.keeper not in (None, me):
        return False
    if itself.is_shared():
        return itself.began("training_session", training.uid)
    if training.keeper is not None:
        return True
    return itself.made("training_session", training.uid, (training.cver_epoch, training.cver_n))


def keep_line(training: TrainingSession) -> int | None:
    """Let this machine give the free seats from now on; return what was said before it.

    Raises Refusal while another machine has the same number: the word would be said for both.
    """
    if itself.is_shared():
        raise Refusal(msg("Deux machines portent le même numéro. Donnez d’abord à la copie son propre code."))
    before, training.keeper = training.keeper, itself.number()
    return before


def leave_line(training: TrainingSession, before: int | None) -> None:
    """Take `keep_line` back: the line is kept where it was."""
    training.keeper = before
