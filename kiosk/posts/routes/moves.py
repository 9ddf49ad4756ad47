"""What writers do to a post besides writing: each a POST, each said, most undone."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.posts import services
from kiosk.posts.models import Post
from kiosk.posts.people import Person
from kiosk.posts.routes.signed import me, mine
from kiosk.storage import transaction
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


def move(uid: uuid.UUID, act: str) -> Response:
    """Make one move and say what was done."""
    chosen = ACTS[act]
    with transaction():
        post = chosen.do(mine(uid, discarded=True), me())
    done(chosen.said, undo=url_for(".move", uid=uid, act=chosen.undo) if chosen.undo else None)
    return redirect(url_for(".board") if post.deleted_at else url_for(".post", uid=uid), 303)
