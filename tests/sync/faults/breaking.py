"""Breaking a machine at a named moment: an exception there, or the death of the process."""

import errno
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.storage import fault

DIED, FINISHED, FAILED = 77, 0, 1
Work = Callable[[], object]
Act = Callable[[str], None]


class Broken(OSError):
    """A disk that answered badly just then."""

    def __init__(self, point: str) -> None:
        super().__init__(errno.EIO, f"broken at {point}")


@contextmanager
def watched(act: Act) -> Iterator[None]:
    """Call `act` with the name of each moment that the block passes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fault, "at", act)
        yield


class Nth:
    """Does something at the n-th passing of a moment, counted from one; of any moment where it is ''."""

    def __init__(self, point: str, act: Work, n: int = 1) -> None:
        self.point, self.left, self.act, self.name = point, n, act, ""

    def __call__(self, point: str) -> None:
        self.left -= self.point in ("", point)
        if self.left == 0 and not self.name:
            self.name = point
            self.act()


def passed(work: Work) -> list[str]:
    """Return the moments that some work passes, in order."""
    found: list[str] = []
    with watched(found.append):
        work()
    return found


def fails(work: Work, point: str, mishaps: tuple[type[Exception], ...], n: int = 1) -> str:
    """Break the work by an exception at a moment; return the moment, '' when the work did not pass it."""

    def raising() -> None:
        raise Broken(nth.name)

    nth = Nth(point, raising, n)
    with watched(nth):
        try:
            work()
        except mishaps:
            assert nth.name
    return nth.name


def dies(work: Work, point: str, n: int = 1) -> str:
    """Let a process of its own do the work and die at a moment; return the moment, '' if it lived."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(_to_the_end(work, point, n, telling))
    os.close(telling)
    with os.fdopen(told) as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (DIED, FINISHED), said
    return said if code == DIED else ""


def _to_the_end(work: Work, point: str, n: int, telling: int) -> int:
    def dying() -> None:
        os.write(telling, nth.name.encode())
        os._exit(DIED)

    nth = Nth(point, dying, n)
    try:
        with watched(nth):
            work()
    except BaseException:
        os.write(telling, traceback.format_exc()[-3000:].encode())
        return FAILED
    return FINISHED
