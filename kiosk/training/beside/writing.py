"""Saying who holds a session, unpaid or not, and which organisations share in it."""

import uuid
from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import select

from kiosk.accounts import queries as staff
from kiosk.language import msg
from kiosk.partners import queries as partners
from kiosk.storage import Refusal, derived_uid, session
from kiosk.training.beside.models import SessionPartner, SessionTrainer, Share
from kiosk.training.models import TrainingSession

Row = TypeVar("Row", SessionTrainer, SessionPartner)


def set_team(training: TrainingSession, volunteers: Mapping[uuid.UUID, bool]) -> None:
    """Say who holds a session: staff to whether she is unpaid; whoever is not named does not hold it.

    Raises Refusal for somebody the staff does not know.
    """
    rows = _team(training)
    unknown = volunteers.keys() - rows.keys() - staff.names(volunteers).keys()
    if unknown:
        raise Refusal(msg("Cette personne n’est pas dans l’équipe."), field="team")
    for uid in volunteers.keys() - rows.keys():
        rows[uid] = _added(SessionTrainer, training, derived_uid("trn", training.uid, uid), staff_uid=uid)
    for uid, row in rows.items():
        _turn(row, active=uid in volunteers, volunteer=volunteers.get(uid, row.volunteer))
    session().flush()


def step_back(training: TrainingSession, staff_uid: uuid.UUID | None) -> None:
    """Say that somebody does not hold a session after all."""
    row = session().get(SessionTrainer, derived_uid("trn", training.uid, staff_uid)) if staff_uid else None
    if row is not None:
        _turn(row, active=False)


def link(training: TrainingSession, organisation_uid: uuid.UUID, share: Share) -> None:
    """Say that an organisation shares in a session; saying it again changes nothing.

    Raises Refusal for an organisation that is not in the directory.
    """
    uid = derived_uid(f"part-{share}", training.uid, organisation_uid)
    row = session().get(SessionPartner, uid)
    if row is None:
        if not partners.organisation_names([organisation_uid]):
            raise Refusal(msg("Cette organisation n’est pas dans l’annuaire."), field="organisation")
        _added(SessionPartner, training, uid, organisation_uid=organisation_uid, share=share)
        session().flush()
        return
    _turn(row, active=True)


def unlink(training: TrainingSession, organisation_uid: uuid.UUID, share: Share) -> None:
    """Say that an organisation does not share in a session after all."""
    row = session().get(SessionPartner, derived_uid(f"part-{share}", training.uid, organisation_uid))
    if row is not None:
        _turn(row, active=False)


def _team(training: TrainingSession) -> dict[uuid.UUID, SessionTrainer]:
    one = SessionTrainer
    query = select(one).where(one.session_uid == training.uid, one.deleted_at.is_(None))
    return {row.staff_uid: row for row in session().scalars(query)}


def _added(model: type[Row], training: TrainingSession, uid: uuid.UUID, **said: object) -> Row:
    row = model(uid=uid, space_uid=training.space_uid, session_uid=training.uid, **said)
    session().add(row)
    return row


def _turn(row: SessionTrainer | SessionPartner, **said: bool) -> None:
    for name, value in said.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
