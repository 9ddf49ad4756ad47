"""Persons: what people say of two cards, and what a machine works out to ask them.

Revision: 0016
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "person_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.PrimaryKeyConstraint("key", "member_uid", name=op.f("pk_person_key")),
    )
    with op.batch_alter_table("person_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_key_member_uid"), ["member_uid"], unique=False)

    op.create_table(
        "person_likeness",
        sa.Column("a", Uid(), nullable=False),
        sa.Column("b", Uid(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("across", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_person_likeness")),
    )
    with op.batch_alter_table("person_likeness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_likeness_b"), ["b"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_likeness_score"), ["score"], unique=False)

    op.create_table(
        "person_sketch",
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_uid", name=op.f("pk_person_sketch")),
    )
    op.create_table(
        "person_link",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("a", Uid(), nullable=False),
        sa.Column("b", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("by", Uid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["a"], ["member.uid"], name=op.f("fk_person_link_a")),
        sa.ForeignKeyConstraint(["b"], ["member.uid"], name=op.f("fk_person_link_b")),
        sa.ForeignKeyConstraint(["by"], ["staff.uid"], name=op.f("fk_person_link_by")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_person_link_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_person_link")),
    )
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        for name in ("a", "b", "by", "space_uid"):
            batch_op.create_index(batch_op.f(f"ix_person_link_{name}"), [name], unique=False)
