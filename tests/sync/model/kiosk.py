"""The kiosk's side of the protocol: a log, a base received from the centre, a view over both."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from tests.sync.model.guards import Guards
from tests.sync.model.messages import BATCH, NEVER, ROOT, Entry, Item, Page, Reply, Request, Version, link


def is_lost(version: Version, epoch: int, ends: Iterable[Version]) -> bool:
    """Tell whether a centre of this epoch no longer has a commit, by the ends of its former epochs."""
    return version != NEVER and version[0] != epoch and version[1] > dict(ends).get(version[0], 0)


class Kiosk:
    """One disk. Copying the object is copying the disk."""

    def __init__(self, mint: Callable[[], int], guards: Guards) -> None:
        self.mint, self.guards = mint, guards
        self.stream, self.origin = mint(), None
        self.log: list[Entry] = []
        self.chain = [ROOT]
        self.acked = self.settled = 0
        self.held: frozenset[int] = frozenset()
        self.closed: list[Entry] = []
        self.epoch = self.hlc = 0
        self.cursor = (0, ROOT)
        self.base: dict[int, tuple[int | None, Version]] = {}
        self.staged: dict[int, tuple[int | None, Version]] = {}
        self.resume: tuple[tuple[int, int], int] | None = None
        self.erased: set[int] = set()
        self.left: set[int] = set()
        self.heard, self.midway = 0, False
        self.folded: set[int] = set()
        self.parents: dict[int, int | None] = {}

    def copy(self) -> "Kiosk":
        """Return the same disk once more."""
        twin = Kiosk.__new__(Kiosk)
        twin.__dict__.update(self.__dict__)
        names = ("log", "chain", "closed", "base", "staged", "erased", "left", "folded", "parents")
        for name in names:
            setattr(twin, name, getattr(self, name).copy())
        return twin

    # --- writing -----------------------------------------------------------------

    def write(self, row: int, value: int, now: int, **more: object) -> None:
        """Append a human write made at `now` (this machine's clock)."""
        self.hlc = max(self.hlc + 1, now)
        self.parents.setdefault(row, more.get("parent"))  # type: ignore[arg-type]
        base = self.version(row) if self.guards.bases else NEVER
        op = hash((self.stream, len(self.log) + 1, row, value))
        self.append(Entry(op, row, value, base, self.hlc, **more))  # type: ignore[arg-type]

    def append(self, entry: Entry) -> None:
        """Put an entry at the end of the log."""
        self.log.append(entry)
        self.chain.append(link(self.chain[-1], entry.op))

    def pending(self) -> list[Entry]:
        """Return own entries whose outcome the base does not hold yet."""
        late = [self.log[seq - 1] for seq in sorted(self.held) if seq <= self.settled]
        return late + self.log[self.settled :]

    def version(self, row: int) -> Version:
        """Return what an edit of the row is based on: the oldest pending edit's base, else the row's."""
        first = next((e.base for e in self.pending() if e.row == row), None)
        return first or self.base.get(row, (None, NEVER))[1]

    def view(self) -> dict[int, int | None]:
        """Return what the screens show: base, own pending entries on top.

        Those which the base held already, and which wait again, are in it.
        """
        shown = {row: value for row, (value, _) in self.base.items()}
        shown.update({e.row: e.value for e in self.pending() if e.op not in self.folded})
        return {row: None if row in self.erased else value for row, value in shown.items()}

    # --- exchange ----------------------------------------------------------------

    def request(self) -> Request:
        """Return the next request: the unacknowledged batch and the cursor."""
        rows = tuple(self.log[self.acked : self.acked + BATCH])
        prev = self.chain[self.acked]
        return Request(
            self.stream, self.origin, self.acked + 1, prev, rows, len(self.log), self.cursor, self.resume
        )

    def receive(self, reply: Reply) -> None:
        """Act on a signed reply, whatever its age."""
        if reply.stream != self.stream or reply.epoch < self.epoch:
            return
        grew, self.epoch = reply.epoch > self.epoch, reply.epoch
        if grew and self.guards.stage_afresh:
            self.staged, self.resume = {}, None
        if grew and self.midway and self.guards.ask_afresh:
            self.cursor = (0, -1)  # which no centre confirms
        have, head = max(reply.probes)
        if grew and self.closed and self.guards.replay_closed:
            self.replay_all()
        elif not self.shares(reply, have, head):
            self.rehome(self.common(reply))
        elif reply.kind != "fork":
            self.acknowledge(have, lower=grew or reply.kind == "regress")
            self.pull(reply)

    def shares(self, reply: Reply, have: int, head: int) -> bool:
        """Tell whether the centre's head lies in the own chain."""
        if reply.kind == "fork" and not self.guards.newest_first:
            return False
        return self.knows(have, head) or not self.guards.check_head

    def knows(self, seq: int, head: int) -> bool:
        """Tell whether the own chain has this value at this position."""
        return seq < len(self.chain) and self.chain[seq] == head

    def common(self, reply: Reply) -> int:
        """Return the last probed position that both sides share."""
        return max((seq for seq, head in reply.probes if self.knows(seq, head)), default=0)

    def acknowledge(self, have: int, lower: bool) -> None:
        """Move the acknowledged position; only a centre that went back lowers it."""
        have = min(have, len(self.log))
        self.acked = have if lower else max(self.acked, have)
        self.settled = min(self.settled, self.acked)

    # --- identity ----------------------------------------------------------------

    def rehome(self, common: int) -> None:
        """Take a new stream; what is not settled moves there with its authors."""
        kept = min(common, self.settled)
        waits = {self.log[seq - 1].row: seq for seq in sorted(self.held, reverse=True)}
        late = [seq > kept or seq >= waits.get(e.row, seq + 1) for seq, e in enumerate(self.log, 1)]
        tail = [e for e, is_late in zip(self.log, late, strict=True) if is_late]
        self.closed += self.log[:kept]
        origin = (self.stream, common, self.chain[common])
        self.restart(origin, tail if self.guards.keep_tail else [])

    def replay_all(self) -> None:
        """Send everything retained once more, in a new stream: the centre drops what it knows."""
        everything = list({e.op: e for e in [*self.closed, *self.log]}.values())
        self.closed = []
        self.restart((self.stream, 0, ROOT), everything)

    def restart(self, origin: tuple[int, int, int], entries: Iterable[Entry]) -> None:
        """Open a new stream that holds `entries`."""
        self.origin, self.stream = origin, self.mint()
        self.log, self.chain, self.held = [], [ROOT], frozenset()
        self.acked = self.settled = 0
        for seq, entry in enumerate(entries, 1):
            own = entry if self.guards.keep_author else replace(entry, op=hash((self.stream, seq, entry.op)))
            self.append(own)

    # --- pull --------------------------------------------------------------------

    def pull(self, reply: Reply) -> None:
        """Take a page whose start is where this kiosk stands."""
        page = reply.page
        if page.full:
            self.stage(reply)
        elif page.since == self.cursor:
            self.staged, self.resume = {}, None
            self.settle(reply)
            self.take(page.items, self.base)
            self.leave(page.left)
            self.cursor, self.heard, self.midway = page.cursor, reply.now, page.more

    def stage(self, reply: Reply) -> None:
        """Keep a piece of a snapshot; swap it in when it is whole."""
        page: Page = reply.page
        again = page.key is not None and self.resume != (page.cursor, page.key)
        if again or page.since != self.cursor:
            return
        if page.key is None:
            self.staged = {}
        self.take(page.items, self.staged if self.guards.swap_whole else self.base)
        self.resume = (page.cursor, page.items[-1].row) if page.more else None
        if not page.more:
            self.settle(reply)
            self.swap(page)
            self.heard = reply.now
            self.leave(())

    def swap(self, page: Page) -> None:
        """Make the whole snapshot the base; say anew what the centre lost and this kiosk showed."""
        versions = {row: version for row, (_, version) in self.base.items()}
        before = {row: value for row, value in self.view().items() if row in versions}
        self.base = self.staged if self.guards.swap_whole else self.base
        self.midway = any(version[1] > page.cursor[0] for _, version in self.staged.values())
        self.staged, self.cursor = {}, page.cursor
        self.folded = self.outdated()
        for row in sorted(before) if self.guards.adopt else ():
            if is_lost(versions[row], self.epoch, page.ends) and row not in self.erased | self.left:
                self.adopt(row, before[row], versions[row])

    def outdated(self) -> set[int]:
        """Return own entries that wait while a later one of the same row is settled."""
        last = {e.row: seq for seq, e in enumerate(self.log[: self.settled], 1) if seq not in self.held}
        return {self.log[seq - 1].op for seq in self.held if seq < last.get(self.log[seq - 1].row, 0)}

    def adopt(self, row: int, value: int | None, version: Version) -> None:
        """Say a row's former value as a change of this kiosk, unless it stands there already."""
        if value is None or self.view().get(row) == value:
            return
        base = version if self.guards.adopt_base else (self.epoch + 1, 0)
        hlc = self.heard if self.guards.adopt_clock else self.hlc + 10**9
        op = hash((self.stream, len(self.log) + 1, row, value))
        is_new = row not in self.base and all(e.row != row for e in self.pending())
        about = {"insert": is_new, "parent": self.parents.get(row), "adopted": self.heard}
        self.append(Entry(op, row, value, base, hlc, **about))

    def leave(self, rows: Iterable[int]) -> None:
        """Take rows away that left the scope, once no own change to them waits."""
        self.left.update(rows)
        waits = {e.row for e in self.pending()} if self.guards.keep_pending else set()
        for row in self.left - waits:
            self.base.pop(row, None)
        self.left &= waits

    def settle(self, reply: Reply) -> None:
        """Fold own entries whose outcome the page covers into the base."""
        upto = min(reply.settled if self.guards.settle_late else self.acked, self.acked)
        if upto < self.settled:
            return
        done = [seq for seq in range(1, upto + 1) if seq > self.settled or seq in self.held]
        for seq in (one for one in done if one not in reply.held | reply.rejected):
            entry = self.log[seq - 1]
            self.base[entry.row] = (entry.value, self.base.get(entry.row, (None, NEVER))[1])
            self.folded.update(e.op for e in self.log[:seq] if e.row == entry.row)
        self.settled, self.held = upto, reply.held

    def take(self, items: Iterable[Item], into: dict[int, tuple[int | None, Version]]) -> None:
        """Write received rows; an erased one is forgotten in the log too."""
        for item in items:
            if not item.away:
                into[item.row] = (item.value, item.version)
                self.parents[item.row] = item.parent
                self.left.discard(item.row)
            if item.erased:
                self.scrub(item.row)

    def scrub(self, row: int) -> None:
        """Empty the row wherever this disk keeps it; op ids and chain stay."""
        self.erased.add(row)
        for shelf in (self.base, self.staged):
            shelf.update({row: (None, shelf[row][1])} if row in shelf else {})
        if self.guards.scrub_logs:
            self.log = [replace(e, value=None) if e.row == row else e for e in self.log]
            self.closed = [replace(e, value=None) if e.row == row else e for e in self.closed]
