"""Commands on the database itself: `upgrade`, `backup`, `restore`."""

from pathlib import Path

import click

from kiosk.config import Settings
from kiosk.language import formats
from kiosk.storage import backup as backups
from kiosk.storage import console, rotation, sealing, server
from kiosk.storage.lock import SENDING, SERVING, only_one
from kiosk.storage.store import Store, finish_schema, head
from kiosk.storage.unit import session, transaction
from kiosk.storage.upgrade import upgrade as run_upgrade

_KEPT_BACKUPS = 3


@click.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Prépare la base, ou la met à niveau après une copie vérifiée."""
    settings.data.mkdir(parents=True, exist_ok=True)
    store = Store(settings.database_url)
    found = store.version()
    if found is not None and found < head() and store.url.get_backend_name() == "sqlite":
        kept = _backup_before(settings, found)
        click.echo(f"Copie avant la mise à niveau : {kept}")
    with server.one_upgrade(store.engine):
        changed = run_upgrade(store)
        store.close()
        with console.opened(), transaction() as session:
            finish_schema(session.connection())
            console.ship()
    click.echo(f"Base à jour ({head()})." if changed else f"Rien à faire : base déjà à jour ({head()}).")


def _backup_before(settings: Settings, found: str) -> Path:
    folder = settings.data / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"avant-{head()}-depuis-{found}.db"
    backups.copy_database(settings.data / backups.DATABASE, target)
    for old in sorted(folder.glob("avant-*.db"), key=lambda path: path.stat().st_mtime)[:-_KEPT_BACKUPS]:
        old.unlink()
    return target


@click.command()
@click.argument("place", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="Dans un dossier : garde les N dernières copies.")
@click.pass_obj
def backup(settings: Settings, place: Path, keep: int | None) -> None:
    """Écrit une copie de secours vérifiée (sans la clé de la machine), chiffrée après backup-key."""
    if keep and not place.is_dir():
        raise click.UsageError("--keep demande un dossier")
    file = rotation.target(place)
    size = backups.write(settings.data, file, _show)
    locked = "chiffrée, " if sealing.lock_of(settings.data) else ""
    click.echo(f"Copie {locked}écrite et vérifiée : {file} ({formats.size(size)})")
    if backups.leaves_out(settings.data):
        click.echo("Copie non chiffrée : ni photos des membres, ni réponses aux six questions.")
        click.echo("« kiosk backup-key » chiffre les copies ; elles y seront.")
    for old in rotation.rotate(place, keep) if keep else ():
        click.echo(f"Ancienne copie effacée : {old.name}")
    _tell_of_erased_names(settings.data, file.parent)


def _tell_of_erased_names(data: Path, folder: Path) -> None:
    """A copy made before an erasure still holds the name: a person has to know which ones."""
    with console.opened():
        erased_at = rotation.last_erasure(session().connection())
    found = rotation.with_erased_names(data, folder, erased_at) if erased_at else []
    if found:
        click.echo("Ces copies datent d’avant un effacement. Elles gardent des noms effacés :")
    for path in found:
        click.echo(f"  {path}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Remet en place une copie de secours ; l’ancienne base est gardée à côté."""
    settings.data.mkdir(parents=True, exist_ok=True)
    running = "Arrêtez d’abord le kiosque : il est en marche"
    opened = sealing.opener(click.prompt("Code de la copie")) if sealing.is_locked(file) else None
    with only_one(settings.data / SERVING, running), only_one(settings.data / SENDING, running):
        kept = backups.restore(file, settings.data, _show, opened)
    if kept:
        click.echo(f"L’ancienne base est gardée : {kept}")
    click.echo("Copie remise en place. Lancez « kiosk upgrade », puis « kiosk serve ».")


@click.command("backup-key")
@click.option("--new", is_flag=True, help="Un autre code ; les copies d’avant gardent l’ancien.")
@click.pass_obj
def backup_key(settings: Settings, new: bool) -> None:
    """Chiffre les copies de secours à venir, avec un code à garder sur papier."""
    if (settings.data / sealing.NAME).exists() and not new:
        raise click.UsageError("les copies sont déjà chiffrées : --new fait un autre code")
    code = sealing.new_code()
    sealing.lock_with(settings.data, code)
    click.echo(f"Code des copies de secours : {code}")
    click.echo("Écrivez-le sur papier. Gardez-le loin de la machine et des copies.")
    click.echo("Sans ce code, personne n’ouvre ces copies. La machine ne le garde pas.")


def _show(done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        click.echo(f"{done} sur {total} fichiers", err=True)


commands = [upgrade, backup, backup_key, restore]
