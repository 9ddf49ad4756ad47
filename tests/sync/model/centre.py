"""The centre's side: durable inbox, merge of field registers, one commit log, pages of it."""

from dataclasses import replace

from tests.sync.model.distribute import Distributing
from tests.sync.model.guards import Guards
from tests.sync.model.messages import ROOT, Entry, Reply, Request, link
from tests.sync.model.streams import Register, Stream, probes


class Centre(Distributing):
    """The database of the centre. `erasures` lives outside what a restore brings back."""

    def __init__(self, guards: Guards) -> None:
        self.guards = guards
        self.epoch = 1
        self.chain = [ROOT]
        self.ends: dict[int, int] = {}
        self.streams: dict[int, Stream] = {}
        self.registers: dict[int, Register] = {}
        self.outcome: dict[int, int | None] = {}
        self.waiting: list[tuple[int, Entry]] = []
        self.applied: dict[int, int] = {}
        self.adopted: set[int] = set()
        self.inbox: dict[int, Entry] = {}
        self.erasures: set[int] = set()
        self.outside: set[int] = set()
        self.refused: set[int] = set()
        self.parents: dict[int, int | None] = {}
        self.knows_table = False
        self.trespasses = self.floor = 0

    def copy(self) -> "Centre":
        """Return a backup of the database."""
        twin = Centre.__new__(Centre)
        twin.__dict__.update(self.__dict__)
        for name in (
            "chain",
            "registers",
            "outcome",
            "waiting",
            "applied",
            "adopted",
            "ends",
            "parents",
            "inbox",
            "erasures",
            "outside",
            "refused",
        ):
            setattr(twin, name, getattr(self, name).copy())
        twin.streams = {uid: stream.copy() for uid, stream in self.streams.items()}
        return twin

    # --- receiving ---------------------------------------------------------------

    def exchange(self, request: Request, now: int) -> Reply:
        """Store what is new, apply it, answer with probes and a page."""
        stream = self.streams.setdefault(request.stream, Stream(self.past(request.origin)))
        kind = self.accept(stream, request, now)
        page = self.page(request, stream)
        stream.asked = page.cursor[0] if page.full else page.since[0]
        settled, held = self.settled(stream, page.cursor[0])
        refused = frozenset(seq for seq, op in enumerate(stream.ops, 1) if op in self.refused)
        return Reply(request.stream, self.epoch, kind, probes(stream), settled, held, refused, page, now)

    def past(self, origin: tuple[int, int, int] | None) -> tuple[int, int] | None:
        """Return up to where an origin is a new stream's past: nowhere, if its log here is another one."""
        if origin is None:
            return None
        uid, seq, head = origin
        known = self.streams[uid].chain if uid in self.streams else [ROOT]
        is_same = seq < len(known) and known[seq] == head
        return (uid, seq) if is_same or not self.guards.origin_hash else (uid, 0)

    def accept(self, stream: Stream, request: Request, now: int) -> str:
        """Append the rows that follow what is known: 'ok', 'regress' or 'fork'."""
        have = len(stream.ops)
        if request.first - 1 > have:
            return "regress"
        if self.guards.check_prev and not self.attaches(stream, request):
            return "fork"
        if self.guards.last_in_request and request.last < have:
            return "fork"
        bare = {e.row for e in request.rows if e.value is None}
        if self.guards.erasure_gate and bare - self.erasures:
            return "refused"
        known = set(self.outcome)
        for seq, entry in enumerate(request.rows, request.first):
            if seq > have:
                self.take(stream, entry, now)
        for seq, entry in enumerate(request.rows, request.first):
            if seq > have and entry.op in known and not self.guards.in_order:
                stream.outcome[seq - 1] = self.again(entry)
        return "ok"

    def attaches(self, stream: Stream, request: Request) -> bool:
        """Tell whether the request continues the stream the centre knows."""
        have, chain = len(stream.ops), request.prev
        if stream.chain[request.first - 1] != chain:
            return False
        known = request.rows[: have - request.first + 1]
        return all(stream.ops[seq - 1] == e.op for seq, e in enumerate(known, request.first))

    def take(self, stream: Stream, entry: Entry, now: int) -> None:
        """Make one entry durable, then apply it unless it is already known."""
        stream.ops.append(entry.op)
        stream.chain.append(link(stream.chain[-1], entry.op))
        if entry.op in self.outcome and self.guards.dedupe:
            stream.outcome.append(self.again(entry))
            return
        if entry.row in self.erasures and self.guards.scrub_arrivals:
            entry = replace(entry, value=None)
        self.inbox[entry.op] = entry
        self.outcome[entry.op] = self.apply(stream, entry, now)
        stream.outcome.append(self.outcome[entry.op])
        self.retry(now)

    def again(self, entry: Entry) -> int | None:
        """Return the outcome of a known entry, sending the register again if another value won."""
        current = self.registers.get(entry.row)
        if current is None or current.op == entry.op or self.outcome[entry.op] is None:
            return self.outcome[entry.op]
        return self.touch(entry.row)

    def retry(self, now: int) -> None:
        """Try the held entries again, until none moves."""
        moved = True
        while moved:
            moved = False
            for place in list(self.waiting):
                self.waiting.remove(place)
                uid, entry = place
                done = self.apply(self.streams[uid], self.inbox[entry.op], now)
                # Said again: meanwhile its author may show something else.
                self.outcome[entry.op] = done if done is None else self.touch(entry.row)
                moved = moved or done is not None

    # --- merging -----------------------------------------------------------------

    def apply(self, stream: Stream, entry: Entry, now: int) -> int | None:
        """Merge one entry; return the commit number of its outcome, None while it is held."""
        missing = entry.parent is not None and entry.parent not in self.registers
        if (missing or (entry.new_table and not self.knows_table)) and self.guards.hold:
            uid = next(uid for uid, known in self.streams.items() if known is stream)
            self.waiting.append((uid, entry))
            return None
        if entry.row in self.outside and self.guards.scope_up:
            self.refused.add(entry.op)
            return self.touch(entry.row)
        self.trespasses += entry.row in self.outside
        if not missing:
            self.count(entry)
            self.parents.setdefault(entry.row, entry.parent)
        if missing or not self.wins(stream, entry, min(entry.hlc, now)):
            return self.touch(entry.row)
        return self.commit(entry.row, entry.value, min(entry.hlc, now), entry.op)

    def count(self, entry: Entry) -> None:
        """Note the number of the human write, for the oracle; an erased one has none."""
        write = -1 - abs(entry.op) if entry.value is None else entry.value
        if entry.adopted is not None:
            self.adopted.add(write)
        else:
            self.applied[write] = self.applied.get(write, 0) + 1

    def wins(self, stream: Stream, entry: Entry, eff: int) -> bool:
        """Tell whether the entry becomes the register's value."""
        current = self.registers.get(entry.row)
        if current is None or entry.row in self.erasures:
            return current is None
        if self.guards.last_word and self.is_over(entry, current.op):
            return False
        if self.guards.bases and current.version <= entry.base:
            return True
        if self.guards.lineage and current.op in self.lineage(stream):
            return True
        return (eff, entry.op) > (current.eff, current.op)

    def is_over(self, entry: Entry, op: int) -> bool:
        """Tell whether an op stands behind an entry in a log that holds both: its author wrote again."""
        logs = [s.ops for s in self.streams.values() if entry.op in s.ops and op in s.ops]
        return any(ops.index(op) > ops.index(entry.op) for ops in logs)

    def lineage(self, stream: Stream) -> set[int]:
        """Return every op id in the stream's own past: its rows, and its origin's up to the fork."""
        ops, bound = set(stream.ops), stream.origin
        while bound and bound[0] in self.streams:
            known = self.streams[bound[0]]
            ops.update(known.ops[: bound[1]])
            bound = known.origin
        return ops

    def commit(self, row: int, value: int | None, eff: int, op: int) -> int:
        """Set a register at the next commit number."""
        at = self.next(row)
        erased = row in self.erasures and self.guards.scrub_arrivals
        self.registers[row] = Register(None if erased else value, (self.epoch, at), at, eff, op)
        return at

    def touch(self, row: int) -> int:
        """Mention a register again, so that whoever shows another value receives it."""
        if not self.guards.touch_loser or row not in self.registers:
            return len(self.chain) - 1
        at = self.next(row)
        self.registers[row] = replace(self.registers[row], at=at)
        return at

    def move(self, row: int, out: bool) -> None:
        """Take a row out of the kiosks' scope, or give it back whole, in the centre's own name."""
        (self.outside.add if out else self.outside.discard)(row)
        op = hash((row, len(self.chain))) if self.guards.whole_again else self.registers[row].op
        self.registers[row] = replace(self.registers[row], at=self.next(row), op=op)

    def next(self, row: int) -> int:
        """Take the next commit number."""
        self.chain.append(link(self.chain[-1], hash((self.epoch, len(self.chain), row))))
        self.ends[self.epoch] = len(self.chain) - 1
        return len(self.chain) - 1

    def compact(self, silent: bool) -> None:
        """Let the log go up to where every kiosk stands, or to its end where all were `silent` too long."""
        left = {stream.origin[0] for stream in self.streams.values() if stream.origin}
        stand = [stream.asked for uid, stream in self.streams.items() if uid not in left]
        upto = len(self.chain) - 1 if silent else min(stand, default=0)
        self.floor = max(self.floor, upto)

    def erase(self, row: int) -> None:
        """Forget a row for ever: here, in what arrives, and on every kiosk."""
        self.erasures.add(row)
        self.inbox = {op: replace(e, value=None) if e.row == row else e for op, e in self.inbox.items()}
        self.waiting = [(uid, self.inbox[e.op]) for uid, e in self.waiting]
        # Announced even where a restore lost the row: a kiosk may still hold it.
        self.commit(row, None, 0, 0)
