"""What people do in a space on one day, through the rooms' own services."""

import datetime
import random
import uuid

from sqlalchemy import select

from deploy.example import arrivals, people
from deploy.example.names import PROFILES
from kiosk.desk import services as desk
from kiosk.members.models import Member
from kiosk.storage import session
from kiosk.training import marking
from kiosk.training import services as training
from kiosk.training.models import Mark, Sitting

TITLES = ("Internet sur le téléphone", "Écrire une lettre", "Premiers pas à l’ordinateur", "Photo et son")
_MARKS = {Mark.PRESENT: 80, Mark.LATE: 5, Mark.ABSENT: 15}


class Daily:
    """The people of one space. All they know is what their own machine shows."""

    def __init__(self, space: uuid.UUID, chance: random.Random) -> None:
        self.space, self.chance = space, chance
        self.profile = chance.choice([*PROFILES.values()])

    def visit(self, day: datetime.date) -> None:
        """Somebody comes in."""
        some = self._members(8)
        if some:
            desk.note_visit(self.space, arrivals._arrival(some, self.chance, day))

    def register(self, day: datetime.date) -> None:
        """Somebody is registered, with what she agrees to."""
        people._one(self.space, self.profile, self.chance, day)

    def correct(self, _day: datetime.date) -> None:
        """A telephone changes, somebody moves, somebody is taken off the register."""
        for member in self._members(1):
            kind = self.chance.random()
            if kind < 0.6:
                member.phone = people._phone(self.chance)
            elif kind < 0.97:
                member.village = self.chance.choice(self.profile.villages)[0]
            else:
                member.deleted_at = 5

    def plan(self, day: datetime.date) -> None:
        """A session of three half days is planned, and eight people are put down for it."""
        days = [day + datetime.timedelta(days=7 * step) for step in range(3)]
        halves = [training.HalfDay(one, "09:00", 240) for one in days]
        plan = training.Plan(title=self.chance.choice(TITLES), seats=12)
        made = training.plan_session(self.space, plan, halves)
        training.enrol(made, [member.uid for member in self._members(8)])

    def sheet(self, day: datetime.date) -> None:
        """Paper first: the oldest sheet not yet entered is entered."""
        mine = (Sitting.space_uid == self.space) & Sitting.closed_at.is_(None) & (Sitting.day <= day)
        sitting = session().scalars(select(Sitting).where(mine).order_by(Sitting.day, Sitting.uid)).first()
        if sitting:
            self._fill(sitting)

    def _fill(self, sitting: Sitting) -> None:
        who = sorted(marking.on_sheet(sitting))
        answers = {uid: training.Answer(self.chance.choices([*_MARKS], [*_MARKS.values()])[0]) for uid in who}
        training.close_sheet(sitting, answers, sitting.day)

    def _members(self, most: int) -> list[Member]:
        mine = (Member.space_uid == self.space) & Member.deleted_at.is_(None)
        known = list(session().scalars(select(Member).where(mine).order_by(Member.uid)))
        return self.chance.sample(known, min(most, len(known)))
