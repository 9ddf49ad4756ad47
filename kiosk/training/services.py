"""Everything that writes in the training room, under the verbs a manager would say.

The acts live beside each other by subject; other rooms, routes and commands
come in through this door.
"""

from kiosk.training.arriving import Stood, unwelcome, welcome
from kiosk.training.asking import accept, ask_seat, call_off, find_request, refuse, wait_again
from kiosk.training.catalogue.ready import Trainer, check_off, prepare, teach_one, untaught
from kiosk.training.catalogue.seeds import Outline, outline_of
from kiosk.training.catalogue.themes import add_theme, edit_theme, find_theme, use_theme
from kiosk.training.catalogue.yearly import mean_to_hold
from kiosk.training.courses import (
    add_course,
    bring_back,
    edit_course,
    find_course,
    put_away,
    seed_courses,
)
from kiosk.training.enrolling import (
    Entry,
    Seat,
    back_to_line,
    enrol,
    find_enrolment,
    give_free_seats,
    take_back,
    take_back_batch,
    withdraw,
)
from kiosk.training.finding import find_session, find_sitting, session_by_code, sittings_of
from kiosk.training.heads.counting import count_heads
from kiosk.training.keeping import keep_line, keeps_line, leave_line
from kiosk.training.lines import FIELDS as LINES
from kiosk.training.lines import exceptions
from kiosk.training.marking import (
    Answer,
    all_present,
    close_sheet,
    last_save,
    mark,
    reopen_sheet,
    unanswered,
    undo_sheet,
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
    note_posts,
    note_spoken,
    remove_sitting,
    restore_session,
    restore_sitting,
)
from kiosk.training.stages import Stage, cancel, is_open, move_back, move_to, put_off, resume, timetable

__all__ = [
    "LINES",
    "Answer",
    "Entry",
    "HalfDay",
    "Outline",
    "Plan",
    "Rhythm",
    "Seat",
    "Stage",
    "Stood",
    "Trainer",
    "accept",
    "add_course",
    "add_sittings",
    "add_theme",
    "all_present",
    "ask_seat",
    "back_to_line",
    "bring_back",
    "bring_sitting_back",
    "call_off",
    "cancel",
    "cancel_sitting",
    "change_sitting",
    "check_off",
    "close_sheet",
    "complete",
    "count_heads",
    "days_from",
    "delete_session",
    "edit_course",
    "edit_session",
    "edit_theme",
    "enrol",
    "exceptions",
    "find_course",
    "find_enrolment",
    "find_request",
    "find_session",
    "find_sitting",
    "find_theme",
    "give_free_seats",
    "interrupt",
    "is_open",
    "keep_line",
    "keeps_line",
    "last_save",
    "leave_line",
    "mark",
    "mean_to_hold",
    "move_back",
    "move_to",
    "note_posts",
    "note_spoken",
    "outline_of",
    "plan_session",
    "prepare",
    "publish",
    "put_away",
    "put_off",
    "refuse",
    "remove_sitting",
    "reopen_sheet",
    "restore_session",
    "restore_sitting",
    "resume",
    "seed_courses",
    "session_by_code",
    "sittings_of",
    "take_back",
    "take_back_batch",
    "teach_one",
    "timetable",
    "unanswered",
    "undo_sheet",
    "untaught",
    "unwelcome",
    "use_theme",
    "wait_again",
    "welcome",
    "withdraw",
]
