"""The table of copies: what was carried by hand from this machine and to it."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kiosk.storage.base import Base

sync_carry = Table(
    "sync_carry",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("way", String(10), nullable=False),
    Column("place", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("reason", String(20)),
    Column("files", Integer, nullable=False, default=0, server_default="0"),
)
"""One line a copy: when (ms), written or read, on which stick, how it stands. `done` of `total`
changes written, or acknowledged where it was read; rows `received`, photos and other `files`;
bytes in `size`."""
