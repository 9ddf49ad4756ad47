"""Sessions: where people are, who holds one and unpaid or not, who shares in it.

Revision: 0026
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column and make the tables; the way back is a backup, not a downgrade."""
    mode = sa.Column("mode", sa.String(40), nullable=False, server_default="on_site")
    op.add_column("training_session", mode)
    _beside("session_trainer", "staff", sa.Column("volunteer", sa.Boolean(), nullable=False))
    _beside("session_partner", "organisation", sa.Column("share", sa.String(40), nullable=False))


def _beside(table: str, other: str, own: sa.Column) -> None:
    ids = {"session": "training_session", other: other, "space": "space"}
    op.create_table(
        table,
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("session_uid", Uid(), nullable=False),
        sa.Column(f"{other}_uid", Uid(), nullable=False),
        own,
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        *(
            sa.ForeignKeyConstraint([f"{name}_uid"], [f"{far}.uid"], name=op.f(f"fk_{table}_{name}_uid"))
            for name, far in ids.items()
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{table}")),
    )
    for name in ids:
        op.create_index(op.f(f"ix_{table}_{name}_uid"), table, [f"{name}_uid"])
