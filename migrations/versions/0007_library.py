"""The library: materials, files, daily counts.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "material_tally",
        sa.Column("material_uid", Uid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reads", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("material_uid", "day", name=op.f("pk_material_tally")),
    )
    op.create_table(
        "material",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("titles", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(40), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("licence", sa.String(40), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("pages", sa.BigInteger(), nullable=True),
        sa.Column("version_of", Uid(), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("title_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_material_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_material")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_slug"), ["slug"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_space_uid"), ["space_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_title_key"), ["title_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_version_of"), ["version_of"], unique=False)

    op.create_table(
        "material_file",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("material_uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["material_uid"], ["material.uid"], name=op.f("fk_material_file_material_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_material_file_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_material_file")),
    )
    with op.batch_alter_table("material_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_file_material_uid"), ["material_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_file_space_uid"), ["space_uid"], unique=False)
