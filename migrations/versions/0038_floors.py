"""The centre: a commit log that sheds its beginning, scope by scope.

Revision: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Make the tables and the column; the way back is a backup, not a downgrade."""
    op.create_table(
        "commit_floor",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("swept", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_commit_floor")),
    )
    op.create_table(
        "log_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_log_day")),
    )
    op.add_column("stream", sa.Column("proved_n", sa.BigInteger(), nullable=True))
