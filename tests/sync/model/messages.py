"""What travels: entries of a log, requests and replies. Immutable, so a copy is the original."""

from dataclasses import dataclass

Version = tuple[int, int]
NEVER: Version = (0, 0)
ROOT = 0
BATCH = 4
PAGE = 3


def link(chain: int, op: int) -> int:
    """Return the chain value after one more op id (hash of a pair of integers: stable)."""
    return hash((chain, op))


@dataclass(frozen=True)
class Entry:
    """One human write. `value` is its number, unique in the world; None once erased.

    An `adopted` one is nobody's: it says anew what a restored centre lost and a kiosk still shows,
    as the centre had told it at that time.
    """

    op: int
    row: int
    value: int | None
    base: Version
    hlc: int
    insert: bool = False
    parent: int | None = None
    new_table: bool = False
    adopted: int | None = None


@dataclass(frozen=True)
class Request:
    """A push, and the place from which the kiosk wants to pull.

    `origin` is the stream that was left for this one, the position where, and its chain there.
    """

    stream: int
    origin: tuple[int, int, int] | None
    first: int
    prev: int
    rows: tuple[Entry, ...]
    last: int
    cursor: tuple[int, int]
    resume: tuple[tuple[int, int], int] | None


@dataclass(frozen=True)
class Item:
    """One row of a page; `erased` asks the kiosk to forget it everywhere, `away` that it keeps no row."""

    row: int
    value: int | None
    version: Version
    erased: bool
    away: bool = False
    parent: int | None = None


@dataclass(frozen=True)
class Page:
    """A piece of the centre's log, or of a full snapshot (`key` resumes it); `left` is out of scope now.

    `ends` are the last commits that the centre still has of each epoch before its own.
    """

    since: tuple[int, int]
    cursor: tuple[int, int]
    items: tuple[Item, ...]
    full: bool
    key: int | None
    more: bool
    left: tuple[int, ...] = ()
    ends: tuple[Version, ...] = ()


@dataclass(frozen=True)
class Reply:
    """Acknowledgement with probes, and a page."""

    stream: int
    epoch: int
    kind: str
    probes: tuple[tuple[int, int], ...]
    settled: int
    held: frozenset[int]
    rejected: frozenset[int]
    page: Page
    now: int = 0
