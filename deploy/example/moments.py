"""The past, for rows whose moment a reader sees: an article of March was shown in March."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from kiosk.storage import clock

TEN_IN_THE_MORNING = 10 * 3600 * 1000


@contextmanager
def as_of(day: datetime.date) -> Iterator[None]:
    """Let the clock say ten in the morning of `day` inside the block."""
    moment = clock.midnight_ms(day) + TEN_IN_THE_MORNING
    with patch.object(clock, "now_ms", lambda: moment):
        yield
