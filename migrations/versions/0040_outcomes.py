"""The centre: what waits, what is held and what was refused of a stream is found without reading all of it.

Revision: 0040
"""

from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Make the index anew; the way back is a backup, not a downgrade."""
    op.drop_index("ix_inbox_state", table_name="inbox")
    op.create_index("ix_inbox_state", "inbox", ["state", "stream_uid", "seq"], unique=False)
