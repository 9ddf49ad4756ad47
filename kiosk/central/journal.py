"""The commit log in the making: numbers under one row lock, registers beside them.

A database sequence commits out of order, and a reader would then miss a number
for ever. Here the counter is one row, updated first in every writing
transaction, so that whoever waits for it sees what came before.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.central.models import central_meta, commit_log, field_ver
from kiosk.storage.changes import SCHEMA, dumps
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place, grouped

Version = tuple[int, int]
ALL = "all"


@dataclass(frozen=True)
class Setting:
    """Who set a field: in which version, at what effective clock, by which op; mentioned `at`."""

    version: Version
    eff: int
    op: bytes
    at: int

    @property
    def is_again(self) -> bool:
        """Tell whether the log mentions it again since: somebody shows something else, its author perhaps."""
        return self.at != self.version[1]

    def packed(self) -> list[Any]:
        """Return the setting as JSON."""
        return [*self.version, self.eff, self.op.hex(), self.at]


def _setting(value: list[Any]) -> Setting:
    return Setting((value[0], value[1]), value[2], bytes.fromhex(value[3]), value[4])


@dataclass
class Registers:
    """The registers of a row: what its insert set, and what was set since."""

    scope: str
    insert: Setting
    fields: dict[str, Setting] = field(default_factory=dict)
    stored: bool = False

    @property
    def at(self) -> int:
        """Where the log mentions the row last."""
        return max([self.insert.at, *(one.at for one in self.fields.values())])

    def move(self, scope: str, at: int) -> None:
        """Note that the row now belongs to another scope, which has to receive it whole.

        In the centre's own name: a kiosk that set a field itself may have had to give it away.
        """
        self.scope = scope
        self.insert = replace(self.insert, at=at, op=uuid.uuid4().bytes)
        self.fields = {name: replace(one, at=at, op=uuid.uuid4().bytes) for name, one in self.fields.items()}

    def tell(self, at: int) -> None:
        """Note that the row is told whole to somebody else; who set what stays, so that its authors go on."""
        self.insert = replace(self.insert, at=at)
        self.fields = {name: replace(one, at=at) for name, one in self.fields.items()}

    def current(self, name: str, filled: bool) -> Setting | None:
        """Return who set a field, None if nobody did (`filled`: the row has a value there)."""
        return self.fields.get(name) or (self.insert if filled else None)


class Journal:
    """The open page of the commit log; `flush` writes it in the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        row = lock(connection)
        self.epoch, self.n, self._chain = row.epoch, row.n, row.chain
        self._commits: list[dict[str, Any]] = []
        self._touched: set[Place] = set()
        self.registers: dict[Place, Registers] = {}

    def load(self, places: Iterable[Place]) -> None:
        """Bring the registers of these rows in."""
        for tab, uids in grouped(places).items():
            for some in chunks(uids):
                query = select(field_ver).where(field_ver.c.tab == tab, field_ver.c.row_uid.in_(some))
                for row in self._connection.execute(query):
                    self.registers[tab, row.row_uid] = registers_of(row)

    def mention(self, place: Place, scope: str, stream: uuid.UUID | None = None) -> int:
        """Take the next number for a row; `stream` if it is that stream's change as sent."""
        self.n += 1
        self._chain = link(self._chain, self.epoch, self.n, place)
        spot = {"n": self.n, "epoch": self.epoch, "chain": self._chain, "scope": scope}
        self._commits.append({**spot, "tab": place[0], "row_uid": place[1], "stream_uid": stream})
        self._touched.add(place)
        return self.n

    def set(self, place: Place, scope: str, names: Iterable[str], by: Setting, whole: bool) -> None:
        """Note that `by` set these fields; `whole` for the insert of a row."""
        known = self.registers.get(place)
        if known is None:
            blank = Setting((0, 0), 0, bytes(16), 0)
            self.registers[place] = Registers(scope, by if whole else blank)
        known = self.registers[place]
        if known.scope != scope:
            self.move(place, scope, by.at)
        if not (whole and known.insert == by):
            known.fields.update(dict.fromkeys(names, by))

    def move(self, place: Place, scope: str, at: int) -> None:
        """Let a row leave its scope: whoever had it there hears that it went, the new one gets it whole."""
        known = self.registers[place]
        self.mention(place, known.scope)
        known.move(scope, at)

    def touch(self, place: Place, names: Iterable[str], at: int) -> None:
        """Mention fields again without changing who set them."""
        known = self.registers.get(place)
        for name in names if known else ():
            was = known.fields.get(name, known.insert)  # type: ignore[union-attr]
            known.fields[name] = replace(was, at=at)  # type: ignore[union-attr]

    def say_again(self, place: Place, names: Iterable[str]) -> int:
        """Mention fields again, for whoever shows something else, their own author too; return where."""
        n = self.mention(place, self.registers[place].scope)
        self.touch(place, names, n)
        return n

    def repeat(self, place: Place, names: Iterable[str]) -> int:
        """Say a row's fields anew, in the centre's own name: nobody's own past covers them."""
        known = self.registers[place]
        n = self.mention(place, known.scope)
        for name in names:
            was = known.fields.get(name, known.insert)
            known.fields[name] = Setting((self.epoch, n), was.eff, uuid.uuid4().bytes, n)
        return n

    def flush(self) -> None:
        """Write the commits, the registers they touch and the counter."""
        if self._commits:
            self._connection.execute(insert(commit_log), self._commits)
        rows = [self._row(place) for place in self._touched if place in self.registers]
        new = [row for row in rows if not self.registers[row["tab"], row["row_uid"]].stored]
        old = [row for row in rows if self.registers[row["tab"], row["row_uid"]].stored]
        if new:
            self._connection.execute(insert(field_ver), new)
        if old:
            self._connection.execute(_changed_registers(), [_renamed(row) for row in old])
        self._connection.execute(update(central_meta).values(n=self.n, chain=self._chain))
        for place in self._touched & self.registers.keys():
            self.registers[place].stored = True
        self._commits, self._touched = [], set()

    def _row(self, place: Place) -> dict[str, Any]:
        known = self.registers[place]
        base = known.insert
        version = {"epoch": base.version[0], "n": base.version[1], "eff_hlc": base.eff, "op_id": base.op}
        fields = dumps({name: one.packed() for name, one in known.fields.items()})
        spot = {"tab": place[0], "row_uid": place[1], "scope": known.scope, "at": known.at}
        return {**spot, **version, "first_at": base.at, "fields": fields}


