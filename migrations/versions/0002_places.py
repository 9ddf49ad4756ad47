"""Places: communes, spaces and their rooms.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "commune",
        sa.Column("pcode", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pcode", name=op.f("pk_commune")),
    )
    with op.batch_alter_table("commune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_name_fold"), ["name_fold"], unique=False)

    op.create_table(
        "space",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("power", sa.Text(), nullable=True),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("exceptions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_space")),
    )
    with op.batch_alter_table("space", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_space_code"), ["code"], unique=False)

    op.create_table(
        "commune_parent",
        sa.Column("pcode", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("cercle", sa.Text(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["pcode"], ["commune.pcode"], name=op.f("fk_commune_parent_pcode")),
        sa.PrimaryKeyConstraint("pcode", "valid_from", name=op.f("pk_commune_parent")),
    )
    with op.batch_alter_table("commune_parent", schema=None) as batch_op:
        batch_op.create_index("ix_commune_parent_dates", ["valid_from", "valid_to"], unique=False)

    op.create_table(
        "here",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_here_space_uid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_here")),
    )
    with op.batch_alter_table("here", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_here_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "room",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("computers", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_room_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_space_uid"), ["space_uid"], unique=False)
