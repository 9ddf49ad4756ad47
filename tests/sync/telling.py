"""What the stories have in common."""

import shutil
from pathlib import Path

from sqlalchemy import text

from kiosk.config import load
from kiosk.members import services as members
from kiosk.places import services as places
from tests.support.machines import Machine

NIORO = places.space_uid("NIO")


def register(machine: Machine, name: str, space: str = "NIO") -> None:
    """Register somebody at a kiosk."""
    with machine.writing("manager"):
        given, _, family = name.partition(" ")
        members.register(places.space_uid(space), given_name=given, family_name=family, sex="F")


def named(machine: Machine) -> list[str]:
    """Return the names in a machine's register, each as often as it stands there."""
    with machine.open() as current:
        rows = current.execute(text("select given_name || ' ' || family_name from member"))
        return sorted(row[0] for row in rows)


def copied(machine: Machine, target: Path) -> Machine:
    """Copy a whole data directory, key file and all."""
    machine.close()
    shutil.copytree(machine.data, target)
    return Machine(load(target, {}), machine.people)


def waiting(machine: Machine) -> int:
    with machine.open() as current:
        return current.scalar(text("select count(*) from sync_log where state = 'pending'")) or 0


def stream(machine: Machine) -> bytes:
    with machine.open() as current:
        return bytes(current.scalar(text("select stream_uid from sync_self")))
