"""What sync costs, beside gzipped REST JSON of the same changes: `python -m tests.bench_sync`.

Real processes, real sockets and a relay that counts every byte, TLS and headers
included. The REST column posts the same changes in one piece, as an ordinary
programming interface would: full names, ids and dates in words, gzip. It stops by
itself after about two minutes.
"""

import datetime
import gzip
import http.server
import json
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.config import load
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.rooms import open_store
from kiosk.storage import Store, clock, session, transaction
from kiosk.storage.changes import Authored
from kiosk.storage.log import sync_log
from kiosk.sync import frame, line, outbox
from kiosk.sync.line import HttpLine
from kiosk.sync.worker import Talker
from kiosk.training import services as training
from tests.bench import Row, people, show
from tests.support import measure
from tests.support.counting import Counting, counting
from tests.support.day import Space
from tests.support.machines import Machine, prepare
from tests.support.processes import start
from tests.sync.tls import Door, authority, leaf

SESSIONS, SEATS = 20, 500


def rows(folder: Path) -> Iterator[Row]:
    """Measure row by row."""
    yield from a_day(folder)
    yield from a_backlog(folder)


# --- the same changes as anybody would post them ------------------------------------


def rest(changes: Sequence[Authored]) -> bytes:
    """The changes as gzipped JSON of an ordinary programming interface."""
    words = {"i": "create", "u": "update", "x": "delete"}
    said = [
        {
            "id": str(e.change.row_uid),
            "type": e.change.tab,
            "action": words[e.change.op],
            "changed_at": clock.local(clock.hlc_ms(e.change.hlc)).isoformat(timespec="milliseconds"),
            "changed_by": str(e.change.actor) if e.change.actor else None,
            "data": {name: _in_words(value) for name, value in e.change.fields.items()},
        }
        for e in changes
    ]
    return gzip.compress(json.dumps({"changes": said}, ensure_ascii=False).encode(), 6)


