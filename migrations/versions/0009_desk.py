"""The desk: visits.

Revision: 0009
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "visit",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("family", sa.String(40), nullable=False),
        sa.Column("member_uid", Uid(), nullable=True),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_visit_member_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_visit_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index("ix_visit_space_day", ["space_uid", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_space_uid"), ["space_uid"], unique=False)
