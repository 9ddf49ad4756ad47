"""What is kept, and where: lighter logs, copies elsewhere, sticks, sendings set aside.

The same world with more in it. A log drops what a declared copy of the centre holds; a
centre is put back from no older copy than that. A stick carries several requests at once,
late, twice or never. What comes with a withdrawn key waits for a person, who takes it.
"""

from dataclasses import dataclass
from typing import Any

from tests.sync.model.centre import Centre
from tests.sync.model.guards import Guards
from tests.sync.model.kiosk import Kiosk
from tests.sync.model.messages import BATCH, Reply, Request
from tests.sync.model.oracle import check_end
from tests.sync.model.world import Broken, Disk, World

EVERY = 4
LETTERS = 3


@dataclass(frozen=True)
class Keeping(Guards):
    """The safeguards of what is kept, beside those of the protocol."""

    copy_first: bool = True
    """A log drops nothing that no declared copy of the centre holds."""
    closed_later: bool = True
    """Closed streams are dropped only once a copy holds something of the stream that followed."""
    saved_forgotten: bool = True
    """What a copy holds of one stream says nothing of the next."""
    mark_first: bool = True
    """A copy holds what was there when its mark was set, before it was made."""
    set_aside: bool = True
    """What comes with a withdrawn key is kept for a person."""
    below_floor: bool = True
    """A centre that is where a log holds no record any more receives all that it does hold."""


SPARE = ("saved_forgotten", "below_floor")
"""No history kills these: every reply tells anew what a copy holds of its stream, and while
promises are kept no centre goes back to before its declared copy."""


@dataclass(frozen=True)
class KeptReply(Reply):
    """A reply that says how much of the stream a declared copy holds."""

    saved: int = 0


class LightKiosk(Kiosk):
    """A kiosk whose log may drop its beginning: records up to `floor` are gone, held ones apart."""

    guards: Keeping

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.floor = self.saved = 0

    def copy(self) -> "LightKiosk":
        twin = super().copy()
        twin.__class__ = LightKiosk
        return twin  # type: ignore[return-value]

    def lighten(self) -> None:
        """Drop what may go; half a year passed."""
        upto = min(self.saved if self.guards.copy_first else self.settled, self.settled)
        self.floor = max(self.floor, upto)
        if upto or not self.guards.closed_later:
            self.closed = []

    def knows(self, seq: int, head: int) -> bool:
        return super().knows(seq, head) and (seq >= self.floor or seq % EVERY == 0)

    def receive(self, reply: Reply) -> None:
        if reply.stream != self.stream or reply.epoch < self.epoch:
            return
        self.saved = reply.saved if isinstance(reply, KeptReply) else 0
        if max(reply.probes)[0] >= self.floor or not self.guards.below_floor:
            super().receive(reply)
        elif reply.epoch > self.epoch or reply.kind != "ok":
            self.epoch, self.staged, self.resume = reply.epoch, {}, None
            self.replay_all()

    def rehome(self, common: int) -> None:
        origin, place = (self.stream, common, self.chain[common]), self.drop(common)
        super().rehome(place)
        self.origin = origin

    def replay_all(self) -> None:
        self.drop(0)
        super().replay_all()

    def drop(self, common: int) -> int:
        """Let go of the records that are gone before a move; return where `common` lies among the rest."""
        kept = [seq for seq in range(1, len(self.log) + 1) if seq > self.floor or seq in self.held]
        self.log = [self.log[seq - 1] for seq in kept]
        self.held = frozenset(place for place, seq in enumerate(kept, 1) if seq in self.held)
        self.settled = sum(seq <= self.settled for seq in kept)
        return sum(seq <= common for seq in kept)

    def restart(self, *about: Any) -> None:
        super().restart(*about)
        self.floor = 0
        if self.guards.saved_forgotten:
            self.saved = 0


class KeptCentre(Centre):
    """A centre that knows how much of each stream its declared copies hold."""

    def __init__(self, guards: Guards) -> None:
        super().__init__(guards)
        self.saved: dict[int, int] = {}

    def copy(self) -> "KeptCentre":
        twin = super().copy()
        twin.__class__ = KeptCentre
        twin.saved = self.saved.copy()  # type: ignore[attr-defined]
        return twin  # type: ignore[return-value]

    def exchange(self, request: Request, now: int) -> Reply:
        reply = super().exchange(request, now)
        return KeptReply(**vars(reply), saved=self.saved.get(request.stream, 0))


