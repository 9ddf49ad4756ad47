"""Bundles: copies carried by hand, the centre's sealing pair, pushes that wait, receipts.

Revision: 0014
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "sync_carry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_carry")),
    )
    op.create_index(op.f("ix_sync_carry_at"), "sync_carry", ["at"])
    op.create_table(
        "centre_seal",
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("private", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_centre_seal")),
    )
    op.create_table(
        "carried_push",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("recv_ms", sa.BigInteger(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_push")),
    )
    op.create_index(op.f("ix_carried_push_node_no"), "carried_push", ["node_no"])
    op.create_index(op.f("ix_carried_push_stream_uid"), "carried_push", ["stream_uid"])
    op.create_table(
        "carried_receipt",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("needs_first", sa.BigInteger(), nullable=True),
        sa.Column("needs_last", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_carried_receipt")),
    )
    op.create_index(op.f("ix_carried_receipt_node_no"), "carried_receipt", ["node_no"])
