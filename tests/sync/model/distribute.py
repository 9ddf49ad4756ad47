"""What the centre says of its log: outcomes, pages, and snapshots of the whole."""

from abc import abstractmethod

from tests.sync.model.guards import Guards
from tests.sync.model.messages import PAGE, Item, Page, Request
from tests.sync.model.streams import Register, Stream


class Distributing:
    """The reading half of the centre's database."""

    guards: Guards
    epoch: int
    chain: list[int]
    ends: dict[int, int]
    registers: dict[int, Register]
    outcome: dict[int, int | None]
    parents: dict[int, int | None]
    erasures: set[int]
    outside: set[int]
    floor: int

    @abstractmethod
    def lineage(self, stream: Stream) -> set[int]:
        """Return every op id in a stream's own past."""

    def settled(self, stream: Stream, upto: int) -> tuple[int, frozenset[int]]:
        """Return the position whose outcome the cursor covers, and what below it is held."""
        late, seq = set(), 0
        for seq, op in enumerate(stream.ops, 1):
            at = stream.outcome[seq - 1]
            if at is None:
                now_at = self.outcome[op]
                if now_at is None or now_at > upto:
                    late.add(seq)
                    if not self.guards.skip_held:
                        return seq - 1, frozenset()
            elif at > upto:
                return seq - 1, frozenset(s for s in late if s < seq)
        return len(stream.ops), frozenset(late)

    def page(self, request: Request, stream: Stream) -> Page:
        """Return the next page after the request's cursor, or of a snapshot if it is unknown."""
        n, head = request.cursor
        valid = n < len(self.chain) and (self.chain[n] == head or not self.guards.cursor_hash)
        if not valid or (n < self.floor and self.guards.full_below):
            return self.snapshot(request)
        own = self.lineage(stream)
        fresh = sorted((r.at, row) for row, r in self.registers.items() if r.at >= max(n + 1, self.floor))
        upto = len(self.chain) - 1 if len(fresh) <= PAGE else fresh[PAGE - 1][0]
        sent = [row for _, row in fresh[:PAGE]]
        news = [row for row in sent if row in self.erasures or self.is_news(self.registers[row], own)]
        items = [self.item(row) for row in news if row not in self.outside or row in self.erasures]
        left = tuple(row for row in sent if row in self.outside and self.guards.leave)
        return Page(
            request.cursor, (upto, self.chain[upto]), tuple(items), False, None, len(fresh) > PAGE, left
        )

    def is_news(self, register: Register, own: set[int]) -> bool:
        """Tell whether a kiosk may show something else: another set it, or it was said again since."""
        return register.op not in own or (self.guards.say_again and register.at != register.version[1])

    def snapshot(self, request: Request) -> Page:
        """Return a piece of the whole, in row order; it starts over when its start is unknown."""
        start, after = request.resume or ((len(self.chain) - 1, self.chain[-1]), None)
        if start[0] >= len(self.chain) or self.chain[start[0]] != start[1]:
            start, after = (len(self.chain) - 1, self.chain[-1]), None
        inside = [row for row in self.registers if row not in self.outside or row in self.erasures]
        rows = sorted(row for row in inside if after is None or row > after)
        items = tuple(self.item(row) for row in rows[:PAGE])
        ends = tuple((epoch, n) for epoch, n in self.ends.items() if epoch < self.epoch)
        return Page(request.cursor, start, items, True, after, len(rows) > PAGE, ends=ends)

    def item(self, row: int) -> Item:
        """Return what a page says of a row."""
        register = self.registers[row]
        about = (row in self.erasures, row in self.outside)
        return Item(row, register.value, register.version, *about, self.parents.get(row))

    def view(self) -> dict[int, int | None]:
        """Return the rows as the kiosks' spaces may see them."""
        return {row: register.value for row, register in self.registers.items() if row not in self.outside}
