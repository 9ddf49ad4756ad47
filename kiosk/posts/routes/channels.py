"""The centre's page of public accounts: added, corrected, put in order, retired."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.posts.channels import queries, services
from kiosk.posts.channels.models import PublicAccount
from kiosk.posts.channels.words import word
from kiosk.posts.forms import AccountForm
from kiosk.posts.people import Person
from kiosk.posts.routes.signed import Answer, me
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


class Act(NamedTuple):
    """One button of a line: what it does, what is said after, which act takes it back."""

    do: Callable[[Person, uuid.UUID], PublicAccount]
    said: Message
    undo: str = ""


ACTS = {
    "retirer": Act(services.retire, msg("Le compte n’est plus montré."), "remettre"),
    "remettre": Act(services.bring_back, msg("Le compte est montré de nouveau."), "retirer"),
    "monter": Act(services.move_up, msg("Le compte est monté d’une place.")),
}


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the desk's blueprint: a kiosk has none of them."""
    keeps, both = needs(Right.REVIEW_POSTS), ["GET", "POST"]
    rule = f"/redaction/comptes/<uuid:uid>/<any({','.join(map(repr, ACTS))}):act>"
    blueprint.add_url_rule("/redaction/comptes", "accounts", keeps(accounts))
    blueprint.add_url_rule("/redaction/comptes/nouveau", "new_account", keeps(new), methods=both)
    blueprint.add_url_rule("/redaction/comptes/<uuid:uid>", "account", keeps(edit), methods=both)
    blueprint.add_url_rule(rule, "account_act", keeps(act_on), methods=["POST"])


def accounts() -> str:
    """List the accounts, the retired ones last."""
    return render_template("posts/accounts.html", accounts=queries.every(), word=word)


def new() -> Answer:
    """Add an account."""
    form = AccountForm()
    form.offer()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add(me(), form.card())
        if outcome.ok:
            return _kept()
    return _page(form, None)


def edit(uid: uuid.UUID) -> Answer:
    """Correct an account."""
    found = queries.find(uid)
    if found is None:
        abort(404)
    form = AccountForm(obj=found)
    form.offer()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change(me(), uid, form.card())
        if outcome.ok:
            return _kept()
    return _page(form, found)


def _kept() -> Response:
    done(msg("Le compte est enregistré. Les kiosques le reçoivent au prochain échange."))
    return redirect(url_for(".accounts"), 303)


def _page(form: AccountForm, one: PublicAccount | None) -> tuple[str, int]:
    page = render_template("posts/account.html", form=form, one=one)
    return page, 422 if request.method == "POST" else 200


def act_on(uid: uuid.UUID, act: str) -> Response:
    """Make one change to a line and say it."""
    chosen = ACTS[act]
    with transaction():
        chosen.do(me(), uid)
    done(chosen.said, undo=url_for(".account_act", uid=uid, act=chosen.undo) if chosen.undo else None)
    return redirect(url_for(".accounts"), 303)
