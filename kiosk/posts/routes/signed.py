"""The signed-in person, and the post she asks for."""

import uuid

from flask import abort
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.posts import planning, queries
from kiosk.posts.models import Post
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import clock
from kiosk.web.rights import Right
from kiosk.web.steady import steady

Answer = str | Response | tuple[str, int]

_SIDES = {
    Right.WRITE_POSTS: Side.WRITER,
    Right.MANAGE_SPACE: Side.MANAGER,
    Right.REVIEW_POSTS: Side.REVIEWER,
}


def me() -> Person:
    """Return the signed-in person as this room sees her."""
    sides = frozenset(side for right, side in _SIDES.items() if current_user.can(right))
    return Person(
        current_user.uid, current_user.name, sides, current_user.space_uid, current_user.organisation_uid
    )


def mine(uid: uuid.UUID, discarded: bool = False) -> Post:
    """Return a post that the signed-in person may see, else the 404 page."""
    post = queries.find(uid, discarded)
    if post is None or not me().sees(post):
        abort(404)
    return post


def late() -> tuple[planning.Late, ...]:
    """Return what the signed-in person has to decide about again; asked once a write and a day."""
    person = me()
    return steady(("late", person, clock.today()), lambda: planning.late(person))
