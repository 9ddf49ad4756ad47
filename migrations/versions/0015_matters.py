"""Matters: differences to weigh, erasures, cards of other spaces, rows that left.

Revision: 0015
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "card_grant",
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("space_uid", "tab", "row_uid", name=op.f("pk_card_grant")),
    )
    with op.batch_alter_table("card_grant", schema=None) as batch_op:
        batch_op.create_index("ix_card_grant_row", ["tab", "row_uid"], unique=False)

    op.create_table(
        "sync_left",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tab", "row_uid", name=op.f("pk_sync_left")),
    )
    op.create_table(
        "card_request",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", Uid(), nullable=True),
        sa.Column("sitting_uid", Uid(), nullable=True),
        sa.Column("member_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_card_request_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_card_request")),
    )
    with op.batch_alter_table("card_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_request_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "difference",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("losing", sa.Text(), nullable=True),
        sa.Column("lost_by", Uid(), nullable=True),
        sa.Column("lost_at", sa.BigInteger(), nullable=False),
        sa.Column("kept_by", Uid(), nullable=True),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", Uid(), nullable=True),
        sa.Column("chosen", sa.String(40), nullable=True),
        sa.Column("replaced", sa.Text(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_difference_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_difference")),
    )
    with op.batch_alter_table("difference", schema=None) as batch_op:
        batch_op.create_index("ix_difference_row", ["tab", "row_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_difference_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", Uid(), nullable=True),
        sa.Column("ordered_at", sa.BigInteger(), nullable=True),
        sa.Column("places", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_erasure_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_row_uid"), ["row_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_erasure_space_uid"), ["space_uid"], unique=False)

    with op.batch_alter_table("sync_closed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emptied", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("sync_log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emptied", sa.Boolean(), server_default=sa.false(), nullable=False))
