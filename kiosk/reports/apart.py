"""Ledgers that are never added to training: days given by volunteers, people accompanied."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.members.links.persons import Persons
from kiosk.members.volunteers import queries as volunteers
from kiosk.partners.meetings import reading as meetings
from kiosk.reports.periods import Period
from kiosk.training.following import reading as following
from kiosk.training.following.reading import Met


@dataclass(frozen=True)
class Apart:
    """What stands in ledgers of its own; days in hundredths.

    `given` was written by task, `taught` follows from the sittings that unpaid
    trainers held; both are days of the `volunteers`, distinct people. `meetings` are
    those of the people `accompanied`; `partners` counts meetings with partners.
    """

    volunteers: int = 0
    given: int = 0
    taught: int = 0
    accompanied: int = 0
    meetings: int = 0
    partners: int = 0

    @property
    def lines(self) -> Sequence[tuple[Message, int | float, bool]]:
        """Return name, figure, and whether the line is part of the one above."""
        return (
            (msg("Bénévoles"), self.volunteers, False),
            (msg("Jours de bénévolat"), (self.given + self.taught) / 100, False),
            (msg("dont séances animées sans être payé"), self.taught / 100, True),
            (msg("Personnes accompagnées"), self.accompanied, False),
            (msg("Rencontres d’accompagnement"), self.meetings, False),
            (msg("Réunions avec des partenaires"), self.partners, False),
        )

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return any(figure for _, figure, _ in self.lines)


def apart(space_uid: uuid.UUID | None, period: Period, who: Persons, met: Sequence[Met]) -> Apart:
    """Count over a period, `met` in it too (four statements); people, neither cards nor profiles."""
    bounds = (space_uid, period.first, period.last)
    given, taught = volunteers.given(*bounds), following.taught(*bounds)
    known = volunteers.members_of_staff() if given or taught else {}
    people = {one.member_uid or _giver(one.staff_uid, known) for one in given}
    people |= {_giver(one.staff_uid, known) for one in taught}
    return Apart(
        volunteers=len({who.of(uid) for uid in people if uid}),
        given=sum(one.weight for one in given),
        taught=sum(one.weight for one in taught),
        accompanied=len({who.of(one.member_uid) for one in met}),
        meetings=len(met),
        partners=meetings.count(*bounds),
    )


def _giver(staff_uid: uuid.UUID | None, members: Mapping[uuid.UUID, uuid.UUID]) -> uuid.UUID | None:
    """Return who somebody of the staff is, where she is a member too."""
    return members.get(staff_uid, staff_uid) if staff_uid else None