def _in_words(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 32 and not value.strip("0123456789abcdef"):
        return str(uuid.UUID(hex=value))
    return value


class Taker(http.server.BaseHTTPRequestHandler):
    """Takes whatever is posted."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"status":"ok"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def posted(folder: Path, certified: Path, body: bytes) -> int:
    """Bytes on the wire of one POST over a new TLS connection."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    door = Door(server.server_port, leaf(folder, certified))
    headers = {
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
        "Authorization": "Bearer " + "x" * 43,
    }
    with counting(int(door.url.rpartition(":")[2])) as relay:
        line = HttpLine(f"https://127.0.0.1:{relay.port}", certified.read_text())
        line.ask("POST", "/api/v1/changes", headers, body, 30)
        line.close()
    server.shutdown()
    return relay.up + relay.down


# --- a day ---------------------------------------------------------------------------


def a_day(folder: Path) -> Iterator[Row]:
    """A hundred ordinary changes, and the evening's exchange over a TLS session of before."""
    kiosk, centre = prepare(folder / "day"), prepare(folder / "day-centre", "central")
    certified = authority(folder)
    (centre.data / "ca.pem").write_text(certified.read_text())
    space = Space(kiosk, "le soir", at=datetime.datetime.now(datetime.UTC))
    space.before()
    with served(centre.data, folder) as port:
        door = Door(port, leaf(folder, certified))
        with counting(int(door.url.rpartition(":")[2])) as relay:
            _, said = measure.timed(centre.data, "central", "code", "NIO", "--new", "Nioro")
            measure.timed(kiosk.data, "enrol", f"https://127.0.0.1:{relay.port}", said.split()[-1])
            yield from _evening(kiosk, space, relay, posted, folder, certified)


def _evening(
    kiosk: Machine, space: Space, relay: Counting, post: Any, folder: Path, certified: Path
) -> Iterator[Row]:
    talker = Talker(kiosk.store, kiosk.data, "bench")
    talker.exchange()
    asked = space.pushed()
    count, plain = len(asked.rows), rest(asked.rows)
    body = len(frame.encode(asked.document(), dictionary=frame.DICTIONARY)) / count
    beside = f"{len(plain) / count:.1f} B a change"
    yield Row(
        f"{count} ordinary changes, in the body",
        "≤ 20 B a change",
        f"{body:.1f} B a change",
        beside,
        body <= 20,
    )
    relay.cut()
    relay.reset()
    # A day passed: a connection cut within seconds of its last word would count as a bad link.
    time.sleep(line._RESTED)
    talker.exchange()
    talker.close()
    wire, beside = relay.up + relay.down, f"{post(folder, certified, plain) / 1e3:.1f} kB, new session"
    said = f"{wire / 1e3:.1f} kB"
    yield Row("The day's exchange on the wire, TLS resumed", "≤ 6 kB", said, beside, wire <= 6_000)


# --- a backlog, and nothing ------------------------------------------------------------


def a_backlog(folder: Path) -> Iterator[Row]:
    """Ten thousand members and as many enrolments, and then nothing more to send."""
    kiosk, centre = folder / "backlog", folder / "backlog-centre"
    for data, role in ((kiosk, "kiosk"), (centre, "central")):
        data.mkdir()
        (data / "config.toml").write_text(f'role = "{role}"\n')
        measure.timed(data, "upgrade")
    measure.settle(kiosk, "KAY", "Kayes")
    measure.timed(kiosk, "members", "import", str(people(folder / "people.csv")))
    with store_of(kiosk) as store:
        enrol_everybody(store)
        plain = rest(everything(store))
    with served(centre, folder) as port, counting(port) as relay:
        measure.enrol(centre, kiosk, "KAY", relay.port)
        relay.reset()
        took, waiting = measure.timed(kiosk, "sync")[0], measure.waiting(kiosk)
        assert waiting == 0
        sent = (relay.up + relay.down) / 1e6
        said, good = f"{took:.1f} s, {sent:.2f} MB in {relay.requests} requests", took <= 10 and sent <= 1
        what = "20,000 records (10,000 members, 10,000 enrolments) to the centre"
        yield Row(what, "≤ 10 s, ≤ 1.0 MB", said, f"{len(plain) / 1e6:.2f} MB in one body", good)
        took = measure.idle_exchange(kiosk, relay)
        up, down, count = relay.up, relay.down, relay.requests
        said = f"{count} request, {up / 1e3:.2f} kB up, {down / 1e3:.2f} kB down, {took:.2f} s"
        good = count == 1 and max(up, down) <= 700 and took <= 0.1
        yield Row("Sync with nothing to do", "1 request, ≤ 0.7 kB each way, ≤ 0.1 s", said, "", good)


def enrol_everybody(store: Store) -> None:
    """Give each member a seat somewhere."""
    uid, day = places.space_uid("KAY"), clock.today() + datetime.timedelta(days=3)
    with store.open() as current:
        everybody = list(current.scalars(select(Member.uid).order_by(Member.uid)))
        for number in range(SESSIONS):
            with transaction():
                plan = training.Plan(title=f"Internet sur le téléphone {number + 1}", seats=SEATS)
                planned = training.plan_session(uid, plan, [training.HalfDay(day, "09:00", 240)])
                session().flush()
                training.enrol(planned, everybody[number * SEATS : (number + 1) * SEATS])


def everything(store: Store) -> list[Authored]:
    """All the changes of a machine's log."""
    with store.open() as current:
        rows = current.execute(select(sync_log).order_by(sync_log.c.seq)).all()
        return [replace(outbox.authored(row)) for row in rows]


@contextmanager
def store_of(data: Path) -> Iterator[Store]:
    """The store of a data directory."""
    settings = load(data, {})
    store = open_store(settings.database_url, settings.role)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def served(data: Path, folder: Path) -> Iterator[int]:
    """The port of a served machine."""
    running = start(data, folder / f"{data.name}.log")
    running.wait()
    try:
        yield running.port
    finally:
        running.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as place:
        sys.exit(0 if show(rows(Path(place)), "Gzipped REST JSON") else 1)
