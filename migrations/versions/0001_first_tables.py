"""First tables: every room of the first release.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply the step; the way back is a backup, not a downgrade."""
    op.create_table(
        "attempt",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("delay", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "account", name=op.f("pk_attempt")),
    )
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
        "commune",
        sa.Column("pcode", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pcode", name=op.f("pk_commune")),
    )
    with op.batch_alter_table("commune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_name_fold"), ["name_fold"], unique=False)

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
        "credential",
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("staff_uid", name=op.f("pk_credential")),
    )
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
        "known_device",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", "staff_uid", name=op.f("pk_known_device")),
    )
    op.create_table(
        "material_tally",
        sa.Column("material_uid", Uid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reads", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("material_uid", "day", name=op.f("pk_material_tally")),
    )
    op.create_table(
        "member_card_counter",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_member_card_counter")),
    )
    op.create_table(
        "member_import",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_member_import")),
    )
    op.create_table(
        "member_imported_line",
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.PrimaryKeyConstraint("print", name=op.f("pk_member_imported_line")),
    )
    op.create_table(
        "name_access",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("staff_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_name_access")),
    )
    with op.batch_alter_table("name_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_access_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_name_access_staff_uid"), ["staff_uid"], unique=False)

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
        "sheet_undo",
        sa.Column("sitting_uid", Uid(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("was_closed", sa.BigInteger(), nullable=True),
        sa.Column("was_state", sa.Text(), nullable=False),
        sa.Column("was_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sitting_uid", name=op.f("pk_sheet_undo")),
    )
    op.create_table(
        "space",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("power", sa.Text(), nullable=True),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("exceptions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_space")),
    )
    with op.batch_alter_table("space", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_space_code"), ["code"], unique=False)

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

    op.create_table(
        "sync_base",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tab", "row_uid", "field", name=op.f("pk_sync_base")),
    )
    op.create_table(
        "sync_boot",
        sa.Column("boot_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("boot_id", sa.String(length=40), nullable=False),
        sa.Column("wall_at_start", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("boot_no", name=op.f("pk_sync_boot")),
    )
    op.create_table(
        "sync_closed",
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_stream", Uid(), nullable=False),
        sa.Column("author_seq", sa.BigInteger(), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("base_epoch", sa.BigInteger(), nullable=True),
        sa.Column("base_n", sa.BigInteger(), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("actor_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("stream_uid", "seq", name=op.f("pk_sync_closed")),
    )
    op.create_table(
        "sync_exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("bytes_up", sa.BigInteger(), nullable=False),
        sa.Column("bytes_down", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_exchange")),
    )
    with op.batch_alter_table("sync_exchange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sync_exchange_at"), ["at"], unique=False)

    op.create_table(
        "sync_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resume", sa.Text(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("change_size", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=True),
        sa.Column("last_ok", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_link")),
    )
    op.create_table(
        "sync_log",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("op_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_stream", Uid(), nullable=False),
        sa.Column("author_seq", sa.BigInteger(), nullable=False),
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("base_epoch", sa.BigInteger(), nullable=True),
        sa.Column("base_n", sa.BigInteger(), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("actor_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sync_log")),
    )
    with op.batch_alter_table("sync_log", schema=None) as batch_op:
        batch_op.create_index("ix_sync_log_op", ["op_id"], unique=False)
        batch_op.create_index("ix_sync_log_row", ["tab", "row_uid"], unique=False)
        batch_op.create_index("ix_sync_log_state", ["state"], unique=False)

    op.create_table(
        "sync_self",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_no", sa.Integer(), nullable=True),
        sa.Column("stream_uid", Uid(), nullable=False),
        sa.Column("parent_uid", Uid(), nullable=True),
        sa.Column("parent_seq", sa.BigInteger(), nullable=True),
        sa.Column("parent_chain", sa.LargeBinary(length=16), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=16), nullable=False),
        sa.Column("acked", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=False),
        sa.Column("centre_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("boot_no", sa.Integer(), nullable=False),
        sa.Column("clock_quality", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("hw_print", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_self")),
    )
    op.create_table(
        "sync_stage",
        sa.Column("tab", sa.String(length=60), nullable=False),
        sa.Column("row_uid", Uid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=False),
        sa.Column("cver_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tab", "row_uid", name=op.f("pk_sync_stage")),
    )
    op.create_table(
        "commune_parent",
        sa.Column("pcode", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("cercle", sa.Text(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["pcode"], ["commune.pcode"], name=op.f("fk_commune_parent_pcode")),
        sa.PrimaryKeyConstraint("pcode", "valid_from", name=op.f("pk_commune_parent")),
    )
    with op.batch_alter_table("commune_parent", schema=None) as batch_op:
        batch_op.create_index("ix_commune_parent_dates", ["valid_from", "valid_to"], unique=False)

    op.create_table(
        "course",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_course_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_course")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "here",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_here_space_uid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_here")),
    )
    with op.batch_alter_table("here", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_here_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "material",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("titles", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(40), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("licence", sa.String(40), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("pages", sa.BigInteger(), nullable=True),
        sa.Column("version_of", Uid(), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("title_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_material_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_material")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_slug"), ["slug"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_space_uid"), ["space_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_title_key"), ["title_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_version_of"), ["version_of"], unique=False)

    op.create_table(
        "member",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("former_card", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(40), nullable=False),
        sa.Column("birth_year", sa.BigInteger(), nullable=True),
        sa.Column("birth_year_about", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("commune_pcode", sa.Text(), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("schooling", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("how_heard", sa.Text(), nullable=True),
        sa.Column("guardian", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_member_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_card"), ["card"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_former_card"), ["former_card"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_uid", Uid(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("outside_bamako", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_uid"], ["organisation.uid"], name=op.f("fk_organisation_parent_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_organisation_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_uid"), ["parent_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "project",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("donors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_ages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_project_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_project")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "room",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("computers", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_room_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "consent",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_consent_member_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_consent_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "material_file",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("material_uid", Uid(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["material_uid"], ["material.uid"], name=op.f("fk_material_file_material_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_material_file_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_material_file")),
    )
    with op.batch_alter_table("material_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_file_material_uid"), ["material_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_file_space_uid"), ["space_uid"], unique=False)

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
        "staff",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("space_uid", Uid(), nullable=True),
        sa.Column("organisation_uid", Uid(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=True),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_staff_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_staff_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_staff")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_organisation_uid"), ["organisation_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "visit",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("family", sa.String(40), nullable=False),
        sa.Column("member_uid", Uid(), nullable=True),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_visit_member_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_visit_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index("ix_visit_space_day", ["space_uid", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_space_uid"), ["space_uid"], unique=False)

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

    op.create_table(
        "training_session",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("course_uid", Uid(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("outreach", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=True),
        sa.Column("trainer_uid", Uid(), nullable=True),
        sa.Column("trainer_name", sa.Text(), nullable=False),
        sa.Column("trainer_sex", sa.Text(), nullable=False),
        sa.Column("project_uid", Uid(), nullable=True),
        sa.Column("rough_month", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["course_uid"], ["course.uid"], name=op.f("fk_training_session_course_uid")),
        sa.ForeignKeyConstraint(
            ["project_uid"], ["project.uid"], name=op.f("fk_training_session_project_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_training_session_space_uid")),
        sa.ForeignKeyConstraint(["trainer_uid"], ["staff.uid"], name=op.f("fk_training_session_trainer_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_training_session")),
    )
    with op.batch_alter_table("training_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_session_course_uid"), ["course_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_session_project_uid"), ["project_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_session_space_uid"), ["space_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_session_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_session_trainer_uid"), ["trainer_uid"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("session_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("promoted", sa.Boolean(), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_enrolment_member_uid")),
        sa.ForeignKeyConstraint(
            ["session_uid"], ["training_session.uid"], name=op.f("fk_enrolment_session_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_enrolment_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_session_uid"), ["session_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "seat_request",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("session_uid", Uid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("member_uid", Uid(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_seat_request_member_uid")),
        sa.ForeignKeyConstraint(
            ["session_uid"], ["training_session.uid"], name=op.f("fk_seat_request_session_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_seat_request_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_seat_request")),
    )
    with op.batch_alter_table("seat_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_request_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_request_session_uid"), ["session_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_request_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("session_uid", Uid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("confirmed_weight", sa.BigInteger(), nullable=True),
        sa.Column("moved_from", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_uid"], ["training_session.uid"], name=op.f("fk_sitting_session_uid")
        ),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_sitting_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_sitting")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_sitting_session_uid"), ["session_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_sitting_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("sitting_uid", Uid(), nullable=False),
        sa.Column("member_uid", Uid(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_attendance_member_uid")),
        sa.ForeignKeyConstraint(["sitting_uid"], ["sitting.uid"], name=op.f("fk_attendance_sitting_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_attendance_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_member_uid"), ["member_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_sitting_uid"), ["sitting_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_space_uid"), ["space_uid"], unique=False)

    op.create_table(
        "headcount",
        sa.Column("uid", Uid(), nullable=False),
        sa.Column("sitting_uid", Uid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["sitting_uid"], ["sitting.uid"], name=op.f("fk_headcount_sitting_uid")),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f("fk_headcount_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_headcount")),
    )
    with op.batch_alter_table("headcount", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_headcount_sitting_uid"), ["sitting_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_headcount_space_uid"), ["space_uid"], unique=False)

