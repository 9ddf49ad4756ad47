"""`kiosk sync`, `kiosk enrol` and `kiosk centre`."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from kiosk.config import Settings
from kiosk.language import msg
from kiosk.storage import Refusal, Store, console, journal
from kiosk.storage.console import opened
from kiosk.storage.log import LocalLog
from kiosk.sync import asked, move, rebuild, wake, worker
from kiosk.sync import enrol as enrolment
from kiosk.sync.bundle.command import bundle
from kiosk.sync.link import Tally

_COURTESY = 5
"""How far the worker stands back where a page wants the processor too."""


@click.command()
@click.option("--watch", is_flag=True, help="Reste en marche et envoie dès qu’il y a du nouveau.")
@click.pass_obj
def sync(settings: Settings, watch: bool) -> None:
    """Envoie au centre ce qui attend, et reçoit ce qu’il a de nouveau."""
    with _kiosk() as store:
        if watch:
            os.nice(_COURTESY)
            signal.signal(signal.SIGTERM, _stop)
            journal.follow(settings.data)
            talker = worker.Talker(store, settings.data, settings.version, console.arrive)
            worker.Worker(store, settings.data, settings.version, talker).run()
        else:
            alone = partial(_once, settings, store)
            click.echo(_told(asked.through_whom_it_may(store, settings.data, alone, _show)))


def _once(settings: Settings, store: Store) -> Tally:
    return worker.once(store, settings.data, settings.version, _show, console.arrive, _show_files)


def _told(tally: Tally) -> str:
    sent, received = ("s" if count > 1 else "" for count in (tally.sent, tally.received))
    return f"Tout est envoyé : {tally.sent} changement{sent}, {tally.received} reçu{received}."


def _show_files(sent: int, received: int) -> None:
    if sent or received:
        plural = ["s" if count > 1 else "" for count in (sent, received)]
        click.echo(f"{sent} fichier{plural[0]} parti{plural[0]}, {received} reçu{plural[1]}.", err=True)


def _stop(_number: int, _frame: Any) -> None:
    sys.exit(0)


def _show(done: int, total: int) -> None:
    if total:
        click.echo(f"{done} sur {total}", err=True)


@click.command()
@click.option("--replace", is_flag=True, help="Prend la place d’une machine perdue, avec ses données.")
@click.argument("url")
@click.argument("code")
@click.pass_obj
def enrol(settings: Settings, url: str, code: str, replace: bool) -> None:
    """Relie ce kiosque au centre URL (ou par un fichier du centre), avec le CODE reçu de la coordination."""
    if replace or Path(url).exists():
        _prepare(settings.data)
    if Path(url).exists():
        _enrol_by_hand(settings, Path(url), code)
        return
    with _kiosk() as store:
        join = rebuild.begin if replace else enrolment.enrol
        identity = join(store, settings.data, url, code, settings.version)
        click.echo(f"Relié au centre : kiosque {identity.node_no}, espace {identity.space}.")
        rang = wake.ring(settings.data)
        if replace and not rang:
            _fetch(settings, store)
    if replace and rang:
        click.echo("Les fiches de l’espace arrivent toutes seules.")


def _enrol_by_hand(settings: Settings, place: Path, code: str) -> None:
    """Take a key and every row of the space from a stick: no network is needed."""
    from kiosk.sync.bundle import enrol_file

    with _kiosk() as store:
        identity = enrol_file.read(store, settings.data, place, code, console.arrive)
    wake.ring(settings.data)
    click.echo(f"Relié au centre : kiosque {identity.node_no}, espace {identity.space}.")
    click.echo("Ouvrez la page de la machine : chacun y choisit un nouveau code.")


def _prepare(data: Path) -> None:
    """Make an empty directory ready, in a process of its own."""
    if not (data / "kiosk.db").exists():
        data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "kiosk", "--data", str(data), "upgrade"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _fetch(settings: Settings, store: Store) -> None:
    """Bring the space's rows; where the link breaks, the worker goes on by itself."""
    click.echo(f"{_once(settings, store).received} fiches reçues. L’espace est là.")
    click.echo("Ouvrez la page de la machine : chacun y choisit un nouveau code.")


@click.command()
@click.argument("url")
@click.pass_obj
def centre(settings: Settings, url: str) -> None:
    """Dit que le centre a une nouvelle adresse. Ce qui attend ira là-bas."""
    with _kiosk() as store:
        sure = move.to(store, settings.data, url)
    wake.ring(settings.data)
    click.echo(f"Le centre est maintenant à l’adresse {url}.")
    if not sure:
        click.echo("Pas de réseau pour l’instant : l’envoi essaiera cette adresse.")


@contextmanager
def _kiosk() -> Iterator[Store]:
    """Open the store, if it is a kiosk's."""
    with opened() as store:
        if not isinstance(store.sink, LocalLog):
            raise Refusal(msg("Cette commande sert au kiosque. Ce dossier est celui du centre."))
        store.stay_small()
        yield store


commands = [sync, enrol, centre, bundle]
