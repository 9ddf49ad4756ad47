"""The safeguards of the protocol, each with a switch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guards:
    """Which safeguards stand. All of them, except where a test removes one to see it missed."""

    keep_tail: bool = True
    """A fork moves the unacknowledged tail to the new stream instead of dropping it."""
    replay_closed: bool = True
    """A new epoch at the centre makes a kiosk replay its closed streams."""
    dedupe: bool = True
    """The centre applies an op id once."""
    keep_author: bool = True
    """A moved change keeps its author's stream and position, hence its op id."""
    check_head: bool = True
    """The kiosk compares the centre's head with its own chain."""
    cursor_hash: bool = True
    """A pull cursor carries the hash of its position."""
    new_epoch: bool = True
    """A restored centre starts a new epoch."""
    last_in_request: bool = True
    """A request says how far the kiosk's log goes, even when it sends nothing."""
    newest_first: bool = True
    """A refusal is compared with the own chain before it is obeyed."""
    check_prev: bool = True
    """The centre checks the chain before it appends."""
    settle_late: bool = True
    """An own change leaves the screen's overlay only once the pull covers its outcome."""
    touch_loser: bool = True
    """A change that did not become the register's value makes the centre send that value again."""
    bases: bool = True
    """An edit carries the version it was based on."""
    lineage: bool = True
    """An edit is never concurrent with what its own log already held."""
    origin_hash: bool = True
    """The log that a stream left is its past only where the centre holds that very log."""
    last_word: bool = True
    """A change that waited gives way to what its author wrote after it."""
    say_again: bool = True
    """What the centre says again goes to whoever set it too: it may show something else by now."""
    in_order: bool = True
    """Changes of a push get their outcomes in the log's order, those known already among the new ones."""
    hold: bool = True
    """A change that cannot be applied is kept and tried again."""
    skip_held: bool = True
    """A held change lets the ones behind it pass."""
    swap_whole: bool = True
    """A full snapshot replaces the view only when complete."""
    scrub_logs: bool = True
    """An erasure empties the kiosk's own log as well."""
    erasure_outside: bool = True
    """The list of erasures survives a restore of the centre."""
    scrub_arrivals: bool = True
    """The centre empties erased fields of what arrives later."""
    erasure_gate: bool = True
    """A bare op id is accepted only for an erased row."""
    leave: bool = True
    """A row that left a kiosk's scope is told to it, and taken away there."""
    keep_pending: bool = True
    """A row that left stays at the kiosk while own changes to it wait for their outcome."""
    scope_up: bool = True
    """The centre refuses a change to a row outside its sender's scope, and that change alone."""
    whole_again: bool = True
    """A row that comes back into scope is sent whole, whoever wrote it."""
    adopt: bool = True
    """What a restored centre lost and no log holds, a kiosk that still shows it says anew."""
    adopt_base: bool = True
    """What is said anew names the version it had, so that it replaces nothing newer."""
    adopt_clock: bool = True
    """What is said anew is as old as the last word from the centre, so that later words win."""
    stage_afresh: bool = True
    """A snapshot of which a piece came before the centre was restored starts over."""
    ask_afresh: bool = True
    """A kiosk stopped between two pages asks a centre that was put back for everything."""
    full_below: bool = True
    """A cursor below what the centre's log still holds gets everything."""


REDUNDANT = ("last_in_request", "newest_first", "check_prev", "keep_pending", "whole_again")
"""Safeguards that no trace kills: another one repairs what they prevent. Kept against faulty
kiosks and for diagnosis; recorded here so that nobody takes them for load-bearing."""
