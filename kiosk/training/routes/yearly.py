"""The plan of a year: sessions meant, held and late, course by course."""

import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import Refusal, clock, transaction
from kiosk.training import queries, services, words
from kiosk.training.routes.catalogue_forms import MeantForm
from kiosk.training.routes.door import blueprint, go, plans, reads, space_uid
from kiosk.web.notices import done

FIRST, LAST = 2000, 2099


@blueprint.get("/formations/annee")
@reads
def year() -> str:
    """Show the plan of a year; the next and the former one are a tap away."""
    shown, today = _year(), clock.today()
    lines = sorted(queries.year_plan(space_uid(), shown), key=lambda one: one.planned == 0)
    return render_template(
        "training/year.html",
        year=shown,
        today=today,
        lines=lines,
        planned=sum(one.planned for one in lines),
        held=sum(one.held for one in lines),
        late=sum(len(one.late(today)) for one in lines),
        sure=clock.is_sure(),
        words=words,
    )


@blueprint.post("/formations/annee/<int:year>/<uuid:uid>")
@plans
def mean(year: int, uid: uuid.UUID) -> Response:
    """Write down how many sessions of a course the year should see."""
    form = MeantForm()
    if not form.validate():
        raise Refusal(msg("Écrivez un nombre entre 0 et %(n)s.", n=500))
    with transaction():
        services.mean_to_hold(services.find_course(uid), year, form.planned.data or 0)
    done(msg("Le plan de l’année est corrigé."))
    return go("training.year", annee=year)


def _year() -> int:
    typed = request.args.get("annee", "")
    known = typed.isascii() and typed.isdigit() and FIRST <= int(typed) <= LAST
    return int(typed) if known else clock.today().year
