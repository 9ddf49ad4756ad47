"""The attendance sheet on paper: as a page that prints, as a PDF, and the way back from its code."""

import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.paper.facts import Sheet
from kiosk.storage import NotFound
from kiosk.training import papers, queries, services
from kiosk.training.models import TrainingSession
from kiosk.training.routes.door import blueprint, go, marks, reads, uid_in
from kiosk.web.printing import outside, pdf


@blueprint.get("/formations/<uuid:uid>/feuille")
@reads
def paper(uid: uuid.UUID) -> str:
    """Show the sheet to print, of every sitting or of the one asked for."""
    training = services.find_session(uid)
    lines = [one for one in queries.sitting_lines(uid) if one.state != "cancelled"]
    sheet = papers.sheet(training, _wanted(training, lines))
    return render_template(
        "training/paper.html",
        training=training,
        sheet=sheet,
        across=sheet["across"],
        leaves=sheet["folios"],
        lines=lines,
        asked={name: request.args[name] for name in ("seance", "avec") if request.args.get(name)},
        extra={name: word for name, word in papers.EXTRA.items() if name not in papers.columns_of(training)},
    )


@blueprint.get("/formations/<uuid:uid>/feuille.pdf")
@reads
def paper_pdf(uid: uuid.UUID) -> Response:
    """Give the same sheet as a PDF."""
    training = services.find_session(uid)
    lines = [one for one in queries.sitting_lines(uid) if one.state != "cancelled"]
    sheet: Sheet = papers.sheet(training, _wanted(training, lines))
    return pdf("sheet", sheet, f"feuille {training.code}")


def _wanted(training: TrainingSession, lines: list[queries.SittingLine]) -> papers.Wanted:
    """Return which sheet the address asks for; raises NotFound while there is no day."""
    asked = uid_in(request.args.get("seance", ""))
    chosen = [one for one in lines if one.uid == asked] if asked else lines
    if not chosen:
        raise NotFound(msg("Donnez d’abord une date : la feuille en a besoin."))
    which = {"tail": chosen[0].uid.hex[-6:]} if len(chosen) == 1 else {}
    code = outside("training.by_code", code=training.code, **which)
    own = papers.columns_of(training)
    extra = [name for name in papers.EXTRA if name == request.args.get("avec") and name not in own]
    return papers.Wanted(chosen, code, [*extra, *own])


@blueprint.get("/f/<code>")
@blueprint.get("/f/<code>/<tail>")
@marks
def by_code(code: str, tail: str = "") -> Response:
    """Go where a printed sheet is entered: its code was scanned."""
    training = services.session_by_code(code)
    for one in queries.sitting_lines(training.uid):
        if tail and one.uid.hex.endswith(tail.lower()):
            return go("training.presences", uid=one.uid, papier=1)
    return go("training.show", uid=training.uid)