def lock(connection: Connection) -> Any:
    """Take the counter's row for this transaction, made on the first use, and return it."""
    taken = update(central_meta).values(n=central_meta.c.n).returning(*central_meta.c)
    row = connection.execute(taken).first()
    if row is None:
        first = {"id": 1, "epoch": 1, "n": 0, "chain": first_chain(), "run_id": "", "schema": SCHEMA}
        connection.execute(insert(central_meta).values(**first))
        row = connection.execute(taken).one()
    return row


def _changed_registers() -> Any:
    names = [column.name for column in field_ver.c if column.name not in ("tab", "row_uid")]
    here = (field_ver.c.tab == bindparam("b_tab")) & (field_ver.c.row_uid == bindparam("b_row"))
    return update(field_ver).where(here).values({name: bindparam(f"v_{name}") for name in names})


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    rest = {f"v_{name}": value for name, value in row.items() if name not in ("tab", "row_uid")}
    return {"b_tab": row["tab"], "b_row": row["row_uid"], **rest}


def registers_of(row: Any) -> Registers:
    """Return the registers that a row of `field_ver` holds."""
    first = Setting((row.epoch, row.n), row.eff_hlc, row.op_id, row.first_at)
    fields = {name: _setting(value) for name, value in json.loads(row.fields).items()}
    return Registers(row.scope, first, fields, stored=True)


def first_chain() -> bytes:
    """Return the chain value before the first commit."""
    return hashlib.sha256(b"centre").digest()[:16]


def link(chain: bytes, epoch: int, n: int, place: Place) -> bytes:
    """Return the chain value after one more commit."""
    text = f"{epoch}|{n}|{place[0]}|{place[1].hex}".encode()
    return hashlib.sha256(chain + text).digest()[:16]
