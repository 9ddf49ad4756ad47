"""Tables of the centre beside the exchange: what came by hand, copies declared, decisions kept."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from kiosk.storage.base import Base
from kiosk.storage.types import Uid

centre_seal = Table(
    "centre_seal",
    Base.metadata,
    Column("key_id", String(16), primary_key=True),
    Column("private", LargeBinary(32), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""The centre's sealing pairs, the newest in use. In the database, so that a centre put back
from a copy still reads the sticks that were on their way."""

carried_push = Table(
    "carried_push",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("node_no", Integer, nullable=False, index=True),
    Column("stream_uid", Uid, nullable=False, index=True),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("recv_ms", BigInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Signed pushes that came by hand and start beyond what is here: they wait for what is missing."""

carried_receipt = Table(
    "carried_receipt",
    Base.metadata,
    Column("token", String(32), primary_key=True),
    Column("node_no", Integer, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("needs_first", BigInteger),
    Column("needs_last", BigInteger),
    Column("body", LargeBinary, nullable=False),
)
"""Sealed answers to what came by hand, to be carried back; `taken` changes were new here."""

copy_mark = Table(
    "copy_mark",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("safe_at", BigInteger),
)
"""A mark set just before the database is copied; `safe_at` (ms): a person said that the copy
lies elsewhere."""

copy_have = Table(
    "copy_have",
    Base.metadata,
    Column("mark", Integer, primary_key=True, autoincrement=False),
    Column("stream_uid", Uid, primary_key=True),
    Column("have", BigInteger, nullable=False),
)
"""How much of each stream a copy made after this mark holds."""

commit_floor = Table(
    "commit_floor",
    Base.metadata,
    Column("scope", String(40), primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("swept", BigInteger, nullable=False),
)
"""Commits of a scope below `n` may be gone, those below `swept` were looked at."""

log_day = Table(
    "log_day",
    Base.metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
)
"""Where the commit log ended when a day was first noted (days since 1970, by the centre's clock)."""

central_act = Table(
    "central_act",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", Uid),
    Column("what", String(20), nullable=False),
    Column("node_no", Integer, nullable=False, index=True),
    Column("about", Text, nullable=False),
)
"""What the coordination decided about a machine: who, when (ms), what, and its facts (JSON).
Never rewritten."""
