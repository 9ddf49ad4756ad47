"""Training: people without a name have a trade, and may be about so many; publications made at a sitting.

Revision: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Add the columns; the way back is a backup, not a downgrade."""
    op.add_column("headcount", sa.Column("profession", sa.Text(), nullable=False, server_default=""))
    op.add_column("headcount", sa.Column("about", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sitting", sa.Column("posts", sa.BigInteger(), nullable=True))