class KeepingWorld(World):
    """The world, with copies declared, sticks in pockets and a shelf of sendings set aside."""

    centre: KeptCentre
    guards: Keeping

    def __init__(self, guards: Keeping | None = None, kiosks: int = 2) -> None:
        super().__init__(guards or Keeping(), kiosks)
        self.centre = KeptCentre(self.guards)
        self.disks = [Disk(LightKiosk(self.mint, self.guards), offset=i) for i in range(kiosks)]
        self.mark: dict[int, int] = {}
        self.sticks: list[tuple[int, list[Request]]] = []
        self.aside: list[Request] = []
        self.promised: set[int] = set()

    # --- copies ------------------------------------------------------------------

    def backup_centre(self) -> None:
        """Set a mark, then copy the centre's database."""
        self.mark = {uid: len(stream.ops) for uid, stream in self.centre.streams.items()}
        super().backup_centre()

    def declare(self) -> None:
        """Somebody says that the last copy lies elsewhere: no older one is ever put back."""
        now = {uid: len(stream.ops) for uid, stream in self.centre.streams.items()}
        for uid, have in (self.mark if self.guards.mark_first else now).items():
            if uid in self.centre.streams:
                self.centre.saved[uid] = max(self.centre.saved.get(uid, 0), have)

    def lighten(self, k: int) -> None:
        """Half a year passes at a kiosk."""
        self.light(k).lighten()

    def light(self, k: int) -> LightKiosk:
        found = self.disk(k).kiosk
        assert isinstance(found, LightKiosk)
        return found

    # --- sticks ------------------------------------------------------------------

    def write_stick(self, k: int) -> None:
        """Copy what waits, several requests at once; nothing moves here."""
        kiosk, letters = self.disk(k).kiosk, []
        acked = kiosk.acked
        for place in range(LETTERS):
            kiosk.acked = min(acked + place * BATCH, len(kiosk.log))
            letters.append(kiosk.request())
        kiosk.acked = acked
        self.sticks.append((k % len(self.disks), letters))

    def plug_stick(self, i: int, keep: bool = False) -> None:
        """Hand a stick in; its answers travel back as messages do. It may be handed in again."""
        if self.sticks:
            k, letters = self.sticks[i % len(self.sticks)] if keep else self.sticks.pop(i % len(self.sticks))
            for letter in letters:
                self.arrive(k, letter)

    def lose_stick(self, i: int) -> None:
        """A stick falls into the river."""
        if self.sticks:
            self.sticks.pop(i % len(self.sticks))

    # --- withdrawn keys ----------------------------------------------------------

    def deliver(self, i: int, keep: bool = False) -> None:
        if not self.net:
            return
        k, message = self.net[i % len(self.net)] if keep else self.net.pop(i % len(self.net))
        if isinstance(message, Request):
            self.arrive(k, message)
        else:
            self.receive(self.disks[k], message)

    def arrive(self, k: int, request: Request) -> None:
        """A request is answered, or set aside where its key was withdrawn."""
        if k in self.revoked:
            self.put_aside(request)
        else:
            self.net.append((k, self.centre.exchange(request, self.now * 10)))

    def put_aside(self, request: Request) -> None:
        """Keep a sending for a person. What attaches could be taken: nobody may lose it now."""
        known = self.centre.streams.get(request.stream)
        if (request.first == 1) if known is None else self.attaches(request):
            self.promised |= {entry.value for entry in request.rows if entry.value}
        if self.guards.set_aside and request.rows:
            self.aside.append(request)

    def attaches(self, request: Request) -> bool:
        stream = self.centre.streams[request.stream]
        return request.first - 1 <= len(stream.ops) and self.centre.attaches(stream, request)

    def take(self, i: int) -> None:
        """A person takes what was set aside; what does not attach yet stays."""
        if self.aside:
            request = self.aside.pop(i % len(self.aside))
            if self.centre.exchange(request, self.now * 10).kind != "ok":
                self.aside.append(request)

    def steal(self, k: int) -> None:
        """A withdrawn machine is gone for good; a new one takes its place, with a key of its own."""
        place = k % len(self.disks)
        if place in self.revoked:
            self.disks[place] = Disk(LightKiosk(self.mint, self.guards), offset=place)
            self.images.pop(place, None)
            self.revoked.discard(place)
            self.net = [one for one in self.net if one[0] != place]
            self.sticks = [one for one in self.sticks if one[0] != place]


def check_kept(world: KeepingWorld) -> None:
    """Take what was set aside, let all come to rest, and look for what was promised."""
    for _ in range(len(world.aside) ** 2):
        world.take(0)
    check_end(world)
    if world.restored_centre:
        return
    shelf = {entry.value for request in world.aside for entry in request.rows}
    held = {entry.value for _, entry in world.centre.waiting}
    refused = {entry.value for op, entry in world.centre.inbox.items() if op in world.centre.refused}
    for write in world.promised - shelf - held - refused:
        if not world.centre.applied.get(write) and world.row_of[write] not in world.erased:
            raise Broken(f"withdrawn: write {write} was set aside and is lost")
