"""Reaching a TLS centre while the system's clock is years off.

OpenSSL compares certificates with the system's clock, which a kiosk cannot
always set. Where that clock is known to be wrong and the centre's is known, the
dates are compared here instead. Before that, dates are left out for one
question only: the centre's signed time, of the authority that the code pinned.
"""

import ssl
from typing import Any

from kiosk.storage import Store, clock
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import HttpLine
from kiosk.sync.time import asking, hearing
from kiosk.sync.trouble import NoLink, WrongClock

NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME: everything of a certificate is checked but its dates."""
_NOT_YET, _EXPIRED = 9, 10


class DatedLine(HttpLine):
    """A line that checks certificates' dates by the machine's own time where its system's is wrong.

    `timeless` checks no dates at all: good for asking the time.
    """

    def __init__(self, address: str, authority: str = "", timeless: bool = False) -> None:
        super().__init__(address, authority)
        self._timeless, self._is_dated = timeless, False

    def _context(self) -> ssl.SSLContext:
        context = super()._context()
        self._is_dated = not self._timeless and self._by_own_clock()
        if self._timeless or self._is_dated:
            context.verify_flags |= NO_CHECK_TIME
        return context

    def _by_own_clock(self) -> bool:
        is_wrong = abs(clock.system_ms() - clock.now_ms()) > clock.DAY_MS
        return bool(self._authority) and is_wrong and clock.quality() == clock.SURE

    def _connection(self, patience: float) -> Any:
        found: Any = super()._connection(patience)
        if self._is_dated and found.sock is None:
            found.connect()
            _check_dates(found.sock)
        return found


def _check_dates(sock: Any) -> None:
    """Raise an SSLError unless the centre's certificate is good today."""
    found: Any = sock.getpeercert() or {}
    first, last = (ssl.cert_time_to_seconds(found[name]) for name in ("notBefore", "notAfter"))
    if not first * 1000 <= clock.now_ms() <= last * 1000:
        raise ssl.SSLError("the centre's certificate is not good today")


def line_to_ask(address: str, authority: str) -> DatedLine:
    """Return a line for a question whose answer proves itself: the time, or an enrolment.

    Without a sure date, the dates of an authority that a code pinned do not count.
    """
    return DatedLine(address, authority, timeless=bool(authority) and clock.quality() != clock.SURE)


def is_about_dates(trouble: NoLink) -> bool:
    """Tell whether the centre's certificate was refused for its dates alone."""
    return getattr(trouble.__cause__, "verify_code", None) in (_NOT_YET, _EXPIRED)


def learn(store: Store, identity: Identity) -> None:
    """Ask the centre's time where dates stood in the way, and stand on it.

    Raises WrongClock where the centre has no authority of its own, or where its certificate is
    refused although this machine is sure of the date.
    """
    if not identity.authority or clock.quality() == clock.SURE:
        raise WrongClock
    line = line_to_ask(identity.centre, identity.authority)
    try:
        now, seconds = asking.ask(line, identity)
    finally:
        line.close()
    hearing.adopt(store, now + int(seconds * 500))
