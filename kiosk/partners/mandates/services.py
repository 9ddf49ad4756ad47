"""Mandates read and written: who sits on a board now, who did, how many of them women."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.language import fold, msg, sort_key
from kiosk.partners import queries
from kiosk.partners.mandates.models import Mandate
from kiosk.storage import NotFound, Refusal, clock, session

SEXES = ("F", "M", "unsaid")


@dataclass(frozen=True)
class MandateCard:
    """A person on a board, as typed."""

    name: str
    sex: str
    role: str = ""
    starts_on: datetime.date | None = None


@dataclass(frozen=True)
class Board:
    """Who sits on a board (by name), who did; counted from the rows, never stored."""

    sitting: Sequence[Mandate]
    former: Sequence[Mandate]

    @property
    def people(self) -> int:
        """How many sit on it now."""
        return len(self.sitting)

    @property
    def women(self) -> int:
        """How many of them are women."""
        return sum(one.sex == "F" for one in self.sitting)

    @property
    def said(self) -> int:
        """Of how many the sex is known: the share of women is of these."""
        return sum(one.sex in ("F", "M") for one in self.sitting)


def board(organisation_uid: uuid.UUID) -> Board:
    """Return the board of an organisation as this machine knows it, in the order of the alphabet."""
    mine = Mandate.organisation_uid == organisation_uid, Mandate.deleted_at.is_(None)
    found = sorted(session().scalars(select(Mandate).where(*mine)), key=lambda one: sort_key(one.name))
    over = [one for one in found if one.ends_on is not None]
    return Board([one for one in found if one.ends_on is None], over)


def add(organisation_uid: uuid.UUID, card: MandateCard, space_uid: uuid.UUID | None) -> Mandate:
    """Note a mandate. Raises Refusal for no name, or somebody who sits on the board already."""
    above = queries.organisation(organisation_uid)
    if above is None or above.deleted_at is not None:
        raise NotFound(msg("Cette organisation n’existe pas ici."))
    if not fold(card.name):
        raise Refusal(msg("Le nom manque."), "name")
    if any(fold(one.name) == fold(card.name) for one in board(organisation_uid).sitting):
        raise Refusal(msg("Cette personne est déjà au bureau."), "name")
    made = Mandate(organisation_uid=organisation_uid, space_uid=space_uid, name=card.name.strip())
    made.sex, made.role, made.starts_on = card.sex, card.role.strip(), card.starts_on
    session().add(made)
    session().flush()
    return made


def find(uid: uuid.UUID, space_uid: uuid.UUID | None) -> Mandate:
    """Return a mandate that this space (the centre: None) may change, or refuse."""
    found = session().get(Mandate, uid)
    if found is None:
        raise NotFound(msg("Ce mandat n’existe pas ici."))
    if found.space_uid != space_uid:
        raise Refusal(msg("Cette fiche est tenue ailleurs. Écrivez à la coordination."))
    return found


def end(mandate: Mandate, day: datetime.date | None) -> None:
    """Say the last day of a mandate; None takes that back. Raises Refusal before its first day."""
    if day and mandate.starts_on and day < mandate.starts_on:
        raise Refusal(msg("La fin est avant le début."))
    mandate.ends_on = day
    session().flush()


def drop(mandate: Mandate, away: bool) -> None:
    """Take a mandate noted by mistake away, or put it back."""
    mandate.deleted_at = clock.stamp() if away else None
    session().flush()
