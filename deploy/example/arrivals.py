"""Who came in, day after day: the last eight weeks at the desk of one space."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import replace

from deploy.example.people import drawn
from kiosk.desk import services as desk
from kiosk.desk.models import Family
from kiosk.desk.services import Arrival
from kiosk.members.models import Member
from kiosk.storage import clock

FAMILIES = ((Family.LEARN, 46), (Family.COMMUNICATE, 27), (Family.GUIDE, 16), (Family.SHARE, 11))
HOURS = ((8, 10), (9, 18), (10, 20), (11, 14), (15, 14), (16, 16), (17, 8))
WEEKS = 8


def receive(
    space: uuid.UUID, people: Sequence[Member], chance: random.Random, today: datetime.date, busy: int
) -> None:
    """Note the visits; `busy` is about how many people come on a good day."""
    for back in range(WEEKS * 7, -1, -1):
        day = today - datetime.timedelta(days=back)
        closed = day.isoweekday() == 7 or chance.random() < 0.03
        if closed and back:
            continue
        for _ in range(max(3, round(chance.gauss(busy, busy / 4)))):
            arrival = _arrival(people, chance, day)
            desk.note_visit(space, arrival if back else replace(arrival, hour=_already(arrival.hour)))


def _already(hour: int | None) -> int | None:
    """The hour of a visit of today, none where it has not struck yet."""
    return hour if hour is not None and hour <= clock.local(clock.now_ms()).hour else None


def _arrival(people: Sequence[Member], chance: random.Random, day: datetime.date) -> Arrival:
    member = chance.choice(people) if chance.random() < 0.4 else None
    sex = member.sex if member else ("F" if chance.random() < 0.55 else "M")
    hour = int(drawn(chance, [(str(hour), weight) for hour, weight in HOURS]))
    return Arrival(day, sex, Family(drawn(chance, FAMILIES)), hour, member.uid if member else None)
