"""The `kiosk` command: collects every room's commands.

An operator's mistake gets one line and a non-zero exit, never a traceback: see `operator`.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from kiosk import __version__, config, rooms
from kiosk.config import Settings
from kiosk.operator import Mistake, Operator
from kiosk.storage import StoreError, console, journal, thrift, transaction
from kiosk.storage.absent import absent, later
from kiosk.storage.lock import SERVING, only_one

_DEFAULT_DATA = "/var/lib/kiosk"


@click.group(cls=Operator, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: os.environ.get("KIOSK_DATA", _DEFAULT_DATA),
    help="Dossier de la machine (KIOSK_DATA).",
)
@click.version_option(__version__, prog_name="kiosk")
@click.pass_context
def main(ctx: click.Context, data: Path) -> None:
    """Serveur des espaces connectés : un kiosque, ou le centre."""
    settings = config.load(data)
    ctx.obj = settings
    console.rooms_ship_with(ctx, lambda: rooms.ship(settings))
    console.rooms_arrive_with(ctx, rooms.arrive)
    console.stores_open_with(ctx, lambda: rooms.open_store(settings.database_url, settings.role))


@main.command()
@click.option("--host", help="Adresse d’écoute.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port d’écoute ; 0 pour un port libre.")
@click.option("--with-sync", is_flag=True, help="Lance aussi l’envoi vers le centre.")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, with_sync: bool) -> None:
    """Ouvre les pages sur le réseau local."""
    # Nothing made while starting is garbage: looking for some takes a tenth of the start.
    gc.disable()
    thrift.begin()
    settings.data.mkdir(parents=True, exist_ok=True)
    place = (host or settings.host, settings.port if port is None else port)
    # A database in one file has one server; one of PostgreSQL has as many as it needs.
    several = not settings.database_url.startswith("sqlite")
    with only_one(settings.data / SERVING, "Ce dossier est déjà servi", shared=several):
        journal.follow(settings.data)
        _prepare(settings)
        worker = _start_worker(settings) if with_sync else None
        try:
            _serve(settings, place)
        finally:
            if worker:
                worker.terminate()


def _prepare(settings: Settings) -> None:
    """Make an empty directory ready; refuse a database of another version."""
    store = rooms.open_store(settings.database_url, settings.role)
    if store.version() is None:
        # In a process of its own: the serving one never pays for the migrations' memory.
        made = subprocess.run(_command(settings, "upgrade"), stdout=subprocess.DEVNULL)
        if made.returncode:
            raise StoreError("la base n’a pas pu être préparée, voyez la ligne au-dessus")
    store.check_version()
    store.close()


def _command(settings: Settings, *words: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", "--data", str(settings.data), *words]


def _start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(_command(settings, "sync", "--watch"))


def _serve(settings: Settings, place: tuple[str, int]) -> None:
    with absent("ssl"), later("difflib"), later("importlib.metadata"), later("pdb"), later("urllib.request"):
        # Helpers for tests, versions and pages of another kind.
        from waitress import create_server

        from kiosk.app import create_app
    from kiosk.web import connections, front

    app = create_app(settings)
    front.speak_for(app)
    tempfile.tempdir = str(settings.spool)
    server: Any = create_server(
        app,
        host=place[0],
        port=place[1],
        threads=settings.threads,
        connection_limit=connections.PLACES,
        channel_timeout=60,
        asyncore_use_poll=True,
        max_request_body_size=settings.max_upload + 1024 * 1024,
        ident=None,
    )
    connections.share(server)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for line in (f"Adresse : http://{place[0]}:{server.effective_port}/", *_console_lines(app)):
        click.echo(line)
    sys.stdout.flush()
    gc.freeze()
    gc.enable()
    try:
        server.run()
    finally:
        for stop in app.extensions.get("on_stop", ()):
            stop()


def _console_lines(app: Any) -> list[str]:
    """Return what rooms have to tell the person at the console, such as the set-up code."""
    with app.app_context(), app.extensions["store"].open():
        return [line for tell in app.extensions.get("on_serve", ()) if (line := tell())]


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Pour une autre machine.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Dit ce que la machine contient et ce qui attend."""
    from kiosk.reports import state

    with console.opened():
        found = state.of_kiosk(settings.data) if settings.role == "kiosk" else state.of_centre()
        text = json.dumps(found, ensure_ascii=False) if as_json else "\n".join(state.lines(found))
    click.echo(text)


@main.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Vérifie la machine ; chaque ligne dit si c’est bon et quoi faire."""
    from kiosk.reports import doctor as checks

    found = checks.check(settings)
    for line in found:
        click.echo(f"{'bon ' if line.good else 'NON '} {line.name} : {line.note}")
    if not all(line.good for line in found):
        raise Mistake("une vérification a échoué, voyez la ligne marquée NON")


@main.command()
@click.option("--send", is_flag=True, help="Le met aussi en attente pour le centre.")
@click.pass_obj
def diagnostic(settings: Settings, send: bool) -> None:
    """Dit l’état de la machine à qui l’aide de loin, sans aucun nom."""
    from kiosk.reports import diagnostic as report
    from kiosk.reports import doctor as checks
    from kiosk.sync import diagnoses

    if settings.role != "kiosk":
        raise Mistake("cette commande sert au kiosque, ce dossier est celui du centre")
    found = checks.check(settings)
    with console.opened():
        state = report.of_kiosk(settings, found)
        if send:
            with transaction():
                diagnoses.queue(state)
    click.echo(diagnoses.readable(diagnoses.packed(state)))
