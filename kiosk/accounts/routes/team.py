"""The team: who works here, what each one does, her secret, her access."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import queries, services
from kiosk.accounts.forms import ColleagueForm, NewColleagueForm, ResetForm
from kiosk.accounts.jobs import reading as jobs
from kiosk.accounts.models import Role
from kiosk.accounts.queries import Colleague
from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_guard = needs(Right.MANAGE_STAFF)


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    for rule, name, view, methods in (
        ("/equipe", "team", team, ["GET"]),
        ("/equipe/nouveau", "new_colleague", new, ["GET", "POST"]),
        ("/equipe/<uuid:uid>", "colleague", colleague, ["GET", "POST"]),
        ("/equipe/<uuid:uid>/code", "reset", reset, ["POST"]),
        ("/equipe/<uuid:uid>/fermer", "deactivate", deactivate, ["POST"]),
        ("/equipe/<uuid:uid>/rouvrir", "reactivate", reactivate, ["POST"]),
        ("/equipe/<uuid:uid>/debloquer", "unlock", unlock, ["POST"]),
    ):
        blueprint.add_url_rule(rule, name, _guard(view), methods=methods)


def team() -> str:
    """List the people of the space, or of the centre."""
    return render_template("accounts/team.html", people=queries.team(current_user.space_uid))


def new() -> Answer:
    """Engage a person and give her a first secret, which she changes when she signs in."""
    form = NewColleagueForm()
    form.offer(services.roles_at(current_user.space_uid))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.create_staff(
                form.name.data, Role(form.role.data), current_user.space_uid, form.phone.data
            )
            services.set_secret(made.uid, form.secret.data, current_user.kind, must_change=True)
        if outcome.ok:
            done(msg("%(name)s fait partie de l’équipe.", name=form.name.data))
            return redirect(url_for(".team"), 303)
    return _page("accounts/new_colleague.html", form=form)


def _page(name: str, **shown: object) -> tuple[str, int]:
    for form in shown.values():
        if isinstance(form, ResetForm) and current_user.kind == "password":
            form.speak_of_passwords()
    return render_template(name, **shown), 422 if request.method == "POST" else 200


def colleague(uid: uuid.UUID) -> Answer:
    """Show and correct one person's card."""
    person = _mine(uid)
    form = _card(person)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change_staff(uid, form.name.data, Role(form.role.data), form.phone.data)
        if outcome.ok:
            done(msg("La fiche de %(name)s est à jour.", name=form.name.data))
            return redirect(url_for(".team"), 303)
    return _colleague(person, form, ResetForm(formdata=None))


def _colleague(person: Colleague, form: ColleagueForm, reset: ResetForm) -> tuple[str, int]:
    held = jobs.held_by(person.uid)
    return _page("accounts/colleague.html", form=form, reset=reset, person=person, held=held)


def _mine(uid: uuid.UUID) -> Colleague:
    found = queries.colleague(uid)
    if found is None or found.space_uid != current_user.space_uid:
        abort(404)
    return found


def _other(uid: uuid.UUID) -> Colleague:
    """Return somebody else of the team: one's own secret and entry need the secret of now."""
    found = _mine(uid)
    if uid == current_user.uid:
        abort(403)
    return found


def reset(uid: uuid.UUID) -> Answer:
    """Give a person a new first secret; her open sessions end."""
    person, form = _other(uid), ResetForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.set_secret(uid, form.secret.data, person.kind or current_user.kind, must_change=True)
        if outcome.ok:
            done(msg("%(name)s a un nouveau code.", name=person.name))
            return redirect(url_for(".colleague", uid=uid), 303)
    return _colleague(person, _card(person, formdata=None), form)


def _card(person: Colleague, **options: object) -> ColleagueForm:
    kept = {"name": person.name, "role": str(person.role), "phone": person.phone or ""}
    card = ColleagueForm(data=kept, **options)
    card.offer(services.roles_at(current_user.space_uid))
    return card


def deactivate(uid: uuid.UUID) -> Response:
    """Close a person's access at once."""
    person = _other(uid)
    with transaction():
        services.deactivate(uid)
    done(msg("%(name)s n’entre plus ici.", name=person.name), undo=url_for(".reactivate", uid=uid))
    return redirect(url_for(".team"), 303)


def reactivate(uid: uuid.UUID) -> Response:
    """Open a person's access again."""
    person = _mine(uid)
    with transaction():
        services.reactivate(uid)
    done(msg("%(name)s peut entrer de nouveau.", name=person.name))
    return redirect(url_for(".team"), 303)


def unlock(uid: uuid.UUID) -> Response:
    """Forget the waits of a person who mistyped her secret."""
    person = _mine(uid)
    with transaction():
        services.unlock(uid)
    done(msg("%(name)s peut essayer tout de suite.", name=person.name))
    return redirect(url_for(".colleague", uid=uid), 303)
