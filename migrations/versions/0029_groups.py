"""Groups and classes, bookings, lessons done, postings, mandates, communes together, kinds of places.

Revision: 0029
"""

import sqlalchemy as sa
from alembic import op

from kiosk.storage.types import Uid

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the columns and make the tables; the way back is a backup, not a downgrade."""
    with op.batch_alter_table("space") as space:
        space.add_column(sa.Column("site", sa.String(40), nullable=False, server_default="space"))
        space.add_column(sa.Column("daily_minutes", sa.BigInteger(), nullable=True))
    _people()
    _counter()
    _beside()
    with op.batch_alter_table("training_session") as training:
        training.add_column(sa.Column("group_uid", Uid(), nullable=True))
        training.create_index(op.f("ix_training_session_group_uid"), ["group_uid"])
        training.create_foreign_key(
            op.f("fk_training_session_group_uid"), "member_group", ["group_uid"], ["uid"]
        )


def _people() -> None:
    _make(
        "member_group",
        {"organisation_uid": ("organisation", True), "space_uid": ("space", False)},
        _text("name"),
        sa.Column("kind", sa.String(40), nullable=False),
        _text("contact_name", True),
        _text("contact_phone", True),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    ids = {"group_uid": ("member_group", False), "member_uid": ("member", False)}
    state = sa.Column("state", sa.String(40), nullable=False)
    _make("group_membership", {**ids, "space_uid": ("space", False)}, state)


def _counter() -> None:
    _make(
        "booking",
        {"room_uid": ("room", True), "member_uid": ("member", True), "space_uid": ("space", False)},
        sa.Column("day", sa.Date(), nullable=False),
        _text("starts"),
        _number("minutes", False),
        _number("station"),
        _text("who", True),
        _text("phone", True),
        _text("purpose", True),
        _number("people"),
        sa.Column("state", sa.String(40), nullable=False),
    )
    op.create_index("ix_booking_space_day", "booking", ["space_uid", "day"])
    _make(
        "lesson_done",
        {"staff_uid": ("staff", False), "space_uid": ("space", False)},
        _text("lesson"),
        sa.Column("done", sa.Boolean(), nullable=False),
    )


def _beside() -> None:
    _make(
        "staff_posting",
        {"staff_uid": ("staff", False), "space_uid": ("space", True)},
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
    )
    _make(
        "mandate",
        {"organisation_uid": ("organisation", False), "space_uid": ("space", True)},
        *(_text(name) for name in ("name", "sex", "role")),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
    )
    _make(
        "commune_group",
        {"space_uid": ("space", True)},
        _text("name"),
        sa.Column("communes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
    )


def _text(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _make(table: str, ids: dict[str, tuple[str, bool]], *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("uid", Uid(), nullable=False),
        *(sa.Column(name, Uid(), nullable=nullable) for name, (_, nullable) in ids.items()),
        *columns,
        sa.Column("ver", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cver_epoch", sa.BigInteger(), nullable=True),
        sa.Column("cver_n", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{far}.uid"], name=op.f(f"fk_{table}_{name}"))
            for name, (far, _) in ids.items()
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{table}")),
    )
    for name in ids:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
