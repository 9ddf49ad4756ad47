"""`kiosk bundle write|read`: the exchange by hand, at either end."""

from pathlib import Path

import click

from kiosk.config import Settings
from kiosk.storage.console import opened


@click.group()
def bundle() -> None:
    """Échange par clé USB ou par fichier : copier ce qui attend, lire ce qui est revenu."""


@bundle.command()
@click.argument("target", metavar="DOSSIER|FICHIER", type=click.Path(path_type=Path))
@click.pass_obj
def write(settings: Settings, target: Path) -> None:
    """Copie ce qui attend, fermé à clé, sur une clé USB ou dans un fichier."""
    from kiosk.sync.bundle import ends

    with opened() as store:
        store.stay_small()
        lines = ends.end_of(store).write_told(store, settings.data, target, settings.version, _show)
    click.echo("\n".join(lines))


@bundle.command()
@click.argument("place", metavar="DOSSIER|FICHIER", type=click.Path(path_type=Path))
@click.pass_obj
def read(settings: Settings, place: Path) -> None:
    """Lit ce que l’autre bout a écrit sur une clé USB ou dans un fichier."""
    from kiosk.sync.bundle import ends

    with opened() as store:
        store.stay_small()
        lines = ends.end_of(store).read_told(store, settings.data, place)
    click.echo("\n".join(lines))


def _show(done: int, total: int) -> None:
    if total:
        click.echo(f"{done} sur {total}", err=True)
