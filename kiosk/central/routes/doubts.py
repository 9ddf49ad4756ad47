"""« À vérifier » at the centre: what two machines wrote without seeing each other, and what rooms doubt.

A person stands there by her number; her values are shown once her name was
opened, which leaves a trace.
"""

import uuid

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.central.routes.kiosks import blueprint
from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.members import services as register
from kiosk.places import queries as places
from kiosk.storage import Refusal, transaction
from kiosk.sync import differences
from kiosk.sync.differences import Case, Chosen
from kiosk.web import doubts
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.notices import done
from kiosk.web.rights import Right

NAV = NavItem("central.to_weigh", msg("À vérifier"), "check", (Right.COORDINATE,), 65)


@blueprint.get("/a-verifier")
@needs(Right.COORDINATE)
def to_weigh() -> str:
    """List what waits, by number; what concerns who a person is comes first."""
    names = {one.uid: one.name for one in places.spaces()}
    cases = differences.cases(named=False)
    return render_template("central/to_weigh.html", cases=cases, doubts=doubts.every(), spaces=names)


@blueprint.get("/a-verifier/<uuid:uid>")
@needs(Right.COORDINATE)
def weigh(uid: uuid.UUID) -> str:
    """Show the two values, once the name of the person was opened."""
    case = differences.case(uid, named=False)
    space = places.space(case.space_uid)
    return render_template("central/weigh.html", case=case, space=space, opened=_is_opened(case))


def _is_opened(case: Case) -> bool:
    """Tell whether the values may be shown: they tell about nobody, or about one opened today."""
    return case.person is None or members.opened_today(_me(), case.person)


def _me() -> uuid.UUID:
    return uuid.UUID(str(current_user.uid))


@blueprint.post("/a-verifier/<uuid:uid>/ouvrir")
@needs(Right.SEE_NAMES_AT_CENTRE)
def open_case(uid: uuid.UUID) -> Response:
    """Note who opens the name, then show the values."""
    case = differences.case(uid, named=False)
    if case.person is not None:
        with transaction():
            register.open_name(_me(), case.person)
    return redirect(url_for(".weigh", uid=uid), 303)


@blueprint.post("/a-verifier/<uuid:uid>")
@needs(Right.COORDINATE)
def settle_case(uid: uuid.UUID) -> Response:
    """Keep one of the two values: an ordinary write of the centre."""
    word = request.form.get("choix", "")
    if word not in set(Chosen):
        raise Refusal(msg("Choisissez une des deux valeurs."))
    with transaction():
        differences.settle(uid, Chosen(word))
    done(msg("C’est noté."), undo=url_for(".unsettle_case", uid=uid))
    return redirect(url_for(".to_weigh"), 303)


@blueprint.post("/a-verifier/<uuid:uid>/annuler")
@needs(Right.COORDINATE)
def unsettle_case(uid: uuid.UUID) -> Response:
    """Take a choice back."""
    with transaction():
        differences.unsettle(uid)
    done(msg("La question est de nouveau ouverte."))
    return redirect(url_for(".to_weigh"), 303)
