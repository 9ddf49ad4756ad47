"""The two ends of a stick: what `kiosk bundle` does where it is called.

The log that a machine keeps says which end it is; the far end's room puts its
own line here, so that this one need not know it.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from kiosk.storage import Store
from kiosk.storage.log import LocalLog

Show = Callable[[int, int], None]


class End(Protocol):
    """One end, a module."""

    def write_told(self, store: Store, data: Path, target: Path, program: str, show: Show) -> list[str]:
        """Write what waits for the other end; return what to tell, in lines."""

    def read_told(self, store: Store, data: Path, place: Path) -> list[str]:
        """Read what the other end wrote; return what to tell, in lines."""


_ENDS: dict[type, str] = {LocalLog: "kiosk.sync.bundle.kiosk_end"}


def register(log: type, module: str) -> None:
    """Say which module is the end of machines that keep this kind of log."""
    _ENDS[log] = module


def end_of(store: Store) -> End:
    """Return the end that this machine is."""
    found: End = import_module(_ENDS[type(store.sink)])
    return found
