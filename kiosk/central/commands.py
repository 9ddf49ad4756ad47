"""`kiosk central …`: the centre's console."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from kiosk.central import compaction, copies, enrol_file, keys, meta, nodes, queries, services
from kiosk.central.sink import CommitLog
from kiosk.config import CONFIG_NAME, Settings
from kiosk.language import msg
from kiosk.storage import Refusal, Store, session, transaction
from kiosk.storage.console import opened
from kiosk.sync.bundle import stick
from kiosk.sync.code import Code
from kiosk.sync.compaction import shrink


@click.group()
def central() -> None:
    """Le centre : préparer, relier un kiosque, retirer une clé."""


@central.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Fait de ce dossier un centre, avec une base prête."""
    settings.data.mkdir(parents=True, exist_ok=True)
    _write_role(settings.data / CONFIG_NAME)
    command = [sys.executable, "-m", "kiosk", "--data", str(settings.data), "upgrade"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    click.echo(f"Le centre est prêt dans {settings.data}.")
    click.echo("Ajoutez la coordination : kiosk staff add NOM --role coordinator")


def _write_role(path: Path) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    role = tomllib.loads(before).get("role")
    if role is None and not (path.parent / "kiosk.db").exists():
        path.write_text(f'role = "central"\n{before}', encoding="utf-8")
    elif role != "central":
        raise Refusal(msg("Ce dossier est celui d’un kiosque. Choisissez-en un autre."))


@central.command()
@click.argument("space", required=False)
@click.option("--new", "name", metavar="NOM", help="Ouvre un espace que le centre ne connaît pas encore.")
@click.option("--replaces", type=int, metavar="NUMÉRO", help="La machine perdue dont la clé sera retirée.")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Y met la clé et les fiches.")
@click.option("--address", help="Avec --file : l’adresse du centre pour ce kiosque.")
@click.pass_obj
def code(
    settings: Settings,
    space: str | None,
    name: str | None,
    replaces: int | None,
    file: Path | None,
    address: str | None,
) -> None:
    """Fait un code, valable une fois et sept jours, pour relier le kiosque de SPACE."""
    if (file is None) != (address is None):
        raise click.UsageError("--file et --address vont ensemble.")
    if (space is None) == (replaces is None):
        raise click.UsageError("Dites l’espace, ou --replaces et le numéro de la machine perdue.")
    with _centre(), transaction():
        if replaces is not None:
            made = services.replacement_code(replaces, settings.data)
        else:
            made = _code_for(space or "", name, settings.data)
    if file is not None:
        put = partial(stick.put_bytes, file)
        with _centre():
            enrol_file.make(made, settings.data, address or "", replaces is not None, put)
    click.echo(str(made))


def _code_for(space: str, name: str | None, data: Path) -> Code:
    """A code mistyped by one letter would found a space that nobody ever visits: a new one is meant."""
    if name is None and not services.is_known(space):
        asked = "Le centre ne connaît pas l’espace %(space)s. S’il est nouveau, ajoutez --new et son nom."
        raise Refusal(msg(asked, space=space.upper()))
    return services.make_code(space, data, name)


@central.command()
@click.argument("kiosk")
def revoke(kiosk: str) -> None:
    """Retire la clé d’un kiosque : son numéro, ou le code de son espace."""
    with _centre():
        one = _named(kiosk)
        with transaction():
            nodes.revoke(one.node_no)
    click.echo(f"La clé du kiosque {one.node_no} ({one.name}) est retirée.")


@central.command()
@click.argument("kiosk")
def rekey(kiosk: str) -> None:
    """Donne une nouvelle clé à un kiosque, au prochain échange. L’ancienne vaut jusque-là."""
    with _centre():
        one = _named(kiosk)
        with transaction():
            keys.renew(one.node_no)
    click.echo(f"Le kiosque {one.node_no} ({one.name}) recevra une nouvelle clé au prochain échange.")


def _named(words: str) -> queries.Kiosk:
    every = [one for one in queries.kiosks() if words in (str(one.node_no), one.code, one.code.lower())]
    live = [one for one in every if one.revoked_at is None] or every
    if not live:
        raise click.ClickException(f"Aucun kiosque ne s’appelle « {words} ».")
    if len(live) != 1:
        numbers = ", ".join(str(one.node_no) for one in live)
        raise Refusal(msg("Dites le numéro du kiosque. Trouvé\u00a0: %(numbers)s.", numbers=numbers))
    return live[0]


@central.command()
def restored() -> None:
    """Dit que la base vient d’une copie : les kiosques renvoient ce qui manque."""
    with _centre(), transaction():
        epoch = meta.new_epoch(session().connection())
    click.echo(f"Époque {epoch} : chaque kiosque renverra ce que le centre n’a plus.")


@central.command()
@click.argument("mark", required=False, type=int)
def offsite(mark: int | None) -> None:
    """Sans nombre : marque l’instant d’une copie. Avec MARK : dit que cette copie est à l’abri ailleurs."""
    with _centre(), transaction():
        if mark is not None:
            copies.safe(mark)
            click.echo(f"La copie {mark} est à l’abri : les kiosques peuvent alléger leur journal.")
            return
        number = copies.mark()
    click.echo(f"Marque {number}. Faites maintenant la copie, portez-la ailleurs.")
    click.echo(f"Puis : kiosk central offsite {number}")


@central.command()
@click.option("--silent", default=compaction.STALE_DAYS, show_default=True, metavar="JOURS")
def compact(silent: int) -> None:
    """Allège le journal du centre. Un kiosque muet plus de JOURS recevra tout de nouveau."""
    with _centre() as store:
        gone = compaction.lighten(store, silent)
        if store.url.database and store.engine.dialect.name == "sqlite":
            shrink(store.engine, Path(store.url.database).parent)
    click.echo(f"Lignes de journal retirées : {gone}.")


@contextmanager
def _centre() -> Iterator[Store]:
    """Open the store, if it is a centre's."""
    with opened() as store:
        if not isinstance(store.sink, CommitLog):
            raise Refusal(msg("Cette commande sert au centre. Ce dossier est celui d’un kiosque."))
        yield store


commands = [central]
