"""Importing a register: choose a file, read what will happen, then write."""

import uuid
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import fmt, msg, nmsg
from kiosk.members.forms import FileForm
from kiosk.members.routes.sight import reader
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import PER_PAGE, Page, page_number
from kiosk.web.rights import Right

if TYPE_CHECKING:
    from kiosk.members.importer.apart import Seen, Written
    from kiosk.members.importer.sheet import Table
    from kiosk.members.importer.spool import Waiting

# The importer is loaded with the first register that is brought: most days nobody brings one.
Answer = str | Response | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/membres/import", "choose_file", choose_file, methods=["GET", "POST"])
    blueprint.get("/membres/import/<token>")(preview)
    blueprint.get("/membres/import/<token>/lignes")(explained)
    blueprint.post("/membres/import/<token>/ecrire")(write)
    blueprint.post("/membres/import/<token>/laisser")(leave)
    blueprint.post("/membres/import/<uuid:run>/annuler")(undo)


@needs(Right.EDIT_MEMBERS)
def choose_file() -> Answer:
    """Take a file in and show what it would do; an unreadable one says why at once."""
    from kiosk.members.importer import spool, writing

    form = FileForm()
    if is_submitted_ok(form):
        day = form.day.data.isoformat() if form.day.data else ""
        waiting = spool.Waiting(
            Path(form.file.data.filename or "registre").name[:120], str(reader().uid), day
        )
        token = spool.keep(folder(), waiting, lambda path: form.file.data.save(path))
        with refused(form) as outcome:
            page = first_page(token)
        if outcome.ok:
            return redirect(url_for(page, token=token), 303)
        spool.drop(folder(), token)
    spool.clear(folder())
    page = render_template("members/import.html", form=form, runs=writing.runs())
    return page, 422 if form.is_submitted() else 200


def first_page(token: str) -> str:
    """Return the page to go on with: what will happen, or the columns where no title is known."""
    from kiosk.members.importer import columns
    from kiosk.members.importer.sheet import Untitled

    try:
        work(token, "look")
    except Untitled:
        if all(columns.titles_at(table.rows) is None for table in read(token)[0]):
            raise
        return "members.choose_columns"
    return "members.preview"


def folder() -> Path:
    """Return where files wait."""
    found: Path = current_app.config["SETTINGS"].spool
    return found


def read(token: str) -> tuple["list[Table]", "Waiting"]:
    """Return the tables of a waiting file; slow, so never inside a transaction."""
    from kiosk.members.importer import sheet, spool

    path, waiting = spool.find(folder(), token, str(reader().uid))
    return sheet.read(path, waiting.above), waiting


def work(token: str, task: str, **wanted: Any) -> Any:
    """Have something done with a waiting file: at once, or in a process of its own where it is long."""
    from kiosk.members.importer import apart, sheet, spool

    path, waiting = spool.find(folder(), token, str(reader().uid))
    job = apart.Job(task, path, waiting.file_name, waiting.day, reader().uid, above=waiting.above, **wanted)
    if apart.is_long(path):
        return apart.ask(current_app.config["SETTINGS"].data, job)
    tables = sheet.read(path, waiting.above)
    with transaction() if job.writes else nullcontext():
        return apart.do(job, tables)


@needs(Right.EDIT_MEMBERS)
def preview(token: str) -> str:
    """Show line by line what the import will do; nothing is written yet."""
    from kiosk.members.importer import merging, spool
    from kiosk.members.importer.plan import Outcome

    asked = request.args.get("suite", "")
    chosen = Outcome(asked) if asked in set(Outcome) else None
    first = (page_number() - 1) * PER_PAGE
    seen: Seen = work(token, "look", outcome=chosen, first=first, count=PER_PAGE)
    waiting = spool.find(folder(), token, str(reader().uid))[1]
    return render_template(
        "members/preview.html",
        plan=seen,
        counts=seen.counts,
        said=_said(seen),
        page=_page(seen),
        chosen=chosen,
        waiting=waiting,
        back=_whence(waiting),
        token=token,
        outcomes=Outcome,
        labels=merging.LABELS,
        shown=lambda name, value: merging.shown(name, value, seen.communes),
    )


