"""Diagnosis: how a machine is, without a name in it, asked for by its manager and kept at the centre.

Revision: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "sync_diagnosis",
        sa.Column("made_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("made_at", name=op.f("pk_sync_diagnosis")),
    )
    op.create_table(
        "diagnosis",
        sa.Column("node_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("node_no", "made_at", name=op.f("pk_diagnosis")),
    )
