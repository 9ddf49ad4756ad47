"""Adopt: when the centre was last heard, and which changes only say anew what it had lost.

Revision: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the columns; the way back is a backup, not a downgrade."""
    op.add_column("sync_self", sa.Column("heard", sa.BigInteger(), nullable=True))
    for log in ("sync_log", "sync_closed"):
        op.add_column(log, sa.Column("adopted", sa.Boolean(), nullable=False, server_default=sa.false()))
