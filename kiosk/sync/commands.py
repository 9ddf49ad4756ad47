"""`kiosk sync` and `kiosk enrol`."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kiosk.config import Settings
from kiosk.language import msg
from kiosk.storage import Refusal, Store
from kiosk.storage.console import opened
from kiosk.storage.log import LocalLog
from kiosk.sync import enrol as enrolment
from kiosk.sync import wake, worker
from kiosk.sync.link import Tally


@click.command()
@click.option("--watch", is_flag=True, help="Reste en marche et envoie dès qu’il y a du nouveau.")
@click.pass_obj
def sync(settings: Settings, watch: bool) -> None:
    """Envoie au centre ce qui attend, et reçoit ce qu’il a de nouveau."""
    with _kiosk() as store:
        if watch:
            signal.signal(signal.SIGTERM, _stop)
            worker.Worker(store, settings.data, settings.version).run()
        else:
            tally = worker.once(store, settings.data, settings.version, _show)
            click.echo(_told(tally))


def _told(tally: Tally) -> str:
    sent, received = ("s" if count > 1 else "" for count in (tally.sent, tally.received))
    return f"Tout est envoyé : {tally.sent} changement{sent}, {tally.received} reçu{received}."


def _stop(_number: int, _frame: Any) -> None:
    sys.exit(0)


def _show(done: int, total: int) -> None:
    if total:
        click.echo(f"{done} sur {total}", err=True)


@click.command()
@click.argument("url")
@click.argument("code")
@click.pass_obj
def enrol(settings: Settings, url: str, code: str) -> None:
    """Relie ce kiosque au centre URL, avec le CODE reçu de la coordination."""
    with _kiosk() as store:
        identity = enrolment.enrol(store, Path(settings.data), url, code, settings.version)
    wake.ring(settings.data)
    click.echo(f"Relié au centre : kiosque {identity.node_no}, espace {identity.space}.")


@contextmanager
def _kiosk() -> Iterator[Store]:
    """Open the store, if it is a kiosk's."""
    with opened() as store:
        if not isinstance(store.sink, LocalLog):
            raise Refusal(msg("Cette commande sert au kiosque. Ce dossier est celui du centre."))
        yield store


commands = [sync, enrol]
