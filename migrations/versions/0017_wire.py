"""Wire: the schema that the centre reads by position, as it last said.

Revision: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    op.add_column("sync_link", sa.Column("speaks", sa.Integer(), nullable=False, server_default="0"))
