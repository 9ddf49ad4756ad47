"""`kiosk members import`, `kiosk members export` and `kiosk members doubles`."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from kiosk.language import formats, nmsg
from kiosk.members import exporting
from kiosk.members.importer import apart, merging, plan, sheet, writing
from kiosk.members.importer.pace import leave_at_once, undisturbed
from kiosk.members.importer.plan import Outcome, Plan, Step
from kiosk.members.importer.sheet import Table
from kiosk.members.links import queries as links
from kiosk.members.links.looking import LookOut
from kiosk.places import queries as places
from kiosk.storage import Refusal, set_actor, transaction
from kiosk.storage.console import opened

_WORDS = {
    Outcome.NEW: "nouveau",
    Outcome.FILLED: "complété",
    Outcome.SAME: "identique",
    Outcome.SKIPPED: "ignoré",
    Outcome.WRONG: "à corriger",
}
_COLOURS = {Outcome.NEW: "green", Outcome.FILLED: "cyan", Outcome.WRONG: "red"}


@click.group("members")
def group() -> None:
    """Registre des membres : lire un fichier, en écrire un, trouver les doublons."""


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Montre ce qui serait fait, sans rien écrire.")
@click.option("--date", "day", help="Date du registre, si le fichier donne des âges (05/01/2027).")
def import_(file: Path, dry_run: bool, day: str | None) -> None:
    """Lit le registre FILE (.xlsx, .ods, .csv) ligne par ligne, puis l’écrit d’un coup."""
    taken = _day(day)
    leave_at_once()
    with opened(), undisturbed():
        tables = sheet.read(file)
        with transaction():
            planned = _planned(tables, taken)
            click.echo("\n".join(map(_line, planned.steps)))
            if not dry_run:
                writing.apply(planned, file.name)
    click.echo(summary(planned, dry_run))


def _day(text: str | None) -> Any:
    if not text:
        return None
    try:
        return formats.parse_date(text)
    except ValueError as error:
        raise click.BadParameter(f"« {text} » n’est pas une date. Exemple : 05/01/2027.") from error


def _planned(tables: list[Table], day: Any) -> Plan:
    space = places.here_uid()
    if space is None:
        raise click.ClickException("cette machine n’a pas encore d’espace : préparez-la d’abord")
    with click.progressbar(length=100, label="Lecture", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            if moved := 100 * done // total - bar.pos:
                bar.update(moved)

        return plan.make(tables, space, day, progress)


def _line(step: Step) -> str:
    notes = [str(note) for note in (step.reason, *step.line.remarks) if note]
    if step.differs:
        fields = ", ".join(str(merging.LABELS[one.field]) for one in step.differs)
        notes.append(f"Autre réponse dans le registre, gardée : {fields}.")
    word = click.style(f"{_WORDS[step.outcome]:<11}", fg=_COLOURS.get(step.outcome))
    return f"{step.line.place:<14}{word}{step.line.label:<30}{' '.join(notes)}".rstrip()


def summary(planned: Plan, dry_run: bool) -> str:
    """Say the counts of a plan in one line."""
    counts = planned.counts
    said = ", ".join(f"{counts[outcome]} {_WORDS[outcome]}" for outcome in Outcome if counts[outcome])
    lines = nmsg("%(n)s ligne", "%(n)s lignes", len(planned.steps))
    return f"{lines} : {said or 'rien'}." + (" Rien n’a été écrit." if dry_run else "")


@group.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--avec-noms", "named", is_flag=True, help="Tout le registre ; sinon ni noms, ni numéros.")
def export(file: Path, named: bool) -> None:
    """Écrit le registre dans FILE (.csv ou .xlsx), sans les noms par défaut."""
    if file.suffix.lower().lstrip(".") not in exporting.KINDS:
        raise Refusal(exporting.WRONG_KIND)
    with opened():
        size = exporting.write(file, named)
    file.chmod(0o600)
    click.echo(f"Écrit : {file} ({formats.size(size)}).")


@group.command("apart", hidden=True)
def apart_() -> None:
    """Fait pour le serveur le travail d’un long fichier, demandé et rendu par les tuyaux."""
    job = apart.heard(sys.stdin.buffer.read())
    leave_at_once()
    with opened(), undisturbed():
        set_actor(job.staff)
        try:
            tables = sheet.read(job.path, job.above)
            with transaction() if job.writes else nullcontext():
                answer = apart.do(job, tables)
        except Refusal as refusal:
            answer = refusal
        sys.stdout.buffer.write(apart.told(answer))


@group.command("doubles")
def doubles() -> None:
    """Compare tout de suite les cartes qui ont changé, et compte les doublons à vérifier."""
    with opened() as store:
        cards = LookOut(store, pause=0.005).look()
        inside, across = links.count_waiting(across=False), links.count_waiting(across=True)
    for sentence in (
        nmsg("%(n)s carte comparée.", "%(n)s cartes comparées.", cards),
        nmsg("%(n)s doublon possible dans un espace.", "%(n)s doublons possibles dans un espace.", inside),
        nmsg("%(n)s doublon possible entre espaces.", "%(n)s doublons possibles entre espaces.", across),
    ):
        click.echo(sentence)


commands = [group]
