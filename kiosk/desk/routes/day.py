"""« Aujourd’hui »: the first page of whoever works at the space."""

import uuid
from collections.abc import Sequence

from flask import current_app, render_template, url_for
from flask_login import current_user

from kiosk.desk import health, today
from kiosk.desk.learning import services as learning
from kiosk.desk.learning.lessons import LESSONS
from kiosk.desk.routes.door import STAFF, blueprint, here
from kiosk.language import Message, msg
from kiosk.storage import clock
from kiosk.sync import differences
from kiosk.web import doubts
from kiosk.web.guards import needs
from kiosk.web.rights import Right
from kiosk.web.steady import steady

_SEEN_BY = (Right.EDIT_TRAINING, Right.SYNC, Right.EDIT_MEMBERS)


@blueprint.get("/aujourdhui")
@needs(*STAFF)
def today_page() -> str:
    """Show the day: who came, sittings, sheets to enter, what waits to be sent, the machine."""
    machine = health.machine(current_app.config["SETTINGS"].data)
    day = today.today(here(), *map(current_user.can, _SEEN_BY))
    return render_template(
        "desk/today.html",
        day=day,
        actions=_actions([one.uid for one in day.sheets]),
        to_weigh=_to_weigh(),
        question=current_app.extensions.get("asked_first", lambda: None)(),
        machine=[(sign.icon, sign.name, sign.note, sign.state) for sign in machine],
        machine_title=health.verdict(machine),
        note=today.sitting_note,
        age=today.age_of,
        learning=_learning(),
    )


def _learning() -> tuple[int, int] | None:
    """Return how many lessons the reader finished of how many, None once she finished them all."""
    finished = len(learning.done_by(uuid.UUID(str(current_user.uid))))
    return (finished, len(LESSONS)) if finished < len(LESSONS) else None


def _to_weigh() -> int:
    """Return how many things wait for the manager in « À vérifier », for who may open it."""
    if not current_user.can(Right.MANAGE_SPACE):
        return 0
    return steady(("to_weigh", clock.today()), lambda: len(differences.cases()) + len(doubts.every()))


def _actions(sheets: Sequence[uuid.UUID]) -> list[tuple[Message, str, str]]:
    """Return the quick actions the reader may do, the day's first one first; `sheets` wait to be entered."""
    known = [
        (Right.RECORD_VISITS, msg("Noter une visite"), "desk.visits", "enter"),
        (Right.EDIT_MEMBERS, msg("Inscrire une personne"), "members.new", "person"),
        (Right.MARK_ATTENDANCE, msg("Saisir une feuille"), "training.index", "sheet"),
        (Right.WRITE_POSTS, msg("Écrire un article"), "posts.new", "pencil"),
    ]
    led = {"training.index": _to_sheets(sheets)}
    may = [one for one in known if current_user.can(one[0])]
    return [(words, led.get(place) or url_for(place), icon) for _, words, place, icon in may]


def _to_sheets(sheets: Sequence[uuid.UUID]) -> str:
    """Return where sheets are entered: the one that waits, the list of several, else the sessions."""
    if len(sheets) == 1:
        return url_for("training.presences", uid=sheets[0])
    return "#feuilles" if sheets else url_for("training.index")
