"""The short set: turned on by the manager, asked one person at a time, shown as counts."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import queries
from kiosk.members.disability import queries as counts
from kiosk.members.disability import services, words
from kiosk.members.disability.models import Difficulty
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, transaction
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    page = "/membres/<uuid:uid>/difficultes"
    blueprint.add_url_rule(page, "difficulties", difficulties, methods=["GET", "POST"])
    blueprint.post("/membres/questions/difficultes")(ask_difficulties)


@needs(Right.EDIT_MEMBERS)
def difficulties(uid: uuid.UUID) -> Answer:
    """Ask one person the six questions."""
    member = queries.one(uid)
    if not services.is_asked(places.here_uid()) or member.is_erased or member.space_uid != places.here_uid():
        raise NotFound(msg("Ces questions ne sont pas posées ici."))
    if request.method == "POST":
        with transaction():
            services.answer(uid, _said())
        done(msg("Les réponses restent sur cette machine."))
        return redirect(url_for("members.show", uid=uid), 303)
    return render_template("members/difficulties.html", member=member, words=words, kept=counts.of(uid))


def _said() -> dict[str, Difficulty | None]:
    known = {str(one): one for one in Difficulty}
    return {name: known.get(request.form.get(name, "")) for name in words.QUESTIONS}


@needs(Right.MANAGE_SPACE)
def ask_difficulties() -> Response:
    """Begin or cease to ask the six questions at this space."""
    space_uid, asked = places.here_uid(), request.form.get("poser") == "1"
    if space_uid is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    with transaction():
        services.ask(space_uid, asked)
    done(msg("Les six questions sont posées.") if asked else msg("Les six questions ne sont plus posées."))
    return redirect(url_for("members.questions"), 303)


def card() -> list[Markup]:
    """Return the card of the page of questions: the switch, and the counts; nothing at the centre."""
    space_uid = places.here_uid()
    if space_uid is None:
        return []
    asked = services.is_asked(space_uid)
    page = render_template("members/_difficulties.html", asked=asked, counts=counts.counts(space_uid))
    return [Markup(page)]  # noqa: S704 - a page of ours


def action(uid: uuid.UUID) -> Markup | None:
    """Return the link to the questions on a person's page, where they are asked."""
    if not services.is_asked(places.here_uid()):
        return None
    return Markup(render_template("members/_difficulties_link.html", uid=uid))  # noqa: S704 - ours
