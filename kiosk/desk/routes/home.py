"""The first page of a space: what it offers, to anybody on its Wi-Fi."""

from flask import render_template

from kiosk.desk import welcome
from kiosk.desk.routes import door
from kiosk.posts.channels import queries as channels
from kiosk.web.i18n import chosen


def home() -> str:
    """Show a stranger what the space offers, without account or Internet."""
    return render_template(
        "desk/home.html",
        welcome=welcome.welcome(door.known(), chosen().code),
        note=welcome.lesson_note,
        seats=welcome.seats,
        accounts=channels.followed(),
    )
