"""Training: which machine took over the waiting line of a session.

Revision: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    op.add_column("training_session", sa.Column("keeper", sa.BigInteger(), nullable=True))
