"""Members: the register.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "member_card_counter",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_member_card_counter")),
    )
    op.create_table(
        "member_import",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_member_import")),
    )
    op.create_table(
        "member_imported_line",
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.PrimaryKeyConstraint("print", name=op.f("pk_member_imported_line")),
    )
    op.create_table(
        "name_access",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_name_access")),
    )
    with op.batch_alter_table("name_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_access_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_name_access_staff_uid"), ["staff_uid"], unique=False)

    op.create_table(
        "member",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("former_card", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(40), nullable=False),
        sa.Column("birth_year", sa.BigInteger(), nullable=True),
        sa.Column("birth_year_about", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("commune_pcode", sa.Text(), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("schooling", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("how_heard", sa.Text(), nullable=True),
        sa.Column("guardian", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_member_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_card"), ["card"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_former_card"), ["former_card"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "consent",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_consent_member_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_consent_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_space_uid"), ["space_uid"], unique=False)
