"""Identity and time: leases of printed numbers, replaced machines, clocks put right.

Revision: 0012
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0012"
down_revision = "0011"

_ADDED = {
    "sync_boot": (("base_ms", sa.BigInteger()), ("quality", sa.Integer())),
    "node": (("replaced_by", sa.Integer()),),
    "enrol_code": (("replaces", sa.Integer()),),
    "stream": (
        ("left_at", sa.BigInteger()),
        ("clock_offset", sa.BigInteger()),
        ("clock_quality", sa.Integer()),
        ("disk_free", sa.BigInteger()),
    ),
}


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    for table, columns in _ADDED.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "sync_lease",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream_uid", "first", name=op.f("pk_sync_lease")),
    )
    op.create_table(
        "stream_boot",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("boot_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream_uid", "boot_no", name=op.f("pk_stream_boot")),
    )
    op.create_table(
        "card_lease",
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("leased_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("space_uid", "first", name=op.f("pk_card_lease")),
    )
    op.create_index(op.f("ix_card_lease_stream_uid"), "card_lease", ["stream_uid"])
