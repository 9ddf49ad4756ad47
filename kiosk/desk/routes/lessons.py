"""First steps: five lessons, how far one is, and each lesson to try for real."""

import uuid

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.desk.learning import services
from kiosk.desk.learning.lessons import BY_KEY, LESSONS
from kiosk.desk.routes.door import STAFF, blueprint, here
from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.web.guards import needs
from kiosk.web.notices import done

_learns = needs(*STAFF)


def _mine() -> uuid.UUID:
    return uuid.UUID(str(current_user.uid))


@blueprint.get("/premiers-pas")
@_learns
def lessons() -> str:
    """Show the five lessons and how far the reader is."""
    finished = services.done_by(_mine())
    percent = services.progress(finished)
    next_one = next((one for one in LESSONS if one.key not in finished), None)
    return render_template(
        "desk/lessons.html", lessons=LESSONS, finished=finished, percent=percent, next_one=next_one
    )


@blueprint.get("/premiers-pas/<lesson>")
@_learns
def lesson(lesson: str) -> str:
    """Show one lesson."""
    found = BY_KEY.get(lesson) or abort(404)
    finished = found.key in services.done_by(_mine())
    return render_template(
        "desk/lesson.html", lesson=found, finished=finished, number=LESSONS.index(found) + 1, all=len(LESSONS)
    )


@blueprint.post("/premiers-pas/<lesson>/<any(fini,revoir):act>")
@_learns
def finish_lesson(lesson: str, act: str) -> Response:
    """Note that the reader finished a lesson, or wants to see it again."""
    with transaction():
        services.finish(here(), _mine(), lesson, act == "fini")
    if act == "fini":
        done(msg("Leçon finie."), undo=url_for("desk.finish_lesson", lesson=lesson, act="revoir"))
    else:
        done(msg("La leçon est à revoir."))
    return redirect(url_for("desk.lessons"), 303)
