"""The shortest known history that breaks the protocol without one of its safeguards.

Found by the fuzzer on models that lacked it, shortened, some completed by hand.
Each holds with every safeguard in place.
"""

Step = tuple[object, ...]

LOST_CENTRE: tuple[Step, ...] = (("backup_centre",), ("add", 0), ("round", 0))
FULL_OF_ROWS: tuple[Step, ...] = (
    *[("backup_centre",), ("add", 1), ("add", 1), ("add", 1), ("add", 1)],
    *[("edit", 1, 0), ("round", 1), ("round", 1), ("round", 0), ("round", 0)],
    *[("restore_centre",), ("round", 1), ("round", 1), ("round", 1)],
)

# A newer program's words wait for the centre's upgrade; their author writes over them meanwhile.
WAITED: tuple[Step, ...] = (
    *[("edit", 0, 0), ("edit", 0, 0, True), ("edit", 0, 0), ("round", 0), ("upgrade",)],
)

TRACES: dict[str, tuple[Step, ...]] = {
    "keep_tail": (("add", 0), ("clone", 0, True)),
    "replay_closed": (("backup", 0), *LOST_CENTRE, ("clone", 0, True), ("restore", 0), ("restore_centre",)),
    "dedupe": (("edit", 0, 0), ("clone", 0, True)),
    "keep_author": (("edit", 0, 0), ("clone", 0, True)),
    "check_head": (("backup", 0), ("edit", 0, 0), ("round", 0), ("restore", 0)),
    "cursor_hash": (("backup_centre",), ("edit", 1, 0), ("round", 1), ("restore_centre",), ("edit", 0, 1)),
    "new_epoch": (("backup", 0), *LOST_CENTRE, ("clone", 0, True), ("restore", 0), ("restore_centre",)),
    # Half a snapshot is staged when the kiosk edits one of its first rows.
    "settle_late": (*FULL_OF_ROWS, ("round", 0), ("edit", 0, 0)),
    "touch_loser": (
        *[("jump", 0, -(10**6)), ("edit", 1, 0), ("round", 1), ("send", 0), ("edit", 0, 0)],
        *[("deliver", 0), ("deliver", 0), ("round", 0)],
    ),
    "bases": (
        *[("edit", 0, 0), ("round", 0), ("jump", 1, -(10**6))],
        *[("round", 1), ("edit", 1, 0), ("round", 1)],
    ),
    "lineage": (("jump", 0, 10**6), ("edit", 0, 0), ("jump", 0, 0), ("edit", 0, 0)),
    # A copied card speaks first to a centre put back; then its elder goes on from an older image.
    "origin_hash": (
        *[("backup_centre",), ("backup", 0), ("edit", 0, 0), ("round", 0), ("clone", 0, True)],
        *[("restore_centre",), ("round", 2), ("round", 2), ("restore", 0), ("edit", 0, 0), ("round", 0)],
    ),
    "last_word": WAITED,
    "say_again": WAITED,
    # A copied card sends a change that its elder brought, and one that lost; a page ends between them.
    "in_order": (
        *[("edit", 0, 0), ("clone", 0, False), ("edit", 0, 2), ("round", 0), ("round", 1), ("add", 1)],
        *[("edit", 1, 0), ("edit", 2, 1), ("edit", 1, 1), ("round", 1), ("round", 2), ("round", 2)],
    ),
    "hold": (*LOST_CENTRE, ("round", 1), ("restore_centre",), ("add", 1, True), ("round", 1)),
    "skip_held": (("add", 0, False, True),),
    "swap_whole": (
        *[*LOST_CENTRE, ("round", 1), ("restore_centre",), ("clone", 1, False)],
        *[("edit", 2, 2), ("edit", 1, 2)],
    ),
    "scrub_logs": (("add", 0), ("round", 0), ("erase", 0)),
    "erasure_outside": (("edit", 0, 0), ("round", 0), ("backup_centre",), ("erase", 0), ("restore_centre",)),
    "scrub_arrivals": (("edit", 0, 0), ("round", 0), ("erase", 0), ("edit", 0, 0), ("round", 0)),
    "leave": (("edit", 0, 0), ("round", 0), ("move", 0, True)),
    "scope_up": (("edit", 0, 0), ("round", 0), ("move", 0, True), ("edit", 1, 0)),
    "whole_again": (
        *[("edit", 0, 0), ("round", 0), ("move", 0, True), ("round", 0)],
        *[("move", 0, False), ("round", 0)],
    ),
    "adopt": (
        *[("backup", 0), ("backup_centre",), ("edit", 0, 0), ("round", 0), ("restore", 0)],
        *[("round", 0), ("round", 0), ("restore_centre",)],
    ),
    "adopt_base": (
        *[("backup", 0), ("backup_centre",), ("edit", 0, 0), ("round", 0), ("restore", 0)],
        *[("round", 0), ("round", 0), ("restore_centre",), ("edit", 1, 0), ("round", 1)],
    ),
    "adopt_clock": (
        *[("backup", 0), ("backup_centre",), ("edit", 0, 0), ("round", 0), ("restore", 0)],
        *[("round", 0), ("round", 0), ("restore_centre",), ("edit", 1, 0), ("round", 1)],
    ),
    "stage_afresh": (
        *[*FULL_OF_ROWS, ("round", 0), ("backup", 1), ("backup_centre",), ("add", 1), ("add", 1)],
        *[("round", 1), ("round", 0), ("restore", 1), ("restore_centre",)],
    ),
    "ask_afresh": (
        *[("edit", 1, 0), ("edit", 1, 1), ("edit", 1, 2), ("add", 1), ("round", 1), ("backup", 1)],
        *[("backup_centre",), ("edit", 1, 0), ("round", 1), ("round", 0), ("restore", 1)],
        ("restore_centre",),
    ),
    "erasure_gate": (("edit", 0, 0), ("forge", 0), ("round", 0)),
    "full_below": (("edit", 0, 0), ("edit", 0, 1), ("round", 0), ("compact", True)),
}

