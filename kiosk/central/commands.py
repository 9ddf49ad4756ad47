"""`kiosk central …`: the centre's console."""

import subprocess
import sys
from pathlib import Path

import click

from kiosk.central import meta, nodes, queries, services
from kiosk.config import CONFIG_NAME, Settings
from kiosk.language import msg
from kiosk.storage import Refusal, session, transaction
from kiosk.storage.console import opened


@click.group()
def central() -> None:
    """Le centre : préparer, relier un kiosque, retirer une clé."""


@central.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Fait de ce dossier un centre, avec une base prête."""
    settings.data.mkdir(parents=True, exist_ok=True)
    _write_role(settings.data / CONFIG_NAME, settings.role)
    command = [sys.executable, "-m", "kiosk", "--data", str(settings.data), "upgrade"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    click.echo(f"Le centre est prêt dans {settings.data}.")
    click.echo("Ajoutez la coordination : kiosk staff add NOM --role coordinator")


def _write_role(path: Path, role: str) -> None:
    if role == "central":
        if not path.exists():
            path.write_text('role = "central"\n', encoding="utf-8")
        return
    if path.exists() and "role" in path.read_text(encoding="utf-8"):
        raise Refusal(msg("Ce dossier est celui d’un kiosque. Choisissez-en un autre."))
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f'role = "central"\n{before}', encoding="utf-8")


@central.command()
@click.argument("space")
@click.pass_obj
def code(settings: Settings, space: str) -> None:
    """Fait un code, valable une fois et sept jours, pour relier le kiosque de SPACE."""
    _at_the_centre(settings)
    with opened(), transaction():
        made = services.make_code(space, settings.data)
    click.echo(str(made))


@central.command()
@click.argument("kiosk")
@click.pass_obj
def revoke(settings: Settings, kiosk: str) -> None:
    """Retire la clé d’un kiosque : son numéro, ou le code de son espace."""
    _at_the_centre(settings)
    with opened():
        one = _named(kiosk)
        with transaction():
            nodes.revoke(one.node_no)
    click.echo(f"La clé du kiosque {one.node_no} ({one.name}) est retirée.")


def _named(words: str) -> queries.Kiosk:
    every = [one for one in queries.kiosks() if words in (str(one.node_no), one.code, one.code.lower())]
    live = [one for one in every if one.revoked_at is None] or every
    if len(live) != 1:
        numbers = ", ".join(str(one.node_no) for one in live) or "–"
        raise Refusal(msg("Dites le numéro du kiosque. Trouvé\u00a0: %(numbers)s.", numbers=numbers))
    return live[0]


@central.command()
@click.pass_obj
def restored(settings: Settings) -> None:
    """Dit que la base vient d’une copie : les kiosques renvoient ce qui manque."""
    _at_the_centre(settings)
    with opened(), transaction():
        epoch = meta.new_epoch(session().connection())
    click.echo(f"Époque {epoch} : chaque kiosque renverra ce que le centre n’a plus.")


def _at_the_centre(settings: Settings) -> None:
    if settings.role != "central":
        raise Refusal(msg("Cette commande sert au centre. Ce dossier est celui d’un kiosque."))


commands = [central]
