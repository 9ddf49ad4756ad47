"""The ground: one machine’s log, its identity, its power-ups.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "sync_base",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tab", "row_uid", "field", name=op.f("pk_sync_base")),
    )
    op.create_table(
        "sync_boot",
        sa.Column("boot_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("boot_id", sa.String(length=40), nullable=False),
        sa.Column("wall_at_start", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("boot_no", name=op.f("pk_sync_boot")),
    )
    op.create_table(
        "sync_closed",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_stream", Uid(), nullable=False),
        sa.Column("author_seq", sa.BigInteger(), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("base_epoch", sa.BigInteger(), nullable=True),
        sa.Column("base_n", sa.BigInteger(), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("actor_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("stream_uid", "seq", name=op.f("pk_sync_closed")),
    )
    op.create_table(
        "sync_log",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_stream", Uid(), nullable=False),
        sa.Column("author_seq", sa.BigInteger(), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("base_epoch", sa.BigInteger(), nullable=True),
        sa.Column("base_n", sa.BigInteger(), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("actor_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sync_log")),
    )
    with op.batch_alter_table("sync_log", schema=None) as batch_op:
        batch_op.create_index("ix_sync_log_op", ["op_id"], unique=False)
        batch_op.create_index("ix_sync_log_row", ["tab", "row_uid"], unique=False)
        batch_op.create_index("ix_sync_log_state", ["state"], unique=False)

    op.create_table(
        "sync_self",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=True),
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("parent_uid", Uid(), nullable=True),
        sa.Column("parent_seq", sa.BigInteger(), nullable=True),
        sa.Column("parent_chain", sa.LargeBinary(length=16), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("acked", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=False),
        sa.Column("centre_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("clock_quality", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hw_print", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_self")),
    )
