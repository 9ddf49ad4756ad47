"""Who stands beside a session: its team with the volunteers, its partners; an organisation's sessions."""

import uuid

from flask import current_app, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.accounts import queries as staff
from kiosk.language import msg
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.training import services, words
from kiosk.training.beside import reading, writing
from kiosk.training.beside import words as beside
from kiosk.training.beside.models import Share
from kiosk.training.models import TrainingSession
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans
from kiosk.training.routes.team_forms import PartnerForm, TeamForm, team_form
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done

_SHARE = f"<any({','.join(Share)}):share>"


@blueprint.route("/formations/<uuid:uid>/equipe", methods=["GET", "POST"])
@plans
def team(uid: uuid.UUID) -> Answer:
    """Say who holds a session, and who of them is unpaid."""
    training = services.find_session(uid)
    form = _team_form(training)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            writing.set_team(services.find_session(uid), form.volunteers())
        if outcome.ok:
            done(msg("L’équipe de la formation est notée."))
            return go("training.show", uid=uid)
    return filled("team", form, training=training)


def _team_form(training: TrainingSession) -> TeamForm:
    known = {one.uid: one for one in reading.team(training)}
    people = {uid: one.name for uid, one in known.items()}
    people |= {one.uid: one.name for one in staff.trainers(training.space_uid)}
    return team_form(people.items(), {uid: one.volunteer for uid, one in known.items()})


@blueprint.route("/formations/<uuid:uid>/partenaires", methods=["GET", "POST"])
@plans
def partners_of(uid: uuid.UUID) -> Answer:
    """Link organisations to a session, as partners or donors."""
    training = services.find_session(uid)
    form = PartnerForm()
    form.organisation.choices = [
        ("", msg("Choisissez")),
        *((one.uid.hex, one.name) for one in partners.organisations()),
    ]
    if is_submitted_ok(form):
        chosen, share = uuid.UUID(hex=form.organisation.data), Share(form.share.data)
        with refused(form) as outcome, transaction():
            writing.link(services.find_session(uid), chosen, share)
        if outcome.ok:
            done(msg("L’organisation est liée à la formation."))
            return go("training.partners_of", uid=uid)
    return filled("partners", form, training=training, linked=reading.partners_of(uid), told=beside.shares)


@blueprint.post(f"/formations/<uuid:uid>/partenaires/<uuid:organisation>/{_SHARE}/<any(lier,retirer):act>")
@plans
def partner_act(uid: uuid.UUID, organisation: uuid.UUID, share: str, act: str) -> Response:
    """Take an organisation off a session, or take that back."""
    acts = {"lier": writing.link, "retirer": writing.unlink}
    with transaction():
        acts[act](services.find_session(uid), organisation, Share(share))
    again = url_for("training.partner_act", uid=uid, organisation=organisation, share=share, act="lier")
    undo = again if act == "retirer" else None
    done(msg("L’organisation n’est plus liée.") if undo else msg("L’organisation est liée."), undo=undo)
    return go("training.partners_of", uid=uid)


def panel(organisation_uid: uuid.UUID) -> Markup:
    """Return the card of the sessions an organisation shares in, empty when there is none."""
    shared = reading.shared_with(organisation_uid)
    if not shared:
        return Markup()
    names = {one.uid: one.name for one in places.spaces()}
    pages = "training.programme_session" in current_app.view_functions
    card = render_template(
        "training/_shared.html", shared=shared, names=names, words=words, told=beside.shares, pages=pages
    )
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
