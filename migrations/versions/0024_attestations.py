"""Attestations: what was followed, under a number that anybody can check; the rule of a session.

Revision: 0024
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the tables and add the column; the way back is a backup, not a downgrade."""
    op.add_column("training_session", sa.Column("completion", sa.BigInteger(), nullable=True))
    op.create_table(
        "certificate",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("session_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("born", sa.BigInteger(), nullable=True),
        sa.Column("born_about", sa.Boolean(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("sittings", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("trainer_name", sa.Text(), nullable=False),
        sa.Column("trainer_sex", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_certificate_member_uid")),
        sa.ForeignKeyConstraint(
            ["session_uid"], ["training_session.uid"], name=op.f("fk_certificate_session_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_certificate_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_member_uid"), "certificate", ["member_uid"], unique=False)
    op.create_index(op.f("ix_certificate_number"), "certificate", ["number"], unique=False)
    op.create_index(op.f("ix_certificate_session_uid"), "certificate", ["session_uid"], unique=False)
    op.create_index(op.f("ix_certificate_space_uid"), "certificate", ["space_uid"], unique=False)
    op.create_table(
        "certificate_seal",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("certificate_uid", Uid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_certificate_seal_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_certificate_seal")),
    )
    op.create_index(
        op.f("ix_certificate_seal_certificate_uid"), "certificate_seal", ["certificate_uid"], unique=False
    )
    op.create_index(op.f("ix_certificate_seal_number"), "certificate_seal", ["number"], unique=False)
    op.create_index(op.f("ix_certificate_seal_space_uid"), "certificate_seal", ["space_uid"], unique=False)
