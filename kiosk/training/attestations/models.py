"""Tables of the attestations: the paper somebody has, and the seal by which any machine knows its number."""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, Synced, Uid, enum_column, reference


class Attested(StrEnum):
    """What a paper attests: the training was followed to its rule, or somebody took part."""

    TRAINING = "training"
    PARTICIPATION = "participation"


class CertificateState(StrEnum):
    """REVOKED wins over whatever else was said at the same time."""

    ISSUED = "issued"
    REVOKED = "revoked"


class Certificate(SpaceOwned):
    """One person's attestation of one session, with what it said the day it was made.

    Its uid follows from session and member, so that two machines make one row.
    `holder` is her name as printed, `born` her birth year (0 unknown). `days` is
    hundredths of days and `minutes` the time attended, `present` of `sittings`
    half-days, `rate` how much of the session that is, in whole percent. `first` and
    `last` are its days. `reason` says why it was withdrawn.
    """

    __tablename__ = "certificate"
    __natural__ = ("cert", "session_uid", "member_uid")
    __prevails__ = {"state": CertificateState.REVOKED}
    __erases__ = frozenset({"holder", "born", "reason"})

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    number: Mapped[str] = mapped_column(index=True)
    kind: Mapped[Attested] = enum_column(Attested)
    state: Mapped[CertificateState] = enum_column(CertificateState, default=CertificateState.ISSUED)
    reason: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[datetime.date]
    holder: Mapped[str]
    sex: Mapped[str] = mapped_column(default="")
    born: Mapped[int | None]
    born_about: Mapped[bool] = mapped_column(default=False)
    course: Mapped[str]
    domain: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    first: Mapped[datetime.date]
    last: Mapped[datetime.date]
    days: Mapped[int]
    minutes: Mapped[int]
    present: Mapped[int]
    sittings: Mapped[int]
    rate: Mapped[int]
    trainer_name: Mapped[str] = mapped_column(default="")
    trainer_sex: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")


class CertificateSeal(Synced):
    """What every machine knows of a number: no more than the paper in hand says.

    Its uid follows from the number, so that two numbers given to one person by two
    machines both stay known. `certificate_uid` names a row that other spaces do not
    have. `initials` empty with her erasure. `proof`, a hash of the name, is written no more: names
    are few, so whoever stole a machine could find those of every space behind it.
    """

    __tablename__ = "certificate_seal"
    __natural__ = ("seal:{number}",)
    __prevails__ = {"state": CertificateState.REVOKED}
    __erases__ = frozenset({"initials", "proof"})

    space_uid: Mapped[uuid.UUID] = reference("space.uid")
    certificate_uid: Mapped[uuid.UUID] = mapped_column(Uid, index=True)
    number: Mapped[str] = mapped_column(index=True)
    kind: Mapped[Attested] = enum_column(Attested)
    state: Mapped[CertificateState] = enum_column(CertificateState, default=CertificateState.ISSUED)
    issued_on: Mapped[datetime.date]
    course: Mapped[str]
    minutes: Mapped[int]
    initials: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Every machine may be asked about a number."""
        return "all"
