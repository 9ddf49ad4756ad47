"""Wrong answers and the waits they cost.

Each device has its own count for each account: a phone on which Kadidia once
signed in is never slowed by what a stranger types elsewhere. Devices never seen
count by address, and together by account, more gently, against one stranger
with many addresses. A try is counted *before* the secret is checked, so that
tries sent at the same moment do not all pass.
"""

import uuid

from sqlalchemy import delete, select

from kiosk.accounts.models import Attempt, KnownDevice
from kiosk.storage import clock, session

LONGEST = 15 * 60
CROWD_FREE, CROWD_LONGEST = 20, 60
CROWD = "*"


def begin(account: str, device: str, address: str) -> int:
    """Count one try; return the seconds to wait first, 0 when the try may go on.

    A try that must wait is not counted: waiting is never lengthened by hurry.
    """
    rows = [_row(key, account) for key in _keys(account, device, address)]
    wait = max(_left(row) for row in rows)
    if not wait:
        for row in rows:
            _charge(row)
        session().flush()
    return wait


def succeed(account: str, device: str, address: str) -> None:
    """Forget the wrong answers of this device and of the crowd; remember the device."""
    keys = {CROWD, *_keys(account, device, address)}
    session().execute(delete(Attempt).where(Attempt.account == account, Attempt.device.in_(keys)))
    if device and (who := _person(account)) and not _is_known(device, who):
        session().add(KnownDevice(device=device, staff_uid=who, since=clock.now_ms()))
    session().flush()


def forget(account: str) -> int:
    """Forget every wrong answer for an account (from the console); return how many devices waited."""
    found = session().scalars(select(Attempt).where(Attempt.account == account)).all()
    for row in found:
        session().delete(row)
    session().flush()
    return len(found)


def account_of(staff_uid: uuid.UUID | None) -> str:
    """Return the account's name in the counts; names nobody has share one."""
    return staff_uid.hex if staff_uid else "?"


def _person(account: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=account)
    except ValueError:
        return None


def _is_known(device: str, who: uuid.UUID) -> bool:
    return session().get(KnownDevice, (device, who)) is not None


def _keys(account: str, device: str, address: str) -> tuple[str, ...]:
    who = _person(account)
    if device and who and _is_known(device, who):
        return (f"d:{device}",)
    return (f"a:{address}", CROWD)


def _row(device: str, account: str) -> Attempt:
    found = session().get(Attempt, (device, account))
    if found is None:
        found = Attempt(device=device, account=account, failures=0, delay=0, until=0, boot="")
        session().add(found)
    return found


def _charge(row: Attempt) -> None:
    row.failures += 1
    row.delay = _delay(row)
    row.until = int(clock.monotonic()) + row.delay
    row.boot = clock.boot_id()


def _delay(row: Attempt) -> int:
    """Seconds after the nth failure: 1, 2, 4… 900; the crowd's begins late and stays short."""
    if row.device != CROWD:
        return min(2 ** min(row.failures - 1, 20), LONGEST)
    beyond = row.failures - CROWD_FREE
    return min(2 ** min(beyond, 20), CROWD_LONGEST) if beyond > 0 else 0


def _left(row: Attempt) -> int:
    now = int(clock.monotonic())
    left = row.until - now if row.boot == clock.boot_id() else row.delay - now
    return max(0, min(left, row.delay))
