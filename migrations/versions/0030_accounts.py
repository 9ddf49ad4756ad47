"""The federation's public accounts: names anybody may read, never what opens them.

Revision: 0030
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the table; the way back is a backup, not a downgrade."""
    op.create_table(
        "public_account",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("network", sa.String(40), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_public_account")),
    )
