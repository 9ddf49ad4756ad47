"""The demonstration: `./deploy/demo`, `./deploy/demo --check`, `./deploy/demo link off|on`."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import click

from deploy import check, preparing
from deploy.fleet import PORTS, DemoError, Fleet, Machine, machines, settle, tail
from deploy.relay import Switch
from kiosk.storage.lock import AlreadyRunning, only_one

DEFAULT = Path(".demo")
SWITCH = "link-off"
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WORDS = (
    ("\nCouper le lien", "./deploy/demo link off"),
    ("Rétablir le lien", "./deploy/demo link on"),
    ("Arrêter", "Ctrl-C\n"),
)


def started_in(path: Path) -> Path:
    """A path typed by a person is seen from where she stood."""
    return Path(os.environ.get("KIOSK_DEMO_FROM", "."), path).resolve()


@click.group(invoke_without_command=True)
@click.option("--check", "checking", is_flag=True, help="Fait un échange, puis dit si tout est arrivé.")
@click.option("--data", type=click.Path(path_type=Path), help="Dossier des machines (.demo).")
@click.option("--fresh", is_flag=True, help="Efface d’abord les données de la démonstration.")
@click.option("--host", default="127.0.0.1", help="Adresse d’écoute ; 0.0.0.0 pour un téléphone.")
@click.pass_context
def main(ctx: click.Context, checking: bool, data: Path | None, fresh: bool, host: str) -> None:
    """Un centre et trois kiosques sur cette machine, avec une année de données d’exemple."""
    root = started_in(data) if data else DEFAULT.resolve()
    ctx.obj = root
    if ctx.invoked_subcommand is None:
        show(root, host, checking, fresh)


@main.command()
@click.argument("state", type=click.Choice(["on", "off"]))
@click.argument("names", nargs=-1, metavar="[KIOSQUE]...")
@click.pass_obj
def link(root: Path, state: str, names: tuple[str, ...]) -> None:
    """Coupe (off) ou rétablit (on) le lien des kiosques avec le centre."""
    known = [machine.name for machine in machines(root) if machine.code]
    unknown = set(names) - set(known)
    if unknown:
        raise click.ClickException(f"kiosque inconnu : {', '.join(unknown)} (connus : {', '.join(known)})")
    switch = Switch(root / SWITCH)
    (switch.cut if state == "off" else switch.restore)(names or known)
    down = switch.down()
    for name in known:
        click.echo(f"{name:<10} {'lien coupé' if name in down else 'relié au centre'}")


def show(root: Path, host: str, checking: bool, fresh: bool) -> None:
    """Prepare what is missing, start everything, and stay (or check, and go)."""
    root.mkdir(parents=True, exist_ok=True)
    try:
        with only_one(root / "lock", "La démonstration tourne déjà dans ce dossier"):
            if fresh:
                wipe(root)
            run(root, host, checking)
    except (DemoError, AlreadyRunning) as error:
        raise click.ClickException(str(error)) from error


def wipe(root: Path) -> None:
    """Remove the machines of the demonstration and nothing else."""
    for machine in machines(root):
        shutil.rmtree(machine.data, ignore_errors=True)
    for name in (SWITCH, PORTS):
        (root / name).unlink(missing_ok=True)


def run(root: Path, host: str, checking: bool) -> None:
    """Bring the fleet up; always bring it down again."""
    heed()
    settle(root)
    fleet, everyone = Fleet(), machines(root)
    try:
        started = time.monotonic()
        preparing.make_ready(everyone, host)
        preparing.start(fleet, everyone, root / SWITCH, with_sync=not checking)
        click.echo(f"Prêt en {time.monotonic() - started:.0f} s.", err=True)
        tell_cut(Switch(root / SWITCH))
        if checking:
            sys.exit(check.exchange(everyone))
        introduce(everyone)
        watch(fleet, everyone)
    except KeyboardInterrupt:
        click.echo("\nArrêt.")
    finally:
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)  # whoever insists: everything is stopping
        fleet.stop()


def heed() -> None:
    """Let SIGTERM and the end of the terminal stop everything as Ctrl-C does (`nohup` keeps its word)."""
    for number in ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def tell_cut(switch: Switch) -> None:
    """Say which links are still cut from another day: nothing would arrive, for that alone."""
    if down := sorted(switch.down()):
        click.echo(f"Lien coupé : {', '.join(down)}. Le rétablir : ./deploy/demo link on", err=True)


def introduce(everyone: list[Machine]) -> None:
    """Print where everything is and who signs in where."""
    for machine in everyone:
        click.echo(f"\n{bold(machine.label)}  {click.style(machine.url, underline=True)}")
        for name, task, secret in preparing.sign_ins(machine):
            click.echo(f"   {name:<22} {task:<22} {secret}")
    # A phone that carries a key has its own way to the centre: cutting a kiosk's link leaves it.
    carried = [("Clé portée, lien coupé", f"{one.url}/porteur") for one in everyone if not one.code]
    for what, words in (*WORDS[:-1], *carried, WORDS[-1]):
        click.echo(f"{bold(what):<32} {words}")


def bold(text: str) -> str:
    return click.style(text, bold=True)


def watch(fleet: Fleet, everyone: list[Machine]) -> None:
    """Stay until Ctrl-C (or the end of the terminal), or until a machine falls."""
    logs = {machine.name: machine.log for machine in everyone}
    while True:
        for name in fleet.fallen():
            said = tail(logs[name]) if name in logs else ""
            raise DemoError(f"{name} s’est arrêté.\n{said}")
        time.sleep(0.5)


if __name__ == "__main__":
    main(prog_name="./deploy/demo")
