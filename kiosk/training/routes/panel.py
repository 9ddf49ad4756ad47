"""A member's training, shown on her page in the register."""

import uuid

from flask import current_app, render_template, url_for
from flask_login import current_user
from markupsafe import Markup

from kiosk.training import queries, words
from kiosk.training.attestations import reading
from kiosk.web.rights import Right


def panel(member_uid: uuid.UUID) -> Markup:
    """Return the card of a member's sessions and days, empty when there is nothing to see or to do."""
    sessions, here = queries.sessions_of(member_uid), "training.show" in current_app.view_functions
    teaches = here and current_user.can(Right.EDIT_TRAINING)
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
