"""How much a machine holds and how much waits, as `kiosk status` says it."""

import uuid
from dataclasses import asdict
from typing import Any

from kiosk.central import queries as central
from kiosk.language import formats, msg
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.posts import queries as posts
from kiosk.sync import status as sync
from kiosk.training import facts as training


def of_kiosk() -> dict[str, Any]:
    """Return the state of a kiosk: what it holds, what waits, its last exchange (ms or None)."""
    here = places.here()
    sending = sync.current()
    return {
        "role": "kiosk",
        "space": here.code if here else None,
        **_held(None),
        "changes": {
            "waiting": sending.waiting,
            "acknowledged": sending.acknowledged,
            "held": sending.held,
        },
        "last_exchange": sending.last_exchange,
    }


def of_centre() -> dict[str, Any]:
    """Return the same for the centre: one entry a kiosk, and everything in total."""
    nodes = central.kiosks()
    total = {"waiting": 0, "acknowledged": sum(n.received for n in nodes), "held": sum(n.held for n in nodes)}
    return {
        "role": "central",
        "space": None,
        **_held(None),
        "changes": total,
        "last_exchange": max((n.last_seen for n in nodes if n.last_seen), default=None),
        "kiosks": [_node(node) for node in nodes],
    }


def _node(node: central.Kiosk) -> dict[str, Any]:
    return {
        "node": node.node_no,
        "space": node.code,
        **_held(node.space_uid),
        "changes": {"waiting": 0, "acknowledged": node.received, "held": node.held},
        "last_exchange": node.last_seen,
    }


def _held(space_uid: uuid.UUID | None) -> dict[str, Any]:
    counts = asdict(training.counts(space_uid))
    return {"members": members.count(space_uid), **counts, "posts": posts.counts(space_uid)}


def lines(state: dict[str, Any]) -> list[str]:
    """Say a state in words, one line a fact."""
    last = state["last_exchange"]
    changes = state["changes"]
    said = [
        str(msg("%(space)s (%(role)s)", space=state["space"] or "–", role=state["role"])),
        str(msg("  membres : %(n)s", n=formats.number(state["members"]))),
        str(msg("  formations : %(n)s", n=formats.number(state["sessions"]))),
        str(msg("  inscriptions : %(n)s", n=formats.number(state["enrolments"]))),
        str(msg("  présences : %(n)s", n=formats.number(state["attendance"]))),
        str(msg("  articles : %(n)s", n=_by_state(state["posts"]))),
        str(msg("  changements : %(words)s", words=_changes(changes))),
        str(msg("  dernier échange : %(when)s", when=formats.iso(last) if last else msg("jamais"))),
    ]
    return said + [line for node in state.get("kiosks", ()) for line in lines({"role": "kiosk", **node})]


def _by_state(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "0"


def _changes(changes: dict[str, int]) -> str:
    words = msg("%(waiting)s en attente, %(acknowledged)s reçus, %(held)s retenus", **changes)
    return str(words)
