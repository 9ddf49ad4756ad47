"""Job descriptions: written and published in versions by who keeps the team, read by who holds them."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import queries
from kiosk.accounts.jobs import reading, services
from kiosk.accounts.jobs.models import JobSheet
from kiosk.accounts.queries import Colleague
from kiosk.accounts.routes.job_forms import HolderForm, JobForm
from kiosk.language import msg
from kiosk.language.markdown import render
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_keeps, _signed_in = needs(Right.MANAGE_STAFF), needs()
_ALL = "/fiches-de-poste"
_ONE = f"{_ALL}/<uuid:uid>"


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    both = ["GET", "POST"]
    for rule, name, view, methods in (
        (_ALL, "jobs", jobs, ["GET"]),
        (f"{_ALL}/nouvelle", "new_job", new, both),
        (f"{_ONE}/version", "publish_job", publish, both),
        (f"{_ONE}/<any(ranger,reprendre):act>", "use_job", use, ["POST"]),
        (f"{_ONE}/personnes", "give_job", give, ["POST"]),
        (f"{_ONE}/personnes/<uuid:staff>/<any(retirer,remettre):act>", "hold_job", hold, ["POST"]),
    ):
        blueprint.add_url_rule(rule, name, _keeps(view), methods=methods)
    blueprint.add_url_rule(_ONE, "job", _signed_in(job))
    blueprint.add_url_rule(f"{_ONE}/papier", "job_paper", _signed_in(paper))
    blueprint.add_url_rule(f"{_ONE}/lue", "read_job", _signed_in(say_read), methods=["POST"])


def jobs() -> str:
    """List the descriptions this machine has, those kept here first."""
    found = reading.sheets(every=True)
    mine = [one for one in found if one.first.space_uid == current_user.space_uid]
    others = [one for one in found if one not in mine and one.active]
    return render_template("accounts/jobs.html", mine=mine, others=others, keepers=_keepers())


def _keepers() -> dict[uuid.UUID | None, str]:
    """Who keeps a description, by its space."""
    return {None: str(msg("La coordination")), **{one.uid: one.name for one in places.spaces()}}


def new() -> Answer:
    """Write a description: its first version."""
    form = JobForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.write(form.told(), current_user.space_uid)
        if outcome.ok:
            done(msg("La fiche est publiée. Dites maintenant qui la tient."))
            return redirect(url_for(".job", uid=made.uid), 303)
    return _writing(form, None)


def _writing(form: JobForm, now: JobSheet | None) -> tuple[str, int]:
    return render_template("accounts/job_form.html", form=form, now=now), 422 if form.errors else 200


def publish(uid: uuid.UUID) -> Answer:
    """Publish the next version of a description of one's own."""
    now = services.own(uid, current_user.space_uid)[0]
    form = JobForm(title=now.title, body=now.body)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.publish(uid, form.told(), current_user.space_uid)
        if outcome.ok:
            done(msg("La version %(n)s est publiée. Qui tient ce poste la voit.", n=made.number))
            return redirect(url_for(".job", uid=uid), 303)
    return _writing(form, now)


def _shown(uid: uuid.UUID) -> tuple[list[JobSheet], JobSheet, reading.Held | None]:
    """Return the versions of a description, the one asked for, and how the reader holds it.

    Whoever neither keeps the team nor holds the post has nothing to read here.
    """
    history = reading.history(uid)
    held = next((one for one in reading.held_by(current_user.uid) if one.sheet.uid == uid), None)
    if held is None and not current_user.can(Right.MANAGE_STAFF):
        abort(403)
    asked = request.args.get("version", "")
    return history, next((one for one in history if one.uid.hex == asked), history[0]), held


def job(uid: uuid.UUID) -> str:
    """Show a description as it stands now, or as an older version said it, with its history."""
    history, one, held = _shown(uid)
    keeps = bool(current_user.can(Right.MANAGE_STAFF))
    return render_template(
        "accounts/job.html",
        history=history,
        one=one,
        body=render(one.body),
        uid=uid,
        held=held,
        keeps=keeps,
        mine=keeps and one.space_uid == current_user.space_uid,
        keeper=_keepers().get(one.space_uid, ""),
        holders=_seen_here(reading.holders(uid)) if keeps else [],
        form=_holder_form(uid) if keeps else None,
    )


def _seen_here(holders: list[reading.Holder]) -> list[reading.Holder]:
    """A space shows its own team; the centre shows everybody."""
    mine = current_user.space_uid
    return holders if mine is None else [one for one in holders if one.space_uid == mine]


def _holder_form(uid: uuid.UUID) -> HolderForm:
    form, known = HolderForm(), {one.uid for one in reading.holders(uid)}
    free = [who for who in _people(reading.history(uid)[0].space_uid) if who.uid not in known]
    form.offer(free, _keepers() if current_user.space_uid is None else None)
    return form


def _people(sheet_of: uuid.UUID | None) -> list[Colleague]:
    """Return whom the reader may give a post to: her team; at the centre every team the sheet reaches."""
    here = current_user.space_uid
    found = queries.everyone() if here is None else queries.team(here)
    return [who for who in found if who.active and sheet_of in (None, who.space_uid)]


def give(uid: uuid.UUID) -> Answer:
    """Say that somebody holds this post."""
    form = _holder_form(uid)
    if not is_submitted_ok(form):
        return job(uid), 422
    who = queries.colleague(uuid.UUID(hex=form.who.data)) or abort(404)
    with transaction():
        services.give(uid, who)
    undo = url_for(".hold_job", uid=uid, staff=who.uid, act="retirer")
    done(msg("%(name)s tient ce poste.", name=who.name), undo=undo)
    return redirect(url_for(".job", uid=uid), 303)


def hold(uid: uuid.UUID, staff: uuid.UUID, act: str) -> Response:
    """Say that somebody does not hold this post any more, or does after all."""
    here, who = current_user.space_uid, queries.colleague(staff)
    if who is None or here not in (None, who.space_uid):
        abort(404)
    away = act == "retirer"
    with transaction():
        if away:
            services.take(uid, staff)
        else:
            services.give(uid, who)
    undo = url_for(".hold_job", uid=uid, staff=staff, act="remettre") if away else None
    gone, back = (
        msg("%(name)s ne tient plus ce poste.", name=who.name),
        msg("%(name)s tient ce poste.", name=who.name),
    )
    done(gone if away else back, undo=undo)
    return redirect(url_for(".job", uid=uid), 303)


def use(uid: uuid.UUID, act: str) -> Response:
    """Put a description of one's own away, or take it up again."""
    active = act == "reprendre"
    with transaction():
        services.put_away(uid, current_user.space_uid, active)
    undo = None if active else url_for(".use_job", uid=uid, act="reprendre")
    done(msg("La fiche est de nouveau en usage.") if active else msg("La fiche est rangée."), undo=undo)
    return redirect(url_for(".jobs"), 303)


def say_read(uid: uuid.UUID) -> Response:
    """Note that the reader read the version of now."""
    number = request.form.get("numero", "0")
    with transaction():
        services.say_read(uid, current_user.uid, int(number) if number.isdecimal() and len(number) < 6 else 0)
    done(msg("C’est noté\u00a0: vous avez lu cette version."))
    return redirect(url_for(".own"), 303)


def paper(uid: uuid.UUID) -> str:
    """Show a description as a page to print and sign."""
    history, one, _ = _shown(uid)
    keeper = _keepers().get(one.space_uid, "")
    return render_template(
        "accounts/job_paper.html", one=one, now=history[0], body=render(one.body), uid=uid, keeper=keeper
    )
