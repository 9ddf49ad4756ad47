"""Making the machines of the demonstration ready: databases, example data, enrolment, and starting them."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from deploy import bound
from deploy.example.names import PROFILES
from deploy.example_data import PINS
from deploy.fleet import LINK_PATIENCE, DemoError, Fleet, Machine, is_free, wait_for
from kiosk.accounts.models import Role

COORDINATOR = ("Salimata Coulibaly", "la saison des pluies")
EDITOR = ("Oumar Tounkara", "le marché du samedi")
TASKS = {Role.MANAGER: "gère l’espace", Role.TRAINER: "forme", Role.AUTHOR: "écrit"}
ENROLLED, LIVED = "enrolled", "lived"


def say(sentence: str) -> None:
    """Tell the person who waits what is going on."""
    click.echo(sentence, err=True)


def sign_ins(machine: Machine) -> list[tuple[str, str, str]]:
    """Who signs in on a machine: name, task, secret."""
    if not machine.code:
        return [(COORDINATOR[0], "coordonne", COORDINATOR[1]), (EDITOR[0], "relit", EDITOR[1])]
    profile = PROFILES[machine.code]
    names = {Role.MANAGER: profile.manager, Role.TRAINER: profile.trainer, Role.AUTHOR: profile.author}
    return [(name, TASKS[role], f"PIN {PINS[role]}") for role, name in names.items()]


def kiosks(everyone: Sequence[Machine]) -> list[Machine]:
    """The machines that are kiosks."""
    return [machine for machine in everyone if machine.code]


def make_ready(everyone: Sequence[Machine], host: str) -> None:
    """Give every machine its configuration, its database and its team; the centre its directory."""
    say("Préparation des machines.")
    for machine in everyone:
        machine.configure(host)
    _together([machine.command("upgrade") for machine in everyone])
    _together([_filling(machine, "--team-only") for machine in kiosks(everyone)])
    centre = next(machine for machine in everyone if not machine.code)
    if COORDINATOR[0] not in centre.run("staff", "list"):
        _open_centre(centre)


def _open_centre(centre: Machine) -> None:
    centre.run("central", "init")
    for (name, secret), role in ((COORDINATOR, Role.COORDINATOR), (EDITOR, Role.EDITOR)):
        centre.run("staff", "add", name, "--role", role.value, "--password", "-", typed=secret)
    _together([[sys.executable, "-m", "deploy.example.directory", str(centre.data)]])


def _filling(kiosk: Machine, *options: str) -> list[str]:
    return [sys.executable, "-m", "deploy.example_data", str(kiosk.data), "--space", kiosk.code, *options]


def _together(commands: Sequence[list[str]]) -> None:
    """Run commands side by side; the first that fails stops the demonstration."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    pipes["preexec_fn"] = bound.to_parent()
    running = [subprocess.Popen(command, **pipes) for command in commands]
    for command, process in zip(commands, running, strict=True):
        said, _ = process.communicate()
        if process.returncode:
            raise DemoError(f"« {' '.join(command[1:])} » a échoué.\n{said}")


def start(fleet: Fleet, everyone: Sequence[Machine], switch: Path, with_sync: bool) -> None:
    """Start the centre, the link, the kiosks; the first time, enrol them and let the editor read."""
    centre = next(machine for machine in everyone if not machine.code)
    _links_free(everyone)
    fleet.serve(centre)
    fleet.start("lien", _relaying(centre, everyone, switch), centre.log.with_name("lien.log"))
    live(centre, [kiosk for kiosk in kiosks(everyone) if not (kiosk.data / LIVED).exists()])
    for kiosk in kiosks(everyone):
        fleet.serve(kiosk, *(["--with-sync"] if with_sync else []))


def _links_free(everyone: Sequence[Machine]) -> None:
    """A kiosk knows the centre by the port of its link: another program there would answer in its place."""
    for kiosk in kiosks(everyone):
        if not is_free(kiosk.link_port):
            raise DemoError(
                f"{kiosk.label} : le port {kiosk.link_port} de son lien est pris par un autre programme. "
                "Arrêtez-le, ou recommencez ailleurs avec --data DOSSIER."
            )


def _relaying(centre: Machine, everyone: Sequence[Machine], switch: Path) -> list[str]:
    ports = [f"{kiosk.name}:{kiosk.link_port}" for kiosk in kiosks(everyone)]
    return [sys.executable, "-m", "deploy.relay", str(centre.port), str(switch), *ports]


def live(centre: Machine, new: Sequence[Machine]) -> None:
    """Let new kiosks live their year: enrolled, filled, sent, and their first articles read."""
    if not new:
        return
    for kiosk in new:
        enrol(centre, kiosk)
    say("Une année d’exemple dans chaque espace.")
    _together([_filling(kiosk) for kiosk in new])
    say("Premier envoi de chaque kiosque au centre.")
    for kiosk in new:
        kiosk.sync()
    _together([[sys.executable, "-m", "deploy.example.desk", str(centre.data)]])
    for kiosk in new:
        (kiosk.data / LIVED).touch()


def enrol(centre: Machine, kiosk: Machine) -> None:
    """Bind a kiosk to the centre with a one-time code, and bring the directory down."""
    if (kiosk.data / ENROLLED).exists():
        return
    code = centre.run("central", "code", kiosk.code, "--new", kiosk.label).split()[-1]
    wait_for(kiosk.link_port, LINK_PATIENCE)
    kiosk.run("enrol", f"http://127.0.0.1:{kiosk.link_port}", code)
    (kiosk.data / ENROLLED).touch()
    kiosk.sync()
