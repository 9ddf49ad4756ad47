"""What rooms say of themselves, heard the first time somebody asks.

The words of every record and what they are made with weigh as much as the records'
models: a process that only exchanges never asks for them.
"""

import threading
from collections.abc import Callable

_silent: list[Callable[[], None]] = []
_one_at_a_time = threading.RLock()


def by(speak: Callable[[], None]) -> None:
    """Note how rooms are made to speak; again, by rooms that spoke already, is harmless."""
    _silent.append(speak)


def listen() -> None:
    """Make rooms speak that have not yet; whoever asks meanwhile waits for the last word."""
    if not _silent:
        return
    with _one_at_a_time:
        for speak in tuple(_silent):
            speak()
            _silent.remove(speak)
