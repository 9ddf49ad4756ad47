"""Streams that a machine wrote as somebody else: what began in them is another machine's.

Revision: 0039
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Add the table; the way back is a backup, not a downgrade."""
    op.create_table(
        "sync_other",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.PrimaryKeyConstraint("stream_uid", name=op.f("pk_sync_other")),
    )
