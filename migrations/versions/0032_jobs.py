"""Job descriptions in versions and who holds them; partners of a project; shelves somebody named.

Revision: 0032
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Make the tables and add the columns; the way back is a backup, not a downgrade."""
    _make(
        "job_sheet",
        {"first_uid": ("job_sheet", True), "space_uid": ("space", True)},
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("novelty", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    _make(
        "job_holder",
        {"sheet_uid": ("job_sheet", False), "staff_uid": ("staff", False), "space_uid": ("space", True)},
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )
    op.add_column("project", sa.Column("partners", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("material", sa.Column("shelf", sa.Text(), nullable=True))


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
