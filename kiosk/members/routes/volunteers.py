"""The pages of volunteers: search by skill and language, and a profile."""

import uuid
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import queries as register_queries
from kiosk.members import vocabulary
from kiosk.members.routes.giving_forms import ProfileForm
from kiosk.members.volunteers import queries, services, words
from kiosk.members.volunteers.models import Volunteer
from kiosk.members.volunteers.queries import Wanted
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.web.forms import Form, is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import PER_PAGE, Page, page_number
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
guard = needs(Right.EDIT_MEMBERS)
_FOUND = 12
_ADDRESS = "/benevoles/<uuid:uid>"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    both, post = ["GET", "POST"], ["POST"]
    for rule, name, view, methods in (
        ("/benevoles", "volunteers", index, ["GET"]),
        ("/benevoles/nouveau", "choose_volunteer", choose, ["GET"]),
        ("/benevoles/nouveau/membre/<uuid:uid>", "enlist_member", enlist_member, both),
        ("/benevoles/nouveau/equipe/<uuid:uid>", "enlist_staff", enlist_staff, both),
        (_ADDRESS, "volunteer", show, ["GET"]),
        (f"{_ADDRESS}/modifier", "change_volunteer", change, both),
        (f"{_ADDRESS}/repos", "rest_volunteer", rest, post),
        (f"{_ADDRESS}/retour", "wake_volunteer", wake, post),
    ):
        blueprint.add_url_rule(rule, name, guard(view), methods=methods)


def here() -> uuid.UUID:
    """Return the space of this machine; there is no page of volunteers without one."""
    return places.here_uid() or abort(404)


def index() -> str:
    """List the volunteers who answer all that is asked."""
    space, asked = here(), request.args
    parts = ("q", "famille", "langue", "libre")
    wanted = Wanted(*(asked.get(name, "")[:80] for name in parts))
    resting = asked.get("repos") == "1"
    found = queries.search(space, wanted, active=not resting)
    number = min(page_number(), max(1, -(-len(found) // PER_PAGE)))
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return render_template(
        "members/volunteers.html",
        page=Page(shown, number, PER_PAGE, len(found)),
        wanted=wanted,
        resting=resting,
        offers=queries.waiting_offers(space),
        words=words,
        languages=vocabulary.LANGUAGES,
    )


def choose() -> str:
    """Choose who becomes a volunteer: somebody of the register, or of the staff."""
    asked = request.args.get("q", "")[:80]
    people = register_queries.find(asked, _FOUND, here()) if asked.strip() else []
    return render_template(
        "members/volunteer_new.html", asked=asked, people=people, staff=queries.staff_to_ask(here())
    )


def enlist_member(uid: uuid.UUID) -> Answer:
    """Write the profile of a member."""
    member = register_queries.one(uid)
    form = ProfileForm(languages=member.languages or [])
    return _enlisted(form, member.name, lambda: services.enlist_member(here(), uid, form.profile()))


def enlist_staff(uid: uuid.UUID) -> Answer:
    """Write the profile of a person of the staff."""
    who = next((one for one in queries.staff_to_ask(here()) if one.uid == uid), None) or abort(404)
    form = ProfileForm()
    return _enlisted(form, who.name, lambda: services.enlist_staff(here(), uid, form.profile()))


def _enlisted(form: ProfileForm, name: str, act: Any) -> Answer:
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = act()
        if outcome.ok:
            done(msg("%(name)s est bénévole.", name=name))
            return go(made.uid)
    return filled("volunteer_edit", form, name=name, back=url_for("members.volunteers"))


def show(uid: uuid.UUID) -> str:
    """Show a profile: skills, days given, sessions held, events elsewhere."""
    volunteer = mine(uid)
    times, held = queries.times(uid), _held(volunteer)
    return render_template(
        "members/volunteer.html",
        one=volunteer,
        name=queries.name_of(volunteer),
        times=times,
        held=held,
        days=(queries.total(times) + sum(one.weight for one in held)) / 100,
        events=queries.events(uid),
        words=words,
        languages=words.said(vocabulary.LANGUAGES, volunteer.languages),
    )


def mine(uid: uuid.UUID) -> Volunteer:
    """Return a volunteer of this space."""
    found = queries.one(uid)
    return found if found.space_uid == here() else abort(404)


def _held(volunteer: Volunteer) -> list[Any]:
    """Return the sessions she held unpaid, as the rooms that know them say; never written here."""
    hooks = current_app.extensions.get("volunteer_sessions", ())
    return [one for hook in hooks for one in hook(volunteer.staff_uid)] if volunteer.staff_uid else []


def change(uid: uuid.UUID) -> Answer:
    """Say anew what a volunteer offers."""
    one = mine(uid)
    form = ProfileForm(obj=one)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change(uid, form.profile())
        if outcome.ok:
            done(msg("Le profil est à jour."))
            return go(uid)
    back = url_for("members.volunteer", uid=uid)
    return filled("volunteer_edit", form, name=queries.name_of(one), back=back)


def rest(uid: uuid.UUID) -> Response:
    """Say that a volunteer gives no more time."""
    name = queries.name_of(mine(uid))
    with transaction():
        services.rest(uid)
    done(msg("%(name)s ne donne plus de temps.", name=name), undo=url_for("members.wake_volunteer", uid=uid))
    return go(uid)


def wake(uid: uuid.UUID) -> Response:
    """Say that a volunteer gives time again."""
    name = queries.name_of(mine(uid))
    with transaction():
        services.rest(uid, active=True)
    done(msg("%(name)s est bénévole.", name=name))
    return go(uid)


def go(uid: uuid.UUID) -> Response:
    """Send the reader back to a profile."""
    return redirect(url_for("members.volunteer", uid=uid), 303)


def filled(template: str, form: Form, **shown: Any) -> Answer:
    """Show a form; one with errors answers 422 and keeps what was typed."""
    return render_template(f"members/{template}.html", form=form, **shown), 422 if form.errors else 200


def panel(member_uid: uuid.UUID) -> Markup:
    one = queries.of_member(member_uid) if places.here_uid() else None
    if one is None:
        return Markup()
    given = queries.total(queries.times(one.uid)) / 100
    card = render_template("members/_volunteer.html", one=one, days=given, words=words)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja


def action(member_uid: uuid.UUID) -> Markup:
    if queries.of_member(member_uid) is not None or not places.here_uid():
        return Markup()
    return Markup(render_template("members/_volunteer_ask.html", uid=member_uid))  # noqa: S704 - ours too
