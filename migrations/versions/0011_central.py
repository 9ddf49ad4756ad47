"""The centre: nodes, streams, inbox, registers, commits.

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "central_meta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_meta")),
    )
    op.create_table(
        "commit_log",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("stream_uid", Uid(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_commit_log")),
    )
    with op.batch_alter_table("commit_log", schema=None) as batch_op:
        batch_op.create_index("ix_commit_log_row", ["row_uid"], unique=False)
        batch_op.create_index("ix_commit_log_scope", ["scope", "n"], unique=False)

    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("losing", sa.Text(), nullable=False),
        sa.Column("winning_op", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_by", Uid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index("ix_conflict_row", ["tab", "row_uid"], unique=False)

    op.create_table(
        "enrol_code",
        sa.Column("code_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", Uid(), nullable=True),
        sa.Column("node_no", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code_id", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "field_ver",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("eff_hlc", sa.BigInteger(), nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tab", "row_uid", name=op.f("pk_field_ver")),
    )
    with op.batch_alter_table("field_ver", schema=None) as batch_op:
        batch_op.create_index("ix_field_ver_scope", ["scope", "tab", "row_uid"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("recv_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("missing", Uid(), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("stream_uid", "seq", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_op", ["op_id"], unique=False)
        batch_op.create_index("ix_inbox_outcome", ["stream_uid", "n"], unique=False)
        batch_op.create_index("ix_inbox_state", ["state", "missing"], unique=False)
        batch_op.create_index(
            "uq_inbox_first_op",
            ["op_id"],
            unique=True,
            sqlite_where=sa.text("first"),
            postgresql_where=sa.text("first"),
        )

    op.create_table(
        "node",
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("node_no", name=op.f("pk_node")),
        sa.UniqueConstraint("key_id", name=op.f("uq_node_key_id")),
    )
    with op.batch_alter_table("node", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_node_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("recv_ms", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_node_no"), ["node_no"], unique=False)

    op.create_table(
        "stream",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=False),
        sa.Column("parent_uid", Uid(), nullable=True),
        sa.Column("parent_seq", sa.BigInteger(), nullable=True),
        sa.Column("have", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("cursor_n", sa.BigInteger(), nullable=True),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("stream_uid", name=op.f("pk_stream")),
    )
    with op.batch_alter_table("stream", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_node_no"), ["node_no"], unique=False)
