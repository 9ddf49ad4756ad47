"""Organisations that shared in the sessions of a report: each stands once, whatever it shared in."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.language import sort_key
from kiosk.partners import queries as partners
from kiosk.training import queries as training


@dataclass(frozen=True)
class Sharing:
    """The names of partners, and of those who gave money; an organisation may be both."""

    partners: Sequence[str] = ()
    donors: Sequence[str] = ()


def sharing(
    space_uid: uuid.UUID | None, days: tuple[datetime.date, datetime.date], project_uid: uuid.UUID | None
) -> Sharing:
    """Return who shared in sessions held in these days (two statements)."""
    found = training.organisations(space_uid, days, project_uid)
    names = partners.organisation_names({uid for uid, _ in found})
    return Sharing(
        *(_named(names, (uid for uid, said in found if said == share)) for share in training.SHARES)
    )


def _named(names: dict[uuid.UUID, str], uids: Iterable[uuid.UUID]) -> list[str]:
    return sorted((names[uid] for uid in uids if uid in names), key=sort_key)
