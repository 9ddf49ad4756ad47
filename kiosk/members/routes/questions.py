"""What is asked of people: fields of one's own, made here or put aside, and the lists beside them."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg, sort_key
from kiosk.members.fields import defining, own, words
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.models import FieldKind
from kiosk.members.forms.own import FieldForm
from kiosk.members.routes import difficulties
from kiosk.members.routes.sight import ASKERS
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done

Answer = str | Response | tuple[str, int]
Asker = Callable[[own.Question], str]
_guard = needs(*ASKERS)


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    for rule, view, methods in (
        ("/membres/questions", questions, ["GET"]),
        ("/membres/questions/nouvelle", new_question, ["GET", "POST"]),
        ("/membres/questions/<uuid:uid>", question, ["GET", "POST"]),
        ("/membres/questions/<uuid:uid>/ecarter", put_question_aside, ["POST"]),
        ("/membres/questions/<uuid:uid>/reprendre", take_question_up, ["POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _guard(view), methods=methods)


def questions() -> str:
    """Show every field of one's own and every list."""
    every, space_uid, asker = own.every(), current_user.space_uid, _askers()
    return render_template(
        "members/questions.html",
        asked=_by_place([one for one in every if one.active], asker),
        aside=[one for one in every if not one.active],
        kinds=own.KINDS,
        lists=words.lists(space_uid),
        space_uid=space_uid,
        asker=asker,
        extras=difficulties.card(),
    )


def _by_place(asked: list[own.Question], asker: Asker) -> list[tuple[str, list[own.Question]]]:
    """Return what is asked under a title: one list at a space; at the centre its own, then each space's."""
    if current_user.space_uid is not None:
        return [(str(msg("Questions de l’espace")), asked)] if asked else []
    found: dict[str, list[own.Question]] = {}
    for one in sorted(asked, key=lambda one: (one.space_uid is not None, sort_key(asker(one)))):
        title = asker(one) if one.space_uid else str(msg("Dans tous les espaces"))
        found.setdefault(title, []).append(one)
    return list(found.items())


def _askers() -> Asker:
    """Return what says who asks each of many questions (one statement; another for a closed space)."""
    names = {one.uid: one.name for one in places.spaces()}
    return lambda one: names[one.space_uid] if one.space_uid in names else _asker(one)


def _asker(one: own.Question) -> str:
    """Return who asks: the space by its name, or the coordination."""
    known = places.space(one.space_uid) if one.space_uid else None
    return known.name if known else str(msg("la coordination"))


def new_question() -> Answer:
    """Make a field."""
    form = FieldForm(kind=FieldKind.TEXT.value)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            defining.define(_given(form), current_user.space_uid)
        if outcome.ok:
            done(msg("La question est posée."))
            return redirect(url_for(".questions"), 303)
    return _page(form, None)


def question(uid: uuid.UUID) -> Answer:
    """Say a field of one's own otherwise; another place's is read."""
    one = own.one(uid)
    form = FieldForm(data=_typed(one))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            defining.change(uid, _given(form), current_user.space_uid)
        if outcome.ok:
            done(msg("La question est à jour."))
            return redirect(url_for(".questions"), 303)
    return _page(form, one)


def _page(form: FieldForm, one: own.Question | None) -> tuple[str, int]:
    mine = one is None or one.space_uid == current_user.space_uid
    used = defining.used(one.uid) if one else 0
    told = {"kinds": own.KINDS, "asker": _asker(one) if one else ""}
    page = render_template("members/question.html", form=form, one=one, mine=mine, used=used, **told)
    return page, 422 if request.method == "POST" else 200


def _typed(one: own.Question) -> dict[str, Any]:
    return {
        "french": one.french,
        "bambara": one.bambara,
        "kind": one.kind,
        "options": "\n".join(word for _, word in one.options),
        "required": one.required,
        "sensitive": one.sensitive,
        "in_export": one.in_export,
    }


def _given(form: FieldForm) -> Definition:
    return Definition(
        french=form.french.data or "",
        bambara=form.bambara.data or "",
        kind=FieldKind(form.kind.data),
        options=tuple((form.options.data or "").splitlines()),
        required=form.required.data,
        sensitive=form.sensitive.data,
        in_export=form.in_export.data,
    )


def put_question_aside(uid: uuid.UUID) -> Response:
    """Ask a field no more; its answers stay."""
    with transaction():
        defining.put_aside(uid, current_user.space_uid)
    done(msg("La question n’est plus posée."), undo=url_for(".take_question_up", uid=uid))
    return redirect(url_for(".questions"), 303)


def take_question_up(uid: uuid.UUID) -> Response:
    """Ask a field again."""
    with transaction():
        defining.put_aside(uid, current_user.space_uid, active=True)
    done(msg("La question est de nouveau posée."))
    return redirect(url_for(".questions"), 303)
