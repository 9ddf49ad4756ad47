"""A member who also works in the team: her two profiles said to be one person's."""

import uuid

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members.routes.volunteers import go, guard, mine
from kiosk.members.volunteers import queries, same
from kiosk.storage import transaction
from kiosk.web.notices import done


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    here = "/benevoles/<uuid:uid>/meme-personne"
    for rule, name, view, method in (
        (here, "same_volunteer", choose, "GET"),
        (f"{here}/<uuid:other>", "link_volunteer", link, "POST"),
        (f"{here}/separer", "part_volunteer", part, "POST"),
    ):
        blueprint.add_url_rule(rule, name, guard(view), methods=[method])


def choose(uid: uuid.UUID) -> str:
    """Show who of the team a member may be, or which member somebody of the team is."""
    one = mine(uid)
    name = queries.name_of(one)
    asked = request.args.get("q", name)[:80]
    people = same.colleagues_like(one) if one.member_uid else same.members_like(one, asked)
    return render_template("members/volunteer_same.html", one=one, name=name, asked=asked, people=people)


def link(uid: uuid.UUID, other: uuid.UUID) -> Response:
    """Say that both are one person."""
    mine(uid)
    with transaction():
        shown = same.link(uid, other)
    done(
        msg("C’est une seule personne\u00a0: elle compte une fois."),
        undo=url_for("members.part_volunteer", uid=shown.uid),
    )
    return go(shown.uid)


def part(uid: uuid.UUID) -> Response:
    """Say that they are two people."""
    mine(uid)
    with transaction():
        same.unlink(uid)
    done(msg("Ce sont de nouveau deux personnes."))
    return go(uid)
