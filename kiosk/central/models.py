"""Tables of the centre: none of them travels."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from kiosk.central.tables import carried_push as carried_push
from kiosk.central.tables import carried_receipt as carried_receipt
from kiosk.central.tables import central_act as central_act
from kiosk.central.tables import centre_seal as centre_seal
from kiosk.central.tables import commit_floor as commit_floor
from kiosk.central.tables import copy_have as copy_have
from kiosk.central.tables import copy_mark as copy_mark
from kiosk.central.tables import log_day as log_day
from kiosk.storage.base import Base
from kiosk.storage.types import Uid

RECEIVED, APPLIED, HELD, REJECTED = "received", "applied", "held", "rejected"

central_meta = Table(
    "central_meta",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
    Column("run_id", String(32), nullable=False),
    Column("schema", Integer, nullable=False),
)
"""One row: how many times the centre was restored, the last commit and its chain."""

node = Table(
    "node",
    Base.metadata,
    Column("node_no", Integer, primary_key=True),
    Column("space_uid", Uid, nullable=False, index=True),
    Column("code", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("key_id", String(40), nullable=False, unique=True),
    Column("secret", LargeBinary(32), nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("replaced_by", Integer),
    Column("renewed_at", BigInteger),
    Column("next_key_id", String(40)),
    Column("next_secret", LargeBinary(32)),
)
"""An enrolled machine. The key must be readable: it is a shared secret. `renewed_at` is when it
took its present key, if not its first (ms; 0: a new one was asked for); `next_*` is the key
offered to it, not proven yet."""

enrol_code = Table(
    "enrol_code",
    Base.metadata,
    Column("code_id", String(32), primary_key=True),
    Column("secret", LargeBinary(32), nullable=False),
    Column("space_uid", Uid, nullable=False),
    Column("code", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_by", Uid),
    Column("node_no", Integer),
    Column("replaces", Integer),
)
"""A one-time code. The code itself is not kept, only what proves that a kiosk knows it.
`replaces` is the machine whose key it withdraws, None for a machine more."""

stream = Table(
    "stream",
    Base.metadata,
    Column("stream_uid", Uid, primary_key=True),
    Column("node_no", Integer, nullable=False, index=True),
    Column("parent_uid", Uid),
    Column("parent_seq", BigInteger),
    Column("have", BigInteger, nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("cursor_n", BigInteger),
    Column("machine", Text, nullable=False),
    Column("program", String(40), nullable=False),
    Column("left_at", BigInteger),
    Column("clock_offset", BigInteger),
    Column("clock_quality", Integer),
    Column("disk_free", BigInteger),
    Column("saved", BigInteger),
    Column("proved_n", BigInteger),
)
"""One incarnation of a kiosk's log: how much is here, how much the kiosk says it has.
`cursor_n` is the commit it was last told up to, `proved_n` the one it asked from: it stands at either.
`left_at`: its machine took another identity. `clock_offset` (ms) is what its clock lacked
when it spoke last, `disk_free` in bytes, `saved` the position that a declared off-site copy holds."""

stream_boot = Table(
    "stream_boot",
    Base.metadata,
    Column("stream_uid", Uid, primary_key=True),
    Column("boot_no", Integer, primary_key=True, autoincrement=False),
    Column("offset_ms", BigInteger, nullable=False),
    Column("quality", Integer, nullable=False),
    Column("heard_at", BigInteger, nullable=False),
)
"""What the moments written during one power-up of a machine lack (ms)."""

diagnosis = Table(
    "diagnosis",
    Base.metadata,
    Column("node_no", Integer, primary_key=True, autoincrement=False),
    Column("made_at", BigInteger, primary_key=True, autoincrement=False),
    Column("heard_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
"""The state of a machine as its manager asked to send it, packed; `made_at` by its own clock (ms)."""

card_lease = Table(
    "card_lease",
    Base.metadata,
    Column("space_uid", Uid, primary_key=True),
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("stream_uid", Uid, nullable=False, index=True),
    Column("epoch", BigInteger, nullable=False),
    Column("leased_at", BigInteger, nullable=False),
)
"""Blocks of printed numbers of a space, each leased to one stream for ever."""

inbox = Table(
    "inbox",
    Base.metadata,
    Column("stream_uid", Uid, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", LargeBinary(16), nullable=False),
    Column("first", Boolean, nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("recv_ms", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", String(20)),
    Column("missing", Uid),
    Column("n", BigInteger),
    Column("late", Boolean, nullable=False),
    Index("ix_inbox_op", "op_id"),
    Index(
        "uq_inbox_first_op",
        "op_id",
        unique=True,
        sqlite_where=text("first"),
        postgresql_where=text("first"),
    ),
    Index("ix_inbox_state", "state", "stream_uid", "seq"),
    Index("ix_inbox_outcome", "stream_uid", "n"),
)
"""Every position received, for ever. `first` marks the one arrival of an op id that
counts, later ones point at the same op. `n` is the commit that covers the outcome, `late`
that it came after the arrival."""

field_ver = Table(
    "field_ver",
    Base.metadata,
    Column("tab", String(60), primary_key=True),
    Column("row_uid", Uid, primary_key=True),
    Column("scope", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("eff_hlc", BigInteger, nullable=False),
    Column("op_id", LargeBinary(16), nullable=False),
    Column("first_at", BigInteger, nullable=False),
    Column("fields", Text, nullable=False),
    Index("ix_field_ver_scope", "scope", "tab", "row_uid"),
)
"""The registers of a row: the version its insert made, and in `fields` (JSON) those set
since. One row a row, not one a field: most rows are never edited. `at` is where the
commit log mentions it last."""

commit_log = Table(
    "commit_log",
    Base.metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
    Column("scope", String(40), nullable=False),
    Column("tab", String(60), nullable=False),
    Column("row_uid", Uid, nullable=False),
    Column("stream_uid", Uid),
    Index("ix_commit_log_scope", "scope", "n"),
    Index("ix_commit_log_row", "row_uid"),
)
"""Which row changed, in order. Values are read from the rows when a page is made.
`stream_uid` is the stream whose own change it is as sent, None for all others."""

conflict = Table(
    "conflict",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("op_id", LargeBinary(16), nullable=False),
    Column("tab", String(60), nullable=False),
    Column("row_uid", Uid, nullable=False),
    Column("field", String(60), nullable=False),
    Column("losing", Text, nullable=False),
    Column("winning_op", LargeBinary(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("resolved_by", Uid),
    Index("ix_conflict_row", "tab", "row_uid"),
)
"""The loser of a truly concurrent edit, kept."""

quarantine = Table(
    "quarantine",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("node_no", Integer, nullable=False, index=True),
    Column("recv_ms", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Frames signed with a withdrawn key: an honest manager may have work in them."""

card_grant = Table(
    "card_grant",
    Base.metadata,
    Column("space_uid", Uid, primary_key=True),
    Column("tab", String(60), primary_key=True),
    Column("row_uid", Uid, primary_key=True),
    Column("granted_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Index("ix_card_grant_row", "tab", "row_uid"),
)
"""One row of another space lent to a space, until the centre ends it (ms)."""
