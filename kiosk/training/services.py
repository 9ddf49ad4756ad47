"""Everything that writes in the training room, under the verbs a manager would say.

The acts live beside each other by subject; other rooms, routes and commands
come in through this door.
"""

from kiosk.training.asking import accept, ask_seat, call_off, find_request, refuse, wait_again
from kiosk.training.courses import Outline, add_course, seed_courses
from kiosk.training.enrolling import (
    Entry,
    enrol,
    find_enrolment,
    promote,
    take_back,
    take_back_batch,
    withdraw,
)
from kiosk.training.finding import find_session, find_sitting, sittings_of
from kiosk.training.marking import (
    Answer,
    all_present,
    close_sheet,
    count_heads,
    mark,
    reopen_sheet,
    undo_sheet,
    unwelcome,
    welcome,
)
from kiosk.training.planning import (
    HalfDay,
    Plan,
    Rhythm,
    add_sittings,
    days_from,
    edit_session,
    plan_session,
    publish,
)
from kiosk.training.sittings import (
    bring_sitting_back,
    cancel_sitting,
    change_sitting,
    complete,
    delete_session,
    interrupt,
    remove_sitting,
    restore_session,
    restore_sitting,
)
from kiosk.training.stages import cancel, move_to, put_off, resume

__all__ = [
    "Answer",
    "Entry",
    "HalfDay",
    "Outline",
    "Plan",
    "Rhythm",
    "accept",
    "add_course",
    "add_sittings",
    "all_present",
    "ask_seat",
    "bring_sitting_back",
    "call_off",
    "cancel",
    "cancel_sitting",
    "change_sitting",
    "close_sheet",
    "complete",
    "count_heads",
    "days_from",
    "delete_session",
    "edit_session",
    "enrol",
    "find_enrolment",
    "find_request",
    "find_session",
    "find_sitting",
    "interrupt",
    "mark",
    "move_to",
    "plan_session",
    "promote",
    "publish",
    "put_off",
    "refuse",
    "remove_sitting",
    "reopen_sheet",
    "restore_session",
    "restore_sitting",
    "resume",
    "seed_courses",
    "sittings_of",
    "take_back",
    "take_back_batch",
    "undo_sheet",
    "unwelcome",
    "wait_again",
    "welcome",
    "withdraw",
]
