"""What the coordinator sees of training: every session with its space, every mark once, no name.

Nothing is written here: sessions and sheets belong to their spaces.
"""

import uuid
from itertools import groupby

from flask import Blueprint, Flask, render_template, request

from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.training import queries, services, words
from kiosk.training.catalogue.themes import offered
from kiosk.training.routes import doubts
from kiosk.training.routes.door import words_asked
from kiosk.training.routes.panel import panel
from kiosk.web.doubts import register as register_doubts
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

blueprint = Blueprint("sessions", "kiosk.training", template_folder="templates")
NAV = (NavItem("sessions.index", msg("Formations"), "calendar", (Right.COORDINATE,), order=25, primary=True),)


def register(app: Flask) -> None:
    """Put a member's training on her page, once her name was opened."""
    app.extensions.setdefault("member_panels", []).append(panel)
    app.extensions.setdefault("domains", []).append(offered)
    register_doubts(app, doubts.asker("sessions.show", "sessions.show"))


@blueprint.get("/formations")
@needs(Right.COORDINATE)
def index() -> str:
    """List the sessions of every space by month."""
    over, asked = request.args.get("terminees") == "1", words_asked()
    page = paginate(queries.listing(None, over, asked), scalars=False)
    lines = queries.session_lines(page.items)
    return render_template(
        "training/centre_index.html",
        page=page,
        months=[(month, list(group)) for month, group in groupby(lines, key=lambda one: one.month)],
        spaces=_space_names(),
        over=over,
        asked=asked,
        words=words,
        owners=queries.spaces_of({line.uid for line in lines}),
    )


@blueprint.get("/formations/<uuid:uid>")
@needs(Right.COORDINATE)
def show(uid: uuid.UUID) -> str:
    """Show a session: its sittings, and what was marked for each card."""
    training = services.find_session(uid, removed=True)
    marks = queries.marks_of(training)
    people = queries.people({member for _, member in marks})
    sittings = queries.sitting_lines(uid)
    return render_template(
        "training/centre_show.html",
        training=training,
        space=_space_names().get(training.space_uid, ""),
        state=services.told(training, [one.state for one in sittings]),
        sittings=sittings,
        people=sorted(people.values(), key=lambda person: person.number),
        marks=marks,
        words=words,
    )


def _space_names() -> dict[uuid.UUID, str]:
    return {space.uid: space.name for space in places.spaces()}
