"""${message}

Revision: ${up_revision}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Apply the step; the way back is a backup, not a downgrade."""
    ${upgrades if upgrades else "pass"}
