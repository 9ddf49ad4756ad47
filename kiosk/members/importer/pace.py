"""Long work without the collector of cycles.

It would walk all the rows made so far again and again, though none is garbage
yet: a quarter of the time of an import of thousands of people.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the collector off inside the block."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_at_once() -> None:
    """Let this process end without looking for garbage a last time: what it holds goes with it."""
    atexit.register(gc.freeze)
