"""The periods of one person of the team: begun, ended with her entry, taken back."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import postings, queries
from kiosk.accounts.forms import BeginForm, EndForm
from kiosk.accounts.queries import Colleague
from kiosk.language import msg
from kiosk.storage import clock, transaction
from kiosk.web.forms import Form, is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_guard = needs(Right.MANAGE_STAFF)
_PAGE = "/equipe/<uuid:uid>/periodes"


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    one = f"{_PAGE}/<uuid:posting>"
    blueprint.add_url_rule(_PAGE, "postings", _guard(postings_of), methods=["GET", "POST"])
    blueprint.add_url_rule(f"{one}/finir", "end_posting", _guard(end), methods=["POST"])
    blueprint.add_url_rule(f"{one}/reprendre", "reopen_posting", _guard(reopen), methods=["POST"])
    blueprint.add_url_rule(
        f"{one}/<any(effacer,remettre):act>", "drop_posting", _guard(drop), methods=["POST"]
    )


def _mine(uid: uuid.UUID) -> Colleague:
    found = queries.colleague(uid)
    if found is None or found.space_uid != current_user.space_uid:
        abort(404)
    return found


def postings_of(uid: uuid.UUID) -> Answer:
    """Show a person's periods; note since when she works here."""
    person, form = _mine(uid), BeginForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = postings.begin(uid, person.space_uid, person.role, form.starts_on.data or clock.today())
        if outcome.ok:
            undo = url_for(".drop_posting", uid=uid, posting=made.uid, act="effacer")
            done(msg("La période est notée."), undo=undo)
            return _back(uid)
    return _page(person, form, EndForm(formdata=None, ends_on=clock.today()))


def _page(person: Colleague, begin: Form, ending: Form) -> tuple[str, int]:
    page = render_template(
        "accounts/postings.html",
        person=person,
        begin=begin,
        ending=ending,
        postings=postings.of(person.uid),
        current=postings.current(person.uid),
        roles={str(role): word for role, word in queries.ROLE_WORDS.items()},
    )
    return page, 422 if begin.errors or ending.errors else 200


def _back(uid: uuid.UUID) -> Response:
    return redirect(url_for(".postings", uid=uid), 303)


def end(uid: uuid.UUID, posting: uuid.UUID) -> Answer:
    """End a period: from this act on she comes in no more."""
    person, form = _mine(uid), EndForm()
    if uid == current_user.uid:
        abort(403)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            postings.end(postings.find(posting, uid), form.ends_on.data or clock.today())
        if outcome.ok:
            undo = url_for(".reopen_posting", uid=uid, posting=posting)
            done(msg("%(name)s n’entre plus ici.", name=person.name), undo=undo)
            return _back(uid)
    return _page(person, BeginForm(formdata=None), form)


def reopen(uid: uuid.UUID, posting: uuid.UUID) -> Response:
    """Take the end of a period back."""
    person = _mine(uid)
    with transaction():
        postings.reopen(postings.find(posting, uid))
    done(msg("%(name)s peut entrer de nouveau.", name=person.name))
    return _back(uid)


def drop(uid: uuid.UUID, posting: uuid.UUID, act: str) -> Response:
    """Take away a period noted by mistake, or put it back."""
    _mine(uid)
    away = act == "effacer"
    with transaction():
        found = postings.find(posting, uid, removed=True)
        postings.drop(found, clock.stamp() if away else None)
    undo = url_for(".drop_posting", uid=uid, posting=posting, act="remettre") if away else None
    done(msg("La période est effacée.") if away else msg("La période est remise."), undo=undo)
    return _back(uid)
