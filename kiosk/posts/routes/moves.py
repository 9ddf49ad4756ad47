"""What writers do to a post besides writing: each a POST, each said, most undone."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, formats, msg
from kiosk.posts import planning, services
from kiosk.posts.forms import DayForm
from kiosk.posts.models import Post
from kiosk.posts.people import Person
from kiosk.posts.routes.signed import Answer, late, me, mine
from kiosk.posts.routes.writing import resting
from kiosk.posts.states import Side
from kiosk.storage import transaction
from kiosk.web.doubts import Doubt
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


class Act(NamedTuple):
    """One button: what it does, what is said after, which act takes it back."""

    do: Callable[[Post, Person], Post]
    said: Message
    undo: str = ""


ACTS = {
    "reprendre": Act(services.recall, msg("L’article est de nouveau chez vous.")),
    "nouvelle-version": Act(services.revise, msg("Écrivez la nouvelle version. L’ancienne reste publiée.")),
    "afficher": Act(services.publish, msg("L’annonce est affichée."), "retirer"),
    "retirer": Act(services.withdraw, msg("L’annonce est retirée."), "afficher"),
    "jeter": Act(services.discard, msg("Le brouillon est jeté."), "retablir"),
    "retablir": Act(services.restore, msg("Le brouillon est revenu.")),
}


def add_to(blueprint: Blueprint) -> None:
    """Hang these acts on the room's blueprint."""
    rule = f"/articles/<uuid:uid>/<any({','.join(map(repr, ACTS))}):act>"
    blueprint.add_url_rule(rule, "move", needs(Right.WRITE_POSTS)(move), methods=["POST"])
    blueprint.add_url_rule(
        "/articles/<uuid:uid>/attendre", "keep", needs(Right.WRITE_POSTS)(keep), methods=["POST"]
    )


def move(uid: uuid.UUID, act: str) -> Response:
    """Make one move and say what was done."""
    chosen = ACTS[act]
    with transaction():
        post = chosen.do(mine(uid, discarded=True), me())
    done(chosen.said, undo=url_for(".move", uid=uid, act=chosen.undo) if chosen.undo else None)
    return redirect(url_for(".board") if post.deleted_at else url_for(".post", uid=uid), 303)


def keep(uid: uuid.UUID) -> Answer:
    """Leave a text that waited for long in the line: now, or for the day that was typed."""
    post, form = mine(uid), DayForm()
    if "day" not in request.form:
        with transaction():
            planning.keep(post, me())
        done(msg("L’article reste dans la file."))
        return redirect(url_for(".post", uid=uid), 303)
    if is_submitted_ok(form) and form.day.data is not None:
        with refused(form) as outcome, transaction():
            planning.keep(post, me(), form.day.data)
        if outcome.ok:
            done(msg("C’est noté pour le %(day)s.", day=formats.date_long(form.day.data)))
            return redirect(url_for(".post", uid=uid), 303)
    return resting(post, form), 422


def doubts() -> list[Doubt]:
    """Return the texts that waited for long, each with the page where it is decided."""
    page = "editorial.article" if Side.REVIEWER in me().sides else "posts.post"
    return [_doubt(one, url_for(page, uid=one.uid)) for one in late()]


def _doubt(one: planning.Late, url: str) -> Doubt:
    found = msg("%(n)s jours\u00a0: publier, reprogrammer ou annuler\u202f?", n=formats.number(one.days))
    return Doubt("news", one.title or str(msg("(sans titre)")), found, url)
