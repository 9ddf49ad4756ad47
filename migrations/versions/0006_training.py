"""Training: courses, sessions, sittings, enrolments, marks.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables; the way back is a backup, not a downgrade."""
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
