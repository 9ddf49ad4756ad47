"""Keeping: logs made lighter, off-site copies declared, keys renewed, what the coordination decided.

Revision: 0018
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0018"
down_revision = "0017"

_ADDED = {
    "stream": (("saved", sa.BigInteger()),),
    "node": (
        ("renewed_at", sa.BigInteger()),
        ("next_key_id", sa.String(length=40)),
        ("next_secret", sa.LargeBinary(length=32)),
    ),
}
_COUNTED = ("dropped", "saved")


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    for table, columns in _ADDED.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    for name in _COUNTED:
        op.add_column("sync_link", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    _of_kiosk()
    _of_centre()


def _of_kiosk() -> None:
    op.create_table(
        "sync_mark",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sync_mark")),
    )
    op.create_table(
        "sync_witness",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_sync_witness")),
    )


def _of_centre() -> None:
    op.create_table(
        "copy_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("safe_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_mark")),
    )
    op.create_table(
        "copy_have",
        sa.Column("mark", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("have", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", "stream_uid", name=op.f("pk_copy_have")),
    )
    op.create_table(
        "central_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", Uid(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_act")),
    )
    op.create_index(op.f("ix_central_act_node_no"), "central_act", ["node_no"])
