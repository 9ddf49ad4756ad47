"""Training on the pages of the register: a member's sessions and days, the sessions a group may join."""

import uuid
from typing import Any

from flask import current_app, render_template, url_for
from flask_login import current_user
from markupsafe import Markup

from kiosk.members import queries as members
from kiosk.training import listings, queries, words
from kiosk.training.attestations import reading
from kiosk.web.rights import Right

_MOST_SESSIONS = 4


def panel(member_uid: uuid.UUID) -> Markup:
    """Return the card of a member's sessions and days, empty when there is nothing to see or to do."""
    sessions, here = queries.sessions_of(member_uid), "training.show" in current_app.view_functions
    teaches = here and current_user.can(Right.EDIT_TRAINING) and not members.one(member_uid).is_erased
    if not sessions and not teaches:
        return Markup()
    facts, cards = queries.facts_of_person(member_uid)
    card = render_template(
        "training/_panel.html",
        sessions=sessions,
        days=queries.as_days(queries.person_days(facts)),
        cards=cards,
        papers=reading.of_member(member_uid),
        words=words,
        page="training.show" if here else "sessions.show",
        alone=url_for("training.alone", member=member_uid) if teaches else "",
    )
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja


def group_panel(group: Any) -> Markup:
    """Return the card that enrols a whole group at once in one of the next sessions."""
    if not (group.active and current_user.can(Right.EDIT_TRAINING)):
        return Markup()
    coming = listings.coming(group.space_uid, _MOST_SESSIONS)
    card = render_template("training/_group_panel.html", group=group, coming=coming, words=words)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
