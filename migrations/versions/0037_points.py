"""Sessions that take place at a point without a machine.

Revision: 0037
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Add the column; the way back is a backup, not a downgrade."""
    with op.batch_alter_table("training_session") as training:
        training.add_column(sa.Column("site_uid", Uid(), nullable=True))
        training.create_index(op.f("ix_training_session_site_uid"), ["site_uid"])
        training.create_foreign_key(op.f("fk_training_session_site_uid"), "space", ["site_uid"], ["uid"])
