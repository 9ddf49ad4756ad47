"""How much of a file goes at once, and when to ask again for what was not to be had."""

from kiosk.storage import clock

SMALLEST, LARGEST = 4 * 1024, 256 * 1024
_LONG = 10.0
_FIRST_WAIT, _LONGEST_WAIT = 600.0, 6 * 3_600.0


class Pace:
    """The length (bytes) of the next piece: doubled while pieces are quick, halved by a cut."""

    def __init__(self, first: int) -> None:
        self.piece = min(max(first, SMALLEST), LARGEST)
        self._moved = True

    def went(self, seconds: float) -> None:
        """A piece passed in so many seconds."""
        self._moved = True
        if seconds < _LONG:
            self.piece = min(self.piece * 2, LARGEST)

    def cut(self) -> bool:
        """The link was cut; tell whether to try again at once: if something passed since the last cut."""
        again, self._moved = self._moved, False
        self.piece = max(self.piece // 2, SMALLEST)
        return again


class Later:
    """Contents not to be asked about for a while, longer each time; forgotten by a restart."""

    def __init__(self) -> None:
        self._waits: dict[str, tuple[float, float]] = {}

    def put_off(self, sha256: str) -> None:
        """Leave a content alone: ten minutes at first, six hours at most."""
        wait = self._waits.get(sha256, (0.0, _FIRST_WAIT / 2))[1] * 2
        wait = min(wait, _LONGEST_WAIT)
        self._waits[sha256] = (clock.monotonic() + wait, wait)

    def is_due(self, sha256: str) -> bool:
        """Tell whether a content may be asked about now."""
        return self._waits.get(sha256, (0.0, 0.0))[0] <= clock.monotonic()

    def done(self, sha256: str) -> None:
        """Forget a content that arrived."""
        self._waits.pop(sha256, None)
