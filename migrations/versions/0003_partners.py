"""Partners: organisations and projects.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "organisation",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_uid", Uid(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("outside_bamako", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_uid"], ["organisation.uid"], name=op.f("fk_organisation_parent_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_organisation_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_uid"), ["parent_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "project",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("donors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_ages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_project_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_project")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_space_uid"), ["space_uid"], unique=False)
