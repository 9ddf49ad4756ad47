"""A member's training, shown on her page in the register."""

import uuid

from flask import current_app, render_template
from markupsafe import Markup

from kiosk.training import queries, words
from kiosk.training.attestations import reading


def panel(member_uid: uuid.UUID) -> Markup:
    """Return the card of a member's sessions and days, empty when she has none."""
    sessions = queries.sessions_of(member_uid)
    if not sessions:
        return Markup()
    facts, cards = queries.facts_of_person(member_uid)
    card = render_template(
        "training/_panel.html",
        sessions=sessions,
        days=queries.as_days(queries.person_days(facts)),
        cards=cards,
        papers=reading.of_member(member_uid),
        words=words,
        page="training.show" if "training.show" in current_app.view_functions else "sessions.show",
    )
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
