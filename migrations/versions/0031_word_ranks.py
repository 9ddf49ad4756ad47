"""Register: words of a list stand in the order they were said.

Revision: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    op.add_column("register_word", sa.Column("rank", sa.BigInteger(), server_default="0", nullable=False))
