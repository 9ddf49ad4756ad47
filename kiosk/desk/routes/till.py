"""The counter's services: what a day brought in, its lines, and what each service costs."""

import datetime
import uuid

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.desk.routes.counter import day_asked
from kiosk.desk.routes.door import blueprint, here
from kiosk.desk.routes.till_forms import SaleForm, TariffForm
from kiosk.desk.till import services
from kiosk.desk.till.services import Service
from kiosk.language import Message, formats, msg, nmsg
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_sells, _prices = needs(Right.RECORD_VISITS), needs(Right.MANAGE_SPACE)


@blueprint.route("/visites/caisse", methods=["GET", "POST"])
@_sells
def till() -> Answer:
    """Show what a day brought in, and note sheets of a service."""
    day, sold = day_asked(request.args.get("jour")), services.services(here(), put_away=True)
    form = SaleForm(day=day)
    form.offer(sold)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            said = form.said()
            line = services.note(
                here(), services.service(here(), said.service), said.sheets, said.day, said.price
            )
        if outcome.ok:
            done(_noted(line.sheets, line.price), undo=url_for("desk.reverse_line", uid=line.uid))
            return _back(line.day)
    return _page(form, day), 422 if form.errors else 200


def _noted(sheets: int, price: int) -> Message:
    cash = formats.money(sheets * price)
    return nmsg(
        "Une feuille est notée\u00a0: %(cash)s.",
        "%(n)s feuilles sont notées\u00a0: %(cash)s.",
        sheets,
        cash=cash,
    )


def _back(day: datetime.date) -> Response:
    return redirect(url_for("desk.till", jour=None if day == clock.today() else day), 303)


def _page(form: SaleForm, day: datetime.date) -> str:
    first, one = day.replace(day=1), datetime.timedelta(days=1)
    sums = services.sums(here(), first, (first + 31 * one).replace(day=1) - one)
    lines = services.lines(here(), day)
    return render_template(
        "desk/till.html",
        form=form,
        day=day,
        days=(day - one, day + one if day < clock.today() else None),
        today=services.together(sums.get(day, ())),
        month=services.together(told for some in sums.values() for told in some),
        lines=lines,
        undone={line.reverses_uid for line in lines},
        labels=form.labels,
    )


@blueprint.post("/visites/caisse/<uuid:uid>/annuler")
@_sells
def reverse_line(uid: uuid.UUID) -> Response:
    """Take a line back by its opposite: the book keeps both."""
    with transaction():
        line = services.reverse(here(), uid)
    done(msg("La ligne est annulée. Le cahier garde les deux."))
    return _back(line.day)


@blueprint.get("/visites/caisse/tarifs")
@_prices
def tariffs() -> str:
    """List the services with what a sheet costs."""
    found = sorted(services.services(here(), put_away=True), key=lambda one: not one.active)
    return render_template("desk/tariffs.html", services=found)


@blueprint.route("/visites/caisse/tarifs/nouveau", methods=["GET", "POST"])
@_prices
def new_tariff() -> Answer:
    """Offer a service."""
    form = TariffForm(active=True)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add(here(), form.label.data or "", form.price.data)
        if outcome.ok:
            return _listed()
    return _tariff(form, None)


@blueprint.route("/visites/caisse/tarifs/<key>", methods=["GET", "POST"])
@_prices
def tariff(key: str) -> Answer:
    """Say what a service is called and costs, and whether it is offered."""
    found = services.service(here(), key)
    form = TariffForm(label=str(found.label), price=found.price, active=found.active)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            said = Service(key, form.label.data or "", form.price.data, bool(form.active.data))
            services.change(here(), said)
        if outcome.ok:
            return _listed()
    return _tariff(form, found)


def _listed() -> Response:
    done(msg("Le tarif est à jour."))
    return redirect(url_for("desk.tariffs"), 303)


def _tariff(form: TariffForm, found: Service | None) -> tuple[str, int]:
    return render_template("desk/tariff.html", form=form, service=found), 422 if form.errors else 200
