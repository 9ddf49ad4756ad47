"""Twins: whether the centre hears two machines with this kiosk's identity.

Revision: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    op.add_column("sync_link", sa.Column("twins", sa.Boolean(), nullable=False, server_default=sa.false()))