REGRESSIONS: dict[str, tuple[Step, ...]] = {
    "the word that a row left is gone when a silent kiosk comes back": (
        *[("edit", 0, 0), ("edit", 0, 1), ("round", 0), ("round", 1), ("move", 0, True)],
        *[("edit", 1, 1), ("round", 1), ("round", 1), ("compact", True), ("edit", 0, 0)],
    ),
    "everything comes while a change waits that its author wrote over": (
        *[("add", 0), ("round", 0), ("edit", 0, 2, True), ("edit", 0, 2), ("compact", True), ("round", 0)],
    ),
    "a centre that was put back had made its log lighter": (
        *[("edit", 1, 1), ("edit", 1, 2), ("round", 1), ("backup", 0), ("backup_centre",), ("edit", 0, 0)],
        *[("round", 0), ("restore", 0), *[("round", 0)] * 4, ("restore_centre",), ("edit", 1, 2)],
        *[("round", 1), ("compact", True)],
    ),
    "a log is made lighter in the middle of a snapshot, then the centre goes back": (
        *[*FULL_OF_ROWS, ("round", 0), ("compact", True), ("edit", 1, 1), ("round", 1), ("compact", False)],
        *[("backup_centre",), ("edit", 0, 0), ("round", 0), ("compact", True), ("restore_centre",)],
    ),
    "a fork drops what only the old stream had acknowledged": (
        *[("add", 0), ("clone", 0, False), ("add", 0), ("round", 0), ("round", 2)],
    ),
    "a fork forgets that a change is held": (("add", 0, False, True), ("clone", 0, False), ("edit", 0, 0)),
    "an erasure is not announced where a restore lost the row": (
        *[("backup_centre",), ("add", 0, False, True), ("upgrade",), ("round", 0)],
        *[("erase", 0), ("restore_centre",)],
    ),
    "a restored kiosk waits for ever for a centre that is ahead": (
        *[("backup", 0), ("edit", 0, 0), ("round", 0), ("restore", 0)],
    ),
    "a row that left keeps the screen of who still changes it": (
        *[("edit", 0, 0), ("round", 0), ("send", 0), ("edit", 0, 0), ("move", 0, True)],
        *[("deliver", 0), ("deliver", 0), ("revoke", 1), ("round", 1), ("round", 0)],
    ),
    "an old snapshot replaces a newer one": (
        *[*LOST_CENTRE, ("round", 1), ("restore_centre",), ("send", 1), ("deliver", 0)],
        *[("edit", 1, 0), ("round", 1), ("deliver", 0)],
    ),
    "a regress naming a foreign head is ignored": (
        *[("backup_centre",), ("clone", 0, False), ("edit", 0, 0), ("edit", 2, 1)],
        *[("round", 2), ("restore_centre",), ("round", 0)],
    ),
}
