"""What the centre keeps: the value of each row, and each kiosk's log as far as it came."""

from dataclasses import dataclass, field

from tests.sync.model.messages import ROOT, Version


@dataclass(frozen=True)
class Register:
    """The value of a row: who set it, in which version, and where the log last mentions it."""

    value: int | None
    version: Version
    at: int
    eff: int
    op: int


@dataclass
class Stream:
    """What the centre holds of one incarnation of a kiosk's log; `origin` up to where it is its past.

    `asked` is the commit it last asked from.
    """

    origin: tuple[int, int] | None
    ops: list[int] = field(default_factory=list)
    chain: list[int] = field(default_factory=lambda: [ROOT])
    outcome: list[int | None] = field(default_factory=list)
    asked: int = 0

    def copy(self) -> "Stream":
        """Return an independent copy."""
        return Stream(self.origin, self.ops.copy(), self.chain.copy(), self.outcome.copy(), self.asked)


def probes(stream: Stream) -> tuple[tuple[int, int], ...]:
    """Return (position, chain) at the head and at growing distances below it."""
    have, step, seqs = len(stream.ops), 1, [len(stream.ops)]
    while have - step > 0:
        seqs.append(have - step)
        step *= 2
    return tuple((seq, stream.chain[seq]) for seq in seqs)
