"""The sheet of a sitting on screen: answers by tapping, closing, undo, people who came unannounced."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg, nmsg, sort_key
from kiosk.storage import NotFound, clock, transaction
from kiosk.training import queries, services, words
from kiosk.training.forms import SheetForm
from kiosk.training.models import Mark, Sitting
from kiosk.training.routes.door import Answer, blueprint, filled, go, marks, uid_in
from kiosk.web.forms import refused
from kiosk.web.notices import done

PREFIX, SEEN = "p-", "w-"
_NAMED = 6
Answers = dict[uuid.UUID, services.Answer]


@blueprint.get("/seances/<uuid:uid>/presences")
@marks
def presences(uid: uuid.UUID) -> Answer:
    """Show the sheet: four answers under each name."""
    return _sheet(uid, SheetForm())


def _sheet(uid: uuid.UUID, form: SheetForm, typed: Answers | None = None) -> Answer:
    line = queries.sitting_line(uid)
    if line is None:
        raise NotFound(msg("Cette séance n’existe pas ici."))
    saved = queries.sheet(line)
    rows = [_kept(row, typed or {}) for row in saved]
    seen = {row.person.uid: row.mark for row in saved}
    form.day.data = form.day.data or line.day
    shown = {"late": line.day <= clock.today(), "words": words}
    answered = sum(row.mark != Mark.NONE for row in rows)
    return filled("sheet", form, line=line, rows=rows, seen=seen, answered=answered, **shown)


def _kept(row: queries.Row, typed: Answers) -> queries.Row:
    said = typed.get(row.person.uid)
    return row if said is None else replace(row, mark=str(said.mark))


@blueprint.post("/seances/<uuid:uid>/presences")
@marks
def save(uid: uuid.UUID) -> Answer:
    """Save one tapped answer, or the whole sheet: kept, everybody present, or entered."""
    if request.headers.get("X-Requested-With") == "tap":
        with transaction():
            services.mark(services.find_sitting(uid), _answers(request.form))
        return "", 204
    form, answers = SheetForm(), _answers(request.form)
    if not form.validate():
        return _sheet(uid, form, answers)
    with refused(form) as outcome, transaction():
        _save(services.find_sitting(uid), form, answers)
    return go("training.presences", uid=uid) if outcome.ok else _sheet(uid, form, answers)


def _save(sitting: Sitting, form: SheetForm, answers: Answers) -> None:
    typed = services.exceptions(
        queries.sheet(sitting), {name: form[name].data or "" for name in services.LINES}
    )
    act, answers = request.form.get("act"), {**answers, **typed}
    if act == "close":
        count, said = _close(sitting, form, answers, bool(typed))
    elif act == "all" or typed:
        count = services.all_present(sitting, answers)
        said = _told(nmsg("Une réponse est notée.", "%(n)s réponses sont notées.", count), typed)
    else:
        count = services.mark(sitting, answers)
        said = nmsg("Une réponse est enregistrée.", "%(n)s réponses sont enregistrées.", count)
    undo = url_for("training.undo", uid=sitting.uid, de=services.last_save(sitting))
    same = msg("Tout le monde a déjà une réponse.") if act == "all" else msg("Tout est déjà enregistré.")
    done(said if count else same, undo=undo if count else None)


def _close(sitting: Sitting, form: SheetForm, answers: Answers, typed: bool) -> tuple[int, Message]:
    """Enter the sheet. Who was named by a line was the exception: the others came."""
    if typed:
        answers = {
            **dict.fromkeys(services.unanswered(sitting, answers), services.Answer(Mark.PRESENT)),
            **answers,
        }
    blanks = services.close_sheet(sitting, answers, form.day.data or sitting.day)
    return 1, _told(_closed(blanks), answers if typed else {})


def _told(said: Message, answers: Answers) -> Message:
    """Add who was not there, by name, where lines were typed: a slip of one line is seen at once."""
    away = [member for member, answer in answers.items() if answer.mark == Mark.ABSENT]
    if not 0 < len(away) <= _NAMED:
        return said
    known = queries.people(set(away))
    names = ", ".join(sorted((known[member].name for member in away), key=sort_key))
    return msg("%(said)s Absents : %(names)s.", said=str(said), names=names)


def _closed(blanks: int) -> Message:
    if blanks:
        return nmsg(
            "La feuille est saisie. Une personne sans réponse est notée absente.",
            "La feuille est saisie. %(n)s personnes sans réponse sont notées absentes.",
            blanks,
        )
    return msg("La feuille est saisie.")


def _answers(form: Mapping[str, str]) -> Answers:
    """Return what a posted sheet changes.

    An answer that stood on the page already is none: another phone may have
    corrected it since.
    """
    seen = _typed(form, SEEN)
    typed = _typed(form, PREFIX).items()
    return {member: services.Answer(said) for member, said in typed if seen.get(member) != said}


def _typed(form: Mapping[str, str], prefix: str) -> dict[uuid.UUID, Mark]:
    """Return the marks of a posted sheet; what is not one of the answers is a bad request."""
    found = {}
    for name, value in form.items():
        if name.startswith(prefix):
            member = uid_in(name.removeprefix(prefix)) or abort(400)
            found[member] = Mark(value) if value in set(Mark) else abort(400)
    return found


@blueprint.post("/seances/<uuid:uid>/presences/annuler")
@marks
def undo(uid: uuid.UUID) -> Response:
    """Take back the last save of a sheet."""
    with transaction():
        count = services.undo_sheet(services.find_sitting(uid), request.args.get("de", ""))
    done(
        nmsg(
            "C’est annulé : une réponse est comme avant.",
            "C’est annulé : %(n)s réponses sont comme avant.",
            count,
        )
    )
    return go("training.presences", uid=uid)


@blueprint.post("/seances/<uuid:uid>/rouvrir")
@marks
def reopen(uid: uuid.UUID) -> Response:
    """Say that a sheet is not entered after all."""
    with transaction():
        services.reopen_sheet(services.find_sitting(uid))
    done(msg("La feuille est de nouveau à saisir."))
    return go("training.presences", uid=uid)
