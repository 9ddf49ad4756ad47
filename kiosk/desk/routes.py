"""The counter, the manager's day and the public welcome page."""

import datetime
import uuid

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.desk import health, queries, services, today
from kiosk.desk.forms import VisitForm
from kiosk.desk.models import FAMILIES
from kiosk.language import Message, formats, msg, nmsg
from kiosk.places import queries as places
from kiosk.storage import clock, transaction
from kiosk.web import cache
from kiosk.web.forms import refused
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

blueprint = Blueprint("desk", __name__, template_folder="templates")
_STAFF = (Right.RECORD_VISITS, Right.MARK_ATTENDANCE, Right.MANAGE_SPACE)
NAV = (
    NavItem("desk.today_page", msg("Aujourd’hui"), "home", _STAFF, order=10, primary=True),
    NavItem("desk.visits", msg("Visites"), "enter", (Right.RECORD_VISITS,), order=45),
)
PUBLIC_NAV = (
    NavItem("web.home", msg("Accueil"), "home", order=10),
    NavItem("web.help", msg("Aide"), "help", order=90),
)


def register(app: Flask) -> None:
    """Open the public welcome page at the root of a kiosk."""
    app.add_url_rule("/", "web.home", cache.shared(home))


def home() -> str:
    """Show a stranger what the space offers, without account or Internet."""
    return render_template("desk/home.html", welcome=today.welcome(), seats=today.seats)


@blueprint.get("/aujourdhui")
@needs(*_STAFF)
def today_page() -> str:
    """Show the day: who came, sittings, sheets to enter, what waits to be sent, the machine."""
    machine = health.machine(current_app.config["SETTINGS"].data)
    return render_template(
        "desk/today.html",
        day=today.today(_here()),
        actions=_actions(),
        machine=[(sign.icon, sign.name, sign.note, sign.state) for sign in machine],
        machine_title=health.verdict(machine),
        note=today.sitting_note,
        age=today.age_of,
    )


def _actions() -> list[tuple[Message, str, str]]:
    """Return the quick actions the reader may do, the day's first one first."""
    known = [
        (Right.RECORD_VISITS, msg("Noter une visite"), "desk.visits", "enter"),
        (Right.EDIT_MEMBERS, msg("Inscrire une personne"), "members.new", "person"),
        (Right.MARK_ATTENDANCE, msg("Saisir une feuille"), "training.index", "sheet"),
        (Right.WRITE_POSTS, msg("Écrire un article"), "posts.new", "pencil"),
    ]
    return [(words, url_for(place), icon) for right, words, place, icon in known if current_user.can(right)]


@blueprint.get("/visites")
@needs(Right.RECORD_VISITS)
def visits() -> str:
    """Show the counter: three buttons, and the lines of the day."""
    day = _day(request.args.get("jour"))
    counts = queries.days(_here(), day, day).get(day) or queries.Day(day)
    return render_template(
        "desk/visits.html",
        day=day,
        counts=counts,
        by_family=[(word, formats.number(counts.by_family.get(key, 0))) for key, word in FAMILIES.items()],
        lines=paginate(queries.journal(_here(), day)),
        families=FAMILIES,
        sexes=dict(VisitForm.SEXES),
        form=VisitForm(formdata=None),
    )


@blueprint.post("/visites")
@needs(Right.RECORD_VISITS)
def note() -> Response | tuple[str, int]:
    """Note somebody who has just come in."""
    form = VisitForm(day=clock.today(), count=1, formdata=_with_defaults())
    if form.validate():
        now = clock.local(clock.now_ms()).hour
        return _noted(form, now)
    return render_template("desk/visit_form.html", form=form), 422


@blueprint.route("/visites/autre-jour", methods=["GET", "POST"])
@needs(Right.RECORD_VISITS)
def note_later() -> str | Response | tuple[str, int]:
    """Note visits written on paper: the day and how many."""
    form = VisitForm(day=clock.today())
    if form.is_submitted() and form.validate():
        with refused(form) as outcome:
            answer = _noted(form, None)
        if outcome.ok:
            return answer
    return render_template("desk/visit_form.html", form=form), 422 if form.errors else 200


@blueprint.post("/visites/annuler")
@needs(Right.RECORD_VISITS)
def undo() -> Response:
    """Take back the visits just noted."""
    with transaction():
        count = services.take_back(_here(), _uids(request.args.get("lignes", "")))
    done(nmsg("La visite est effacée.", "%(n)s visites sont effacées.", count))
    return redirect(url_for("desk.visits", jour=request.args.get("jour")), 303)


def _noted(form: VisitForm, hour: int | None) -> Response:
    arrival = services.Arrival(form.day.data or clock.today(), form.sex.data, form.family.data, hour)
    with transaction():
        made = services.note_visit(_here(), arrival, form.count.data or 1)
        lines = ".".join(visit.uid.hex for visit in made)
    back = url_for("desk.undo", lignes=lines, jour=arrival.day.isoformat())
    done(nmsg("La visite est notée.", "%(n)s visites sont notées.", len(made)), undo=back)
    return redirect(url_for("desk.visits", jour=arrival.day.isoformat()), 303)


def _with_defaults() -> object:
    data = request.form.copy()
    data.setlist("day", [clock.today().isoformat()])
    data.setlist("count", ["1"])
    return data


def _here() -> uuid.UUID:
    return places.here_uid() or abort(404)


def _day(text: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return clock.today()


def _uids(text: str) -> list[uuid.UUID]:
    parts = text.split(".")[: services.MANY]
    return [uuid.UUID(hex=part) for part in parts if len(part) == 32 and part.isalnum()] or abort(404)
