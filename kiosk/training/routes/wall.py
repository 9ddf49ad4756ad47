"""Papers for a wall: the programme of a month, the poster of a session; as pages and as PDF."""

import datetime
import uuid

from flask import render_template
from werkzeug.wrappers import Response

from kiosk.paper.facts import Poster
from kiosk.training import posters, services
from kiosk.training.routes.door import blueprint, reads, space_uid
from kiosk.web import months
from kiosk.web.printing import outside, pdf


@blueprint.get("/formations/programme")
@reads
def month() -> str:
    """Show the programme of a month, ready to print."""
    first = _month()
    beside = months.beside(first, datetime.date.max)
    shown = posters.month_of(space_uid(), first)
    return render_template("training/month.html", programme=shown, beside=beside, month=f"{first:%Y-%m}")


@blueprint.get("/formations/programme.pdf")
@reads
def month_pdf() -> Response:
    """Give the programme of a month as a PDF."""
    first = _month()
    return pdf("programme", posters.month_of(space_uid(), first), f"programme {first:%Y-%m}")


def _month() -> datetime.date:
    """Return the first day of the month of the address, of this month otherwise."""
    return months.asked(datetime.date(2000, 1, 1), datetime.date(2099, 12, 1))


@blueprint.get("/formations/<uuid:uid>/affiche")
@reads
def poster(uid: uuid.UUID) -> str:
    """Show the poster of a session, ready to print."""
    return render_template("training/poster.html", poster=_poster(uid), uid=uid)


@blueprint.get("/formations/<uuid:uid>/affiche.pdf")
@reads
def poster_pdf(uid: uuid.UUID) -> Response:
    """Give the poster of a session as a PDF."""
    made = _poster(uid)
    return pdf("poster", made, f"affiche {made['title']}")


def _poster(uid: uuid.UUID) -> Poster:
    training = services.find_session(uid)
    code = outside("training.programme_session", uid=uid)
    return posters.poster(training.space_uid, uid, (training.trainer_name, training.trainer_sex), code)
