"""Catalogue: what a course holds, domains, the plan of a year, kinds of sessions and who spoke.

Revision: 0027
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the columns and make the tables; the way back is a backup, not a downgrade."""
    _add("course", sa.Column("theme", sa.Text(), nullable=False, server_default=""))
    _add("course", sa.Column("kind", sa.String(40), nullable=True))
    for name in ("languages", "objectives", "checklist", "modules"):
        _add("course", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    _add("training_session", sa.Column("kind", sa.String(40), nullable=False, server_default="course"))
    for name in ("theme", "campaign"):
        _add("training_session", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    actor = sa.Column("national_actor", sa.Boolean(), nullable=False, server_default=sa.false())
    _add("training_session", actor)
    _add("training_session", sa.Column("prepared", sa.JSON(none_as_null=True), nullable=True))
    for name in ("spoke", "spoke_women", "spoke_youth"):
        _add("sitting", sa.Column(name, sa.BigInteger(), nullable=True))
    _make(
        "theme",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_bm", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    _make(
        "course_plan",
        sa.Column("course_uid", Uid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_uid"], ["course.uid"], name=op.f("fk_course_plan_course_uid")),
    )
    op.create_index(op.f("ix_course_plan_course_uid"), "course_plan", ["course_uid"])


def _add(table: str, column: sa.Column) -> None:
    op.add_column(table, column)


def _make(name: str, *columns: sa.Column | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        name,
        sa.Column("uid", Uid(), nullable=False),
        *columns,
        sa.Column("space_uid", Uid(), nullable=False),
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["space_uid"], ["space.uid"], name=op.f(f"fk_{name}_space_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_space_uid"), name, ["space_uid"])
