"""The first page of a space: what it offers, to anybody on its Wi-Fi."""

from flask import render_template

from kiosk.desk import today
from kiosk.desk.routes import door
from kiosk.posts.channels import queries as channels
from kiosk.web.i18n import chosen


def home() -> str:
    """Show a stranger what the space offers, without account or Internet."""
    return render_template(
        "desk/home.html",
        welcome=today.welcome(door.known(), chosen().code),
        note=today.lesson_note,
        seats=today.seats,
        accounts=channels.followed(),
    )