def _whence(waiting: "Waiting") -> str:
    """Return the page a file was brought at: that of its group, or the register's."""
    group = uuid.UUID(hex=waiting.group) if waiting.group else None
    return url_for("members.group_list", uid=group) if group else url_for("members.choose_file")


def _said(seen: "Seen") -> str:
    """Say in one sentence what the import holds, the lines left out last."""
    from kiosk.members.importer.plan import Outcome

    counts = seen.counts
    pieces = {
        Outcome.NEW: nmsg("%(n)s personne nouvelle", "%(n)s personnes nouvelles", counts[Outcome.NEW]),
        Outcome.FILLED: nmsg("%(n)s fiche à compléter", "%(n)s fiches à compléter", counts[Outcome.FILLED]),
        Outcome.SAME: nmsg("%(n)s déjà inscrite", "%(n)s déjà inscrites", counts[Outcome.SAME]),
        Outcome.WRONG: nmsg("%(n)s ligne à corriger", "%(n)s lignes à corriger", counts[Outcome.WRONG]),
    }
    told = [text for outcome, text in pieces.items() if counts[outcome]]
    return (
        str(msg("%(what)s.", what=fmt.join(told))) if told else str(msg("Aucune personne dans ce fichier."))
    )


def _page(seen: "Seen") -> Page:
    return Page(seen.steps, min(page_number(), max(1, -(-seen.total // PER_PAGE))), PER_PAGE, seen.total)


@needs(Right.EDIT_MEMBERS)
def write(token: str) -> Response:
    """Write the import in one transaction, compared afresh with the register as it is now."""
    from kiosk.members.importer import spool
    from kiosk.members.importer.plan import Outcome
    from kiosk.members.routes import class_lists

    written: Written = work(token, "write")
    counts = written.counts
    group = spool.find(folder(), token, str(reader().uid))[1].group
    if group:
        return class_lists.written(token, group)
    said = nmsg("%(n)s personne inscrite.", "%(n)s personnes inscrites.", counts[Outcome.NEW])
    if not counts[Outcome.NEW]:
        said = nmsg("%(n)s fiche complétée.", "%(n)s fiches complétées.", counts[Outcome.FILLED])
    done(said, undo=url_for("members.undo", run=written.run))
    if counts[Outcome.WRONG]:
        # What could not be written is still to be corrected: the file stays to say so.
        return redirect(url_for("members.preview", token=token, suite=Outcome.WRONG), 303)
    spool.drop(folder(), token)
    return redirect(url_for("members.index"), 303)


@needs(Right.EDIT_MEMBERS)
def explained(token: str) -> Response:
    """Hand over the lines to correct, or every line (`?tout=1`), each with its reason beside it."""
    body: bytes = work(token, "explain", wrong_alone="tout" not in request.args)
    response = Response(body, content_type=XLSX)
    what = "registre-explique" if "tout" in request.args else "lignes-a-corriger"
    response.headers["Content-Disposition"] = f'attachment; filename="{what}.xlsx"'
    return response


@needs(Right.EDIT_MEMBERS)
def leave(token: str) -> Response:
    """Have done with a file; it leaves the machine."""
    from kiosk.members.importer import spool

    waiting = spool.find(folder(), token, str(reader().uid))[1]
    spool.drop(folder(), token)
    done(msg("Le fichier a quitté la machine."))
    return redirect(_whence(waiting), 303)


@needs(Right.EDIT_MEMBERS)
def undo(run: uuid.UUID) -> Response:
    """Take an import back."""
    from kiosk.members.importer import writing

    with transaction():
        kept = writing.undo(run)
    if kept:
        text = nmsg(
            "L’import est annulé. %(n)s fiche a changé depuis\u00a0: elle reste.",
            "L’import est annulé. %(n)s fiches ont changé depuis\u00a0: elles restent.",
            kept,
        )
        done(text, kind="wait")
    else:
        done(msg("L’import est annulé."))
    return redirect(url_for("members.index"), 303)
