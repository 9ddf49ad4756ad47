"""Sync: what a kiosk remembers of its exchanges.

Revision: 0010
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "sync_exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("bytes_up", sa.BigInteger(), nullable=False),
        sa.Column("bytes_down", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_exchange")),
    )
    with op.batch_alter_table("sync_exchange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sync_exchange_at"), ["at"], unique=False)

    op.create_table(
        "sync_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resume", sa.Text(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("change_size", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=True),
        sa.Column("last_ok", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_link")),
    )
    op.create_table(
        "sync_stage",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=False),
        sa.Column("cver_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tab", "row_uid", name=op.f("pk_sync_stage")),
    )
