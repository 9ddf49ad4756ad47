"""Register: words of the lists, fields of one's own with their answers, mandates, the short set.

Revision: 0025
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the columns and make the tables; the way back is a backup, not a downgrade."""
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("guardian_phone", sa.Text(), nullable=True))
        member.add_column(sa.Column("profession", sa.Text(), nullable=True))
        member.add_column(sa.Column("digital_roles", sa.JSON(none_as_null=True), nullable=True))
        member.add_column(sa.Column("elected_as", sa.Text(), nullable=True))
        member.add_column(sa.Column("civil_society", sa.Boolean(), nullable=True))
        member.add_column(sa.Column("organisation_uid", Uid(), nullable=True))
        member.create_index(op.f("ix_member_organisation_uid"), ["organisation_uid"])
        member.create_foreign_key(
            op.f("fk_member_organisation_uid"), "organisation", ["organisation_uid"], ["uid"]
        )
    _asked()
    _answered()
    _difficulties()


def _asked() -> None:
    op.create_table(
        "register_word",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label_fr", sa.Text(), nullable=False),
        sa.Column("label_bm", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_carried(),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_register_word_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_register_word")),
    )
    op.create_index(op.f("ix_register_word_space_uid"), "register_word", ["space_uid"])
    op.create_index(op.f("ix_register_word_list_name"), "register_word", ["list_name"])
    op.create_table(
        "own_field",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("label_fr", sa.Text(), nullable=False),
        sa.Column("label_bm", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("in_export", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        *_carried(),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_own_field_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_own_field")),
    )
    op.create_index(op.f("ix_own_field_space_uid"), "own_field", ["space_uid"])


def _answered() -> None:
    op.create_table(
        "own_answer",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("field_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        *_carried(),
        sa.ForeignKeyConstraint(["field_uid"], ["own_field.uid"], name=op.f("fk_own_answer_field_uid")),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_own_answer_member_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_own_answer_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_own_answer")),
    )
    for column in ("field_uid", "member_uid", "space_uid"):
        op.create_index(op.f(f"ix_own_answer_{column}"), "own_answer", [column])


def _carried() -> list[sa.Column]:
    return [
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
    ]


def _difficulties() -> None:
    six = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
    op.create_table(
        "member_difficulties",
        sa.Column("member_uid", Uid(), nullable=False),
        *(sa.Column(name, sa.String(40), nullable=True) for name in six),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("member_uid", name=op.f("pk_member_difficulties")),
    )
    op.create_table(
        "member_difficulties_asked",
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("space_uid", name=op.f("pk_member_difficulties_asked")),
    )
