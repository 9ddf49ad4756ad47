"""How much a machine holds and how much waits, as `kiosk status` says it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.language import formats, msg
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.posts import queries as posts
from kiosk.posts import states
from kiosk.sync import status as sync
from kiosk.sync.blobs import status as file_status
from kiosk.training import queries as training

if TYPE_CHECKING:
    from kiosk.central.queries import Kiosk

State = dict[str, Any]
"""`role, space, members, sessions, enrolments, attendance, posts` (by state), `changes`
(`waiting, acknowledged, held`), at a kiosk `files`
(`waiting, to_receive, declined`) and `last_exchange` (UTC milliseconds, None before the first);
a kiosk adds `dropped`, how many of the acknowledged it no longer keeps one by one; the centre
adds `copy`, the moment of the newest copy that somebody declared safe elsewhere (None without
one), and `kiosks`, a list of the same with `node`, the number of the machine. A space's rows
count once: the other machines it has or had say 0, and in `counted_with` which one tells."""


def of_kiosk(data: Path) -> State:
    """Return the state of the kiosk of a directory; `space` is its code, None before set-up."""
    here = places.here()
    sending = sync.current()
    changes = {name: getattr(sending, name) for name in ("waiting", "acknowledged", "held")}
    return {
        "role": "kiosk",
        "space": here.code if here else None,
        **_held(None),
        "changes": changes,
        "files": _files(file_status.files(data)),
        "dropped": sending.dropped,
        "last_exchange": sending.last_exchange,
    }


def of_centre() -> State:
    """Return the same for the centre: everything in total, then one entry a kiosk."""
    from kiosk.central import copies
    from kiosk.central import queries as central

    machines = central.kiosks()
    tellers = _tellers(machines)
    nodes = [_node(one, tellers[one.space_uid]) for one in machines]
    return {
        "role": "central",
        "space": None,
        **_held(None),
        "changes": {name: sum(node["changes"][name] for node in nodes) for name in _CHANGES},
        "last_exchange": max((node["last_exchange"] or 0 for node in nodes), default=0) or None,
        "copy": copies.last_made(),
        "kiosks": nodes,
    }


def _files(found: file_status.Files) -> dict[str, int]:
    """Contents on their way, by network or by key."""
    return {
        "waiting": found.out.count + found.out_by_hand.count,
        "to_receive": found.coming.count + found.coming_by_hand.count,
        "declined": sum(count for _, count in found.declined),
    }


_CHANGES = ("waiting", "acknowledged", "held")


def _tellers(machines: Sequence["Kiosk"]) -> dict[uuid.UUID, int]:
    """Return, by space, the machine whose line tells its rows: the newest whose key is good."""
    ranked = sorted(machines, key=lambda one: (one.revoked_at is None, one.node_no))
    return {one.space_uid: one.node_no for one in ranked}


def _node(node: "Kiosk", teller: int) -> State:
    """The rows of a kiosk's space; `waiting` is what it said it still had when it last spoke."""
    tells = node.node_no == teller
    rows = _held(node.space_uid)
    return {
        "node": node.node_no,
        "role": "kiosk",
        "space": node.code,
        **(rows if tells else {**_nothing(rows), "counted_with": teller}),
        "changes": {"waiting": node.waiting, "acknowledged": node.received, "held": node.held},
        "last_exchange": node.last_seen,
    }


def _nothing(rows: State) -> State:
    return {name: dict.fromkeys(count, 0) if isinstance(count, dict) else 0 for name, count in rows.items()}


def _held(space_uid: uuid.UUID | None) -> State:
    counts = asdict(training.counts(space_uid))
    return {"members": members.count(space_uid, named=True), **counts, "posts": posts.counts(space_uid)}


def lines(state: State) -> Iterator[str]:
    """Say a state in words, one line a fact; the kiosks of a centre follow, set in."""
    yield _title(state)
    for name, value in _facts(state):
        yield f"  {name} : {value}"
    for node in state.get("kiosks", ()):
        yield from (f"  {line}" for line in lines(node))


def _title(state: State) -> str:
    if state["role"] == "central":
        return str(msg("Le centre"))
    return str(msg("Kiosque %(space)s", space=state["space"] or msg("sans espace")))


def _facts(state: State) -> Iterator[tuple[object, object]]:
    if "counted_with" not in state:
        yield from _rows(state)
    yield msg("changements"), _changes(state["changes"])
    if "files" in state:
        yield msg("fichiers"), _contents(state["files"])
    if state.get("dropped"):
        yield msg("journal allégé de"), formats.number(state["dropped"])
    yield msg("dernier échange"), _moment(state["last_exchange"])
    if "copy" in state:
        yield msg("copie à l’abri ailleurs"), _moment(state["copy"])


def _moment(at: int | None) -> object:
    if not at:
        return msg("jamais")
    return msg("le %(day)s à %(time)s", day=formats.date_short(at), time=formats.clock_time(at))


def _rows(state: State) -> Iterator[tuple[object, object]]:
    for key, name in (
        ("members", msg("membres")),
        ("sessions", msg("formations")),
        ("enrolments", msg("inscriptions")),
        ("attendance", msg("présences")),
    ):
        yield name, formats.number(state[key])
    yield msg("articles"), _by_state(state["posts"])


def _by_state(counts: dict[str, int]) -> str:
    said = ", ".join(f"{count} {states.word(name)}" for name, count in counts.items() if count)
    return said or "0"


def _changes(changes: dict[str, int]) -> str:
    words = msg("%(waiting)s en attente, %(acknowledged)s reçus, %(held)s retenus", **changes)
    return str(words)


def _contents(files: dict[str, int]) -> str:
    return str(msg("%(waiting)s en attente, %(to_receive)s à recevoir, %(declined)s refusés", **files))
