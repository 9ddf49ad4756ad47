"""Posts: articles, their revisions and their history.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
    op.create_table(
        "post",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("author_uid", Uid(), nullable=True),
        sa.Column("collective_uid", Uid(), nullable=True),
        sa.Column("ngo_uid", Uid(), nullable=True),
        sa.Column("commune_pcode", sa.Text(), nullable=True),
        sa.Column("quotes_agreed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("revision_hash", sa.Text(), nullable=False),
        sa.Column("approved_hash", sa.Text(), nullable=True),
        sa.Column("published_hash", sa.Text(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("renewed_at", sa.BigInteger(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("collective_name", sa.Text(), nullable=False),
        sa.Column("ngo_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collective_uid"], ["organisation.uid"], name=op.f("fk_post_collective_uid")
        ),
        sa.ForeignKeyConstraint(["ngo_uid"], ["organisation.uid"], name=op.f("fk_post_ngo_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_post_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_author_uid"), ["author_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_collective_uid"), ["collective_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_ngo_uid"), ["ngo_uid"], unique=False)
        batch_op.create_index("ix_post_shown", ["published_at"], unique=False)
        batch_op.create_index("ix_post_slug", ["slug"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_space_uid"), ["space_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_state"), ["state"], unique=False)

    op.create_table(
        "post_event",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("post_uid", Uid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("from_state", sa.String(40), nullable=True),
        sa.Column("to_state", sa.String(40), nullable=False),
        sa.Column("by_uid", Uid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("revision_hash", sa.Text(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["post_uid"], ["post.uid"], name=op.f("fk_post_event_post_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_post_event_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_post_event")),
    )
    with op.batch_alter_table("post_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_event_post_uid"), ["post_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_event_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "post_revision",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("post_uid", Uid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("collective_name", sa.Text(), nullable=False),
        sa.Column("ngo_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["post_uid"], ["post.uid"], name=op.f("fk_post_revision_post_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_post_revision_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_post_revision")),
    )
    with op.batch_alter_table("post_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_revision_post_uid"), ["post_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_revision_space_uid"), ["space_uid"], unique=False)
