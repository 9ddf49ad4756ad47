"""Accounts: staff, and the secrets that never travel.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "attempt",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("delay", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "account", name=op.f("pk_attempt")),
    )
    op.create_table(
        "credential",
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("staff_uid", name=op.f("pk_credential")),
    )
    op.create_table(
        "known_device",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", "staff_uid", name=op.f("pk_known_device")),
    )
    op.create_table(
        "staff",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("organisation_uid", Uid(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_staff_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_staff_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_staff")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_organisation_uid"), ["organisation_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_space_uid"), ["space_uid"], unique=False)
