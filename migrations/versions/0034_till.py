"""The counter: what services cost, and the cash book.

Revision: 0034
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    _make(
        "tariff",
        {"space_uid": ("space", False)},
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    _make(
        "till_line",
        {"reverses_uid": ("till_line", True), "space_uid": ("space", False)},
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("sheets", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_till_line_space_day", "till_line", ["space_uid", "day"])


def _make(name: str, above: dict[str, tuple[str, bool]], *columns: sa.Column) -> None:
    """Make a synced table; `above` are its ids: column to (table above, may it be empty)."""
    ids = [sa.Column(column, Uid(), nullable=empty) for column, (_, empty) in above.items()]
    keys = [
        sa.ForeignKeyConstraint([column], [f"{table}.uid"], name=op.f(f"fk_{name}_{column}"))
        for column, (table, _) in above.items()
    ]
    op.create_table(
        name,
        sa.Column("uid", Uid(), nullable=False),
        *columns,
        *ids,
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        *keys,
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{name}")),
    )
    for column in above:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])
