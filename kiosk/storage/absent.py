"""What a library looks for and this program can do without: for good, or until it is needed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def absent(module: str) -> Iterator[None]:
    """Let the libraries imported in the block find no such module; one that is loaded already stays."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


@contextmanager
def later(module: str, **known: Any) -> Iterator[None]:
    """Let the libraries imported in the block find a stand-in for a module that is not loaded yet.

    It loads the module when one of them asks for anything of it but what is `known`.
    """
    if module in sys.modules:
        yield
        return
    stand_in = _Later(module)
    vars(stand_in).update(known)
    sys.modules[module] = stand_in
    parent, _, name = module.rpartition(".")
    if parent:  # as an import would; the module itself takes the place when it comes
        setattr(import_module(parent), name, stand_in)
    try:
        yield
    finally:
        if sys.modules.get(module) is stand_in:
            del sys.modules[module]


class _Later(ModuleType):
    """A module that is loaded the first time somebody looks into it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
