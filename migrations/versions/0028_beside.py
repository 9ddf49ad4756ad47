"""Volunteers and their time, people accompanied, faces after a session, meetings with partners.

Revision: 0028
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    _volunteers()
    _given()
    _following()
    _meetings()


def _volunteers() -> None:
    _made(
        "volunteer",
        {"member_uid": "member", "staff_uid": "staff"},
        sa.Column("families", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("slots", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        optional=("member_uid", "staff_uid"),
    )
    _made(
        "help_offer",
        {"member_uid": "member"},
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("families", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        optional=("member_uid",),
    )


def _given() -> None:
    _made(
        "volunteer_time",
        {"volunteer_uid": "volunteer"},
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        indexed=("day",),
    )
    _made(
        "outside_event",
        {"volunteer_uid": "volunteer"},
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
    )


def _following() -> None:
    _made(
        "follow_up",
        {"member_uid": "member", "staff_uid": "staff"},
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        optional=("staff_uid",),
    )
    _made(
        "follow_up_meeting",
        {"follow_up_uid": "follow_up"},
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        indexed=("day",),
    )
    face = sa.Column("face", sa.String(40), nullable=False)
    _made("session_face", {"session_uid": "training_session"}, face)


def _meetings() -> None:
    _made(
        "partner_meeting",
        {},
        sa.Column("day", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("subject", "place", "people", "account", "outcome")
        ),
        indexed=("day",),
    )
    both = {"meeting_uid": "partner_meeting", "organisation_uid": "organisation"}
    _made("meeting_partner", both, sa.Column("active", sa.Boolean(), nullable=False))


def _made(
    table: str,
    refers: dict[str, str],
    *own: sa.Column,
    optional: tuple[str, ...] = (),
    indexed: tuple[str, ...] = (),
) -> None:
    every = {**refers, "space_uid": "space"}
    op.create_table(
        table,
        sa.Column("uid", Uid(), nullable=False),
        *(sa.Column(name, Uid(), nullable=name in optional) for name in every),
        *own,
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.uid"], name=op.f(f"fk_{table}_{name}"))
            for name, other in every.items()
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{table}")),
    )
    for name in (*every, *indexed):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
