"""What a serving process tells the allocator of the C library: give back at once what was large.

A PIN is checked with sixteen megabytes for a twentieth of a second. glibc returns
the first such block to the system, then learns from it that blocks of this size
come and go and keeps the next ones, in the heap of whichever thread asked: a quarter
of all that a kiosk holds. Setting a threshold ends the learning (mallopt(3)).
"""

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 256 * 1024
_ARENAS = 2


def begin() -> None:
    """Keep no large block that is free; a system with another C library is left as it is."""
    with suppress(OSError, AttributeError):
        tell = ctypes.CDLL(None).mallopt
        tell(_MMAP_THRESHOLD, _LARGE)
        tell(_ARENA_MAX, _ARENAS)
