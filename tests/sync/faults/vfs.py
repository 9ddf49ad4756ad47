"""A way to the disk that writes down what passes: SQLite's own, with a listener in between.

It lives in the very library that Python's driver uses, so that the product runs on
it unchanged. What SQLite hands to the system and what it forces out are two
things: between them lies what a power cut may take.
"""

import ctypes
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

OK = 0
_Int, _Long, _Ptr, _Text = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p
_OPEN = ctypes.CFUNCTYPE(_Int, _Ptr, _Ptr, _Ptr, _Int, _Ptr)
_DELETE = ctypes.CFUNCTYPE(_Int, _Ptr, _Text, _Int)
_CLOSE = ctypes.CFUNCTYPE(_Int, _Ptr)
_WRITE = ctypes.CFUNCTYPE(_Int, _Ptr, _Ptr, _Int, _Long)
_TRUNCATE = ctypes.CFUNCTYPE(_Int, _Ptr, _Long)
_SYNC = ctypes.CFUNCTYPE(_Int, _Ptr, _Int)
_AFTER = ("access", "full", "dlopen", "dlerror", "dlsym", "dlclose", "random", "sleep", "now", "error")


class Listener(Protocol):
    """Hears what passes, before it does; a number other than OK is what SQLite hears instead."""

    def hears(self, path: Path) -> bool:
        """Tell whether a file is listened to."""

    def writes(self, path: Path, offset: int, data: bytes) -> int:
        """Some bytes go to a file."""

    def cuts(self, path: Path, size: int) -> int:
        """A file is cut to a size."""

    def syncs(self, path: Path) -> int:
        """What went to a file is forced out."""

    def deletes(self, path: Path, forced: bool) -> int:
        """A file goes away; `forced`: for good."""


class _Vfs(ctypes.Structure):
    _fields_ = [
        *[("version", _Int), ("size", _Int), ("longest", _Int), ("next", _Ptr), ("name", _Text)],
        *[("data", _Ptr), ("open", _OPEN), ("delete", _DELETE)],
        *[(name, _Ptr) for name in (*_AFTER, "now64", "set_call", "get_call", "next_call")],
    ]


class _Methods(ctypes.Structure):
    _fields_ = [
        *[("version", _Int), ("close", _CLOSE), ("read", _Ptr), ("write", _WRITE)],
        *[("truncate", _TRUNCATE), ("sync", _SYNC), ("rest", _Ptr * 13)],
    ]


def _library() -> Any:
    """Return the SQLite that Python's driver has loaded."""
    sqlite3.connect(":memory:").close()
    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    found = {line.split()[-1] for line in lines if "libsqlite3" in line}
    if len(found) != 1:
        pytest.skip("this Python has SQLite inside: its disk cannot be listened to")
    library = ctypes.CDLL(found.pop())
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_register.argtypes = [_Ptr, _Int]
    library.sqlite3_vfs_unregister.argtypes = [_Ptr]
    return library


class _Ear:
    """The callbacks; they live as long as the process, as SQLite may hold on to them."""

    def __init__(self, below: _Vfs) -> None:
        self.listener: Listener | None = None
        self._below, self._paths = below, dict[int, Path]()
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._of: dict[int, _Methods] = {}
        self.vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self.vfs), ctypes.byref(below), ctypes.sizeof(_Vfs))
        self.vfs.name, self.vfs.next = b"listening", None
        self.vfs.open, self.vfs.delete = _OPEN(self._opened), _DELETE(self._deleted)

    def _opened(self, vfs: int, name: int, file: int, flags: int, told: int) -> int:
        code: int = self._below.open(vfs, name, file, flags, told)
        path = Path(ctypes.string_at(name).decode()) if name else None
        if code == OK and path and self.listener and self.listener.hears(path):
            place = ctypes.cast(file, ctypes.POINTER(_Ptr))
            real, ours = self._wrapped(place[0] or 0)
            self._paths[file], self._of[file] = path, real
            place[0] = ctypes.addressof(ours)
        return code

    def _wrapped(self, at: int) -> tuple[_Methods, _Methods]:
        if at not in self._methods:
            real, ours = _Methods.from_address(at), _Methods()
            ctypes.memmove(ctypes.byref(ours), at, ctypes.sizeof(_Methods))
            ours.close, ours.write = _CLOSE(self._closed), _WRITE(self._written)
            ours.truncate, ours.sync = _TRUNCATE(self._cut), _SYNC(self._synced)
            self._methods[at] = (real, ours)
        return self._methods[at]

    def _closed(self, file: int) -> int:
        self._paths.pop(file)
        return int(self._of.pop(file).close(file))

    def _written(self, file: int, data: int, size: int, offset: int) -> int:
        said = self._ask("writes", self._paths[file], offset, ctypes.string_at(data, size))
        return said or int(self._of[file].write(file, data, size, offset))

    def _cut(self, file: int, size: int) -> int:
        return self._ask("cuts", self._paths[file], size) or int(self._of[file].truncate(file, size))

    def _synced(self, file: int, flags: int) -> int:
        code = int(self._of[file].sync(file, flags))
        return code or self._ask("syncs", self._paths[file])

    def _deleted(self, vfs: int, name: bytes, forced: int) -> int:
        path = Path(name.decode())
        said = self._ask("deletes", path, bool(forced)) if self.listener and self.listener.hears(path) else OK
        return said or int(self._below.delete(vfs, name, forced))

    def _ask(self, what: str, *about: object) -> int:
        return int(getattr(self.listener, what)(*about)) if self.listener else OK


_ears: list[_Ear] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let every database that is opened in the block go this way; close them before its end."""
    library = _library()
    if not _ears:
        _ears.append(_Ear(library.sqlite3_vfs_find(None).contents))
    ear = _ears[0]
    below = library.sqlite3_vfs_find(None)
    ear.listener = listener
    library.sqlite3_vfs_register(ctypes.addressof(ear.vfs), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(ctypes.addressof(ear.vfs))
        library.sqlite3_vfs_register(below, 1)
        ear.listener = None
