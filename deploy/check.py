"""`./deploy/demo --check`: one full exchange of every kiosk, then the figures of both sides compared."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from deploy.fleet import DemoError, Machine

COMPARED = ("members", "sessions", "enrolments", "attendance")


def exchange(everyone: Sequence[Machine]) -> int:
    """Exchange, show every status, say what failed; return the exit code."""
    centre = next(machine for machine in everyone if not machine.code)
    kiosks = [machine for machine in everyone if machine.code]
    wrong = list(_send(kiosks))
    for machine in everyone:
        click.echo(machine.run("status"))
    wrong += _compare(centre, kiosks)
    for sentence in wrong:
        click.echo(f"ÉCHEC {sentence}", err=True)
    if not wrong:
        click.echo(f"Tout est arrivé : {len(kiosks)} kiosques, un échange complet chacun.")
    return 1 if wrong else 0


def _send(kiosks: Sequence[Machine]) -> Iterator[str]:
    for kiosk in kiosks:
        try:
            kiosk.sync()
        except DemoError as error:
            yield str(error)


def _compare(centre: Machine, kiosks: Sequence[Machine]) -> Iterator[str]:
    """What the centre holds of each kiosk is what the kiosk holds, and nothing waits."""
    seen = centre.status()
    by_space = {node["space"]: node for node in seen["kiosks"]}
    for kiosk in kiosks:
        own = kiosk.status()
        yield from _differences(kiosk.label, own, by_space.get(kiosk.code, {}))
    for name in COMPARED:
        total = sum(node.get(name, 0) for node in by_space.values())
        if seen[name] != total:
            yield f"au centre, {name} : {seen[name]} en tout, mais {total} en additionnant les kiosques"


def _differences(label: str, own: dict[str, Any], seen: dict[str, Any]) -> Iterator[str]:
    for name in COMPARED:
        if own[name] != seen.get(name):
            yield f"{label}, {name} : {own[name]} ici, {seen.get(name, 'rien')} au centre"
    for state, count in own["posts"].items():
        if count != seen.get("posts", {}).get(state):
            yield f"{label}, articles « {state} » : {count} ici, {seen.get('posts', {}).get(state)} au centre"
    for state in ("waiting", "held"):
        if own["changes"][state]:
            yield f"{label} : {own['changes'][state]} changements « {state} »"
    if not own["last_exchange"]:
        yield f"{label} : aucun échange noté"
