"""Beside the sheet: one person's full answer, someone who came unannounced."""

import uuid

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import NotFound, transaction
from kiosk.training import queries, services, words
from kiosk.training.forms import PersonForm
from kiosk.training.models import Mark
from kiosk.training.routes.door import (
    Answer,
    blueprint,
    filled,
    go,
    marks,
    sealed,
    space_uid,
    uid_in,
    unsealed,
    words_asked,
)
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


def _line(uid: uuid.UUID) -> queries.SittingLine:
    found = queries.sitting_line(uid)
    if found is None:
        raise NotFound(msg("Cette séance n’existe pas ici."))
    return found


@blueprint.route("/seances/<uuid:uid>/presences/<uuid:member>", methods=["GET", "POST"])
@marks
def person(uid: uuid.UUID, member: uuid.UUID) -> Answer:
    """Say everything of one person: in part, with minutes, or no answer at all."""
    line = _line(uid)
    row = next((one for one in queries.sheet(line) if one.person.uid == member), None) or abort(404)
    form = PersonForm(mark=row.mark, minutes=row.minutes)
    form.mark.choices = words.every_answer(row.person.sex)
    if is_submitted_ok(form):
        answer = services.Answer(Mark(form.mark.data), form.minutes.data, keep=False)
        with refused(form) as outcome, transaction():
            sitting = services.find_sitting(uid)
            changed = services.mark(sitting, {member: answer})
            save = services.last_save(sitting)
        if outcome.ok:
            back = url_for("training.undo", uid=uid, de=save) if changed else None
            done(msg("%(name)s : c’est noté.", name=row.person.name), undo=back)
            return go("training.presences", uid=uid)
    return filled("person", form, line=line, row=row)


@blueprint.get("/seances/<uuid:uid>/arrivee")
@marks
def arrival(uid: uuid.UUID) -> str:
    """Search the register for someone who came without being enrolled."""
    line = _line(uid)
    return render_template(
        "training/arrival.html",
        line=line,
        asked=words_asked(),
        found=queries.find_people(space_uid(), words_asked()),
        visitor=queries.visitor(words_asked(), space_uid()),
        listed={row.person.uid for row in queries.sheet(line)},
    )


@blueprint.post("/seances/<uuid:uid>/arrivee")
@marks
def welcome(uid: uuid.UUID) -> Response:
    """Add someone who came unannounced: enrolled, and present."""
    member = uid_in(request.form.get("member", "")) or abort(400)
    with transaction():
        _, stood = services.welcome(services.find_sitting(uid), member)
    name = queries.people({member})[member].name
    done(
        msg("%(name)s est sur la feuille.", name=name),
        undo=url_for("training.unwelcome", uid=uid, member=member, avant=sealed(member, stood)),
    )
    return go("training.presences", uid=uid)


@blueprint.post("/seances/<uuid:uid>/arrivee/<uuid:member>/annuler")
@marks
def unwelcome(uid: uuid.UUID, member: uuid.UUID) -> Response:
    """Take back someone added by mistake."""
    seat, mark, minutes = unsealed(member)
    stood = services.Stood(seat and services.Seat(*seat), mark, minutes)
    with transaction():
        services.unwelcome(services.find_sitting(uid), member, stood)
    done(msg("La personne n’est plus sur la feuille."))
    return go("training.presences", uid=uid)
