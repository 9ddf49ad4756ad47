"""Posts: pictures of articles, what their writers said of them, and the members who are on them.

Revision: 0036
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Add the columns and the tables; the way back is a backup, not a downgrade."""
    for table in ("post", "post_revision"):
        for name in ("picture", "picture_words"):
            op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
    _table(
        "post_picture",
        {"post_uid": "post", "space_uid": "space"},
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("shows", sa.String(40), nullable=False),
        sa.Column("others_agreed", sa.Boolean(), nullable=False),
    )
    op.create_index(op.f("ix_post_picture_sha256"), "post_picture", ["sha256"])
    _table(
        "picture_person",
        {"picture_uid": "post_picture", "member_uid": "member", "space_uid": "space"},
        sa.Column("named_on", sa.Date(), nullable=False),
    )


def _table(name: str, above: dict[str, str], *columns: sa.Column[Any]) -> None:
    """Make a table of rows that travel, with a key to each table it stands on."""
    ids = [sa.Column(column, Uid(), nullable=False) for column in above]
    keys = [
        sa.ForeignKeyConstraint([column], [f"{table}.uid"], name=op.f(f"fk_{name}_{column}"))
        for column, table in above.items()
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
