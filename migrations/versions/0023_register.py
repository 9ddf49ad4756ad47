"""Register: cards printed, what columns mean, and a list that a large space reads by its own index.

Revision: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the tables and the index; the way back is a backup, not a downgrade."""
    op.create_table(
        "member_printed_card",
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("card", name=op.f("pk_member_printed_card")),
    )
    op.create_table(
        "member_imported_titles",
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("meanings", sa.JSON(), nullable=False),
        sa.Column("titled", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("print", name=op.f("pk_member_imported_titles")),
    )
    op.create_index("ix_member_space_sort", "member", ["space_uid", "sort_key", "uid"])
