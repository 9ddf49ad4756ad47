"""Carried: how many photos and files a copy by hand took along.

Revision: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    op.add_column("sync_carry", sa.Column("files", sa.Integer(), nullable=False, server_default="0"))
