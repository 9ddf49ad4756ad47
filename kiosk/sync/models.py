"""Tables of the kiosk's side that are no part of its log: they never travel."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table, Text, false

from kiosk.storage.base import Base
from kiosk.storage.types import Uid
from kiosk.sync.bundle.tables import sync_carry
from kiosk.sync.matters import CardRequest, Difference, Erasure, sync_left

__all__ = [
    "CardRequest",
    "Difference",
    "Erasure",
    "sync_blob",
    "sync_blob_use",
    "sync_carry",
    "sync_diagnosis",
    "sync_exchange",
    "sync_left",
    "sync_link",
    "sync_mark",
    "sync_stage",
    "sync_witness",
]

sync_stage = Table(
    "sync_stage",
    Base.metadata,
    Column("tab", String(60), primary_key=True),
    Column("row_uid", Uid, primary_key=True),
    Column("body", Text, nullable=False),
    Column("cver_epoch", BigInteger, nullable=False),
    Column("cver_n", BigInteger, nullable=False),
)
"""A snapshot on its way in: swapped for the rows only when it is whole."""

sync_link = Table(
    "sync_link",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("resume", Text, nullable=False, default=""),
    Column("rate", Float, nullable=False, default=0.0),
    Column("batch", Integer, nullable=False, default=8192),
    Column("change_size", Float, nullable=False, default=60.0),
    Column("state", String(20), nullable=False, default="idle"),
    Column("trouble", String(20)),
    Column("goal", Integer, nullable=False, default=0),
    Column("next_try", BigInteger),
    Column("last_ok", BigInteger),
    Column("twins", Boolean, nullable=False, default=False, server_default=false()),
    Column("speaks", Integer, nullable=False, default=0, server_default="0"),
    Column("dropped", BigInteger, nullable=False, default=0, server_default="0"),
    Column("saved", BigInteger, nullable=False, default=0, server_default="0"),
)
"""What the worker knows of its link (one row): rate in bytes a second, batch in bytes,
bytes a change, what it does now, the last trouble, when it tries again (ms), whether another
machine has this identity, the schema
of a centre that reads frames of version 2 (0 for none). `dropped` acknowledged changes are no
longer kept here; the centre's off-site copy holds this stream up to `saved`."""

sync_mark = Table(
    "sync_mark",
    Base.metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", LargeBinary(16), nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
)
"""What stays of changes dropped from the log: one position in 64, and the last one."""

sync_witness = Table(
    "sync_witness",
    Base.metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
)
"""The position settled on a day of contact, by the centre's signed clock (days since 1970)."""

sync_exchange = Table(
    "sync_exchange",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("sent", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("bytes_up", BigInteger, nullable=False),
    Column("bytes_down", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
)
"""One line an exchange: when (ms), how it ended, changes and bytes each way."""

sync_diagnosis = Table(
    "sync_diagnosis",
    Base.metadata,
    Column("made_at", BigInteger, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("heard_at", BigInteger),
)
"""The state of this machine, asked for at `made_at` (ms), packed; `heard_at`: the centre has it."""

sync_blob = Table(
    "sync_blob",
    Base.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("leaf", Integer, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("have", LargeBinary, nullable=False),
    Column("tail", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", String(20)),
    Column("epoch", BigInteger),
    Column("touched_at", BigInteger, nullable=False),
)
"""A content on its way, or whose other end is known. Its manifest (`size`, bytes a `leaf`,
16 bytes of SHA-256 each in `leaves`); which leaves are kept (`have`, a bitmap) and how many bytes
of the next one (`tail`). `epoch` is the centre's when it said to have the content (ms: `touched_at`)."""

sync_blob_use = Table(
    "sync_blob_use",
    Base.metadata,
    Column("period", String(20), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
)
"""Bytes of files carried in a day, or in a power-up where nobody knows the day."""
