"""The invariants, checked on a world from outside."""

from tests.sync.model.kiosk import Kiosk
from tests.sync.model.world import Broken, Disk, World

ROUNDS = 120


def check_step(world: World) -> None:
    """Check what must hold after every single step."""
    for write, times in world.centre.applied.items():
        if times > 1:
            raise Broken(f"I3: write {write} applied {times} times")
    if world.centre.trespasses:
        raise Broken("I9: a kiosk wrote outside its scope")
    for disk in world.disks:
        _positions(world, disk.kiosk)
        _visible(world, disk)
    if any(e.value is not None for e in world.centre.inbox.values() if e.row in world.erased):
        raise Broken("erasure: the centre holds an erased value")


def _positions(world: World, kiosk: Kiosk) -> None:
    if not 0 <= kiosk.settled <= kiosk.acked <= len(kiosk.log):
        raise Broken("I5: settled, acked and seq are out of order")
    if world.guards.new_epoch and kiosk.epoch == world.centre.epoch:
        lost = [e for e in kiosk.log[: kiosk.acked] if e.op not in world.centre.outcome]
        if lost:
            raise Broken("I1: an acknowledged change is not at the centre")


def _visible(world: World, disk: Disk) -> None:
    """An own write never gives way on the screen to what its author had already seen.

    A restored centre receives the lost writes in another order: one based on a
    lost version then counts as concurrent, and only its pending state is checked; so
    with a row that the centre gave to another space.
    """
    view, kiosk = disk.kiosk.view(), disk.kiosk
    waiting = {e.value for e in kiosk.pending() if e.op not in kiosk.folded}
    for row, write in disk.mine.items():
        gone_back = world.restored_centre or row in world.moved
        if row in disk.kiosk.erased or (gone_back and write not in waiting):
            continue
        if view.get(row) in _seen_before(world, write):
            raise Broken(f"view: write {write} flickers back on row {row}")


def _seen_before(world: World, write: int) -> set[int | None]:
    seen: set[int | None] = {None}
    saw = world.saw[write]
    while saw is not None:
        seen.add(saw)
        saw = world.saw[saw]
    return seen


def check_end(world: World) -> None:
    """Let every kiosk talk over a working link, then check what must hold at rest."""
    world.allow()
    _quiesce(world)
    check_step(world)
    _nothing_lost(world)
    for disk in world.disks:
        _converged(world, disk.kiosk)
        _scoped(world, disk.kiosk)
    _forgotten(world)
    if not world.jumped:
        _modest(world)
    if not world.restored_centre:
        _causal(world)


def _quiesce(world: World) -> None:
    for _ in range(ROUNDS):
        for k in range(len(world.disks)):
            world.round(k)
        if all(_at_rest(world, disk.kiosk) for disk in world.disks):
            return
    raise Broken("I6: a kiosk never comes to rest")


def _at_rest(world: World, kiosk: Kiosk) -> bool:
    head = (len(world.centre.chain) - 1, world.centre.chain[-1])
    return kiosk.settled == len(kiosk.log) and kiosk.resume is None and kiosk.cursor == head


def _nothing_lost(world: World) -> None:
    required = set(world.centre_writes).union(*(disk.writes for disk in world.disks))
    waiting = {e.value for _, e in world.centre.waiting}
    refused = {e.value for op, e in world.centre.inbox.items() if op in world.centre.refused}
    for write in required:
        if world.row_of[write] in world.erased or write in waiting or write in refused:
            continue
        if not world.centre.applied.get(write) and write not in world.centre.adopted:
            raise Broken(f"I2: write {write} is lost")
    for _, entry in world.centre.waiting:
        parent_there = entry.parent is None or entry.parent in world.centre.registers
        if parent_there and (world.centre.knows_table or not entry.new_table):
            raise Broken("I7: a change is held although nothing is missing")
    for row, register in world.centre.registers.items():
        _whole(world, row, register.value)


def _whole(world: World, row: int, value: int | None) -> None:
    """A row at the centre has its parent there."""
    entries = [e for e in world.centre.inbox.values() if e.row == row and e.value == value]
    if any(e.parent is not None and e.parent not in world.centre.registers for e in entries):
        raise Broken("a row is at the centre without its parent")


def _converged(world: World, kiosk: Kiosk) -> None:
    held = {e.row for e in kiosk.pending()}
    shown = {row: value for row, value in kiosk.view().items() if row not in held}
    if shown != {row: value for row, value in world.centre.view().items() if row not in held}:
        raise Broken(f"I4: {shown} is not {world.centre.view()}")


def _scoped(world: World, kiosk: Kiosk) -> None:
    """I9: nothing outside its scope stays on a kiosk at rest."""
    if (kiosk.view().keys() | kiosk.base.keys()) & (world.centre.outside - {e.row for e in kiosk.pending()}):
        raise Broken("I9: a row that left is still at a kiosk")


def _forgotten(world: World) -> None:
    for disk in world.disks:
        kiosk = disk.kiosk
        kept = [e.value for e in [*kiosk.log, *kiosk.closed] if e.row in world.erased]
        kept += [kiosk.base[row][0] for row in world.erased & kiosk.base.keys()]
        if any(value is not None for value in kept):
            raise Broken("erasure: a kiosk still holds an erased value")
    if any(world.centre.registers[row].value for row in world.erased & world.centre.registers.keys()):
        raise Broken("erasure: the centre shows an erased value")


def _modest(world: World) -> None:
    """What is said anew stands over nothing that was written after it was last heard."""
    inbox, streams = world.centre.inbox, world.centre.streams.values()
    for row, register in world.centre.registers.items():
        entry = inbox.get(register.op)
        if entry is None or entry.adopted is None:
            continue
        own = set().union(*(world.centre.lineage(one) for one in streams if entry.op in one.ops))
        merged = [e for op, e in inbox.items() if world.centre.outcome[op] is not None]
        unlike = [e for e in merged if e.row == row and e.value != entry.value]
        others = [e for e in unlike if e.op not in own | world.centre.refused]
        if any(e.hlc > entry.adopted and e.adopted is None for e in others):
            raise Broken(f"row {row}: what was said anew stands over a later word")


def _causal(world: World) -> None:
    """I10: no clock makes a write lose against what its author had seen."""
    winners = {row: r.value for row, r in world.centre.registers.items() if r.value is not None}
    for write in world.centre.applied:
        row = world.row_of.get(write)
        if row in winners and winners[row] in _seen_before(world, write) - {None}:
            raise Broken(f"I10: write {write} lost against one it had seen")
