"""The public sheet of a space, and the list of communes."""

import csv
import datetime
import io

from flask import Blueprint, Response, abort, render_template, request

from kiosk.places import hours, queries
from kiosk.places.models import Space
from kiosk.storage import clock
from kiosk.web.guards import needs

_WEEK = 7


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/espace")(space)
    blueprint.get("/espaces")(spaces)
    blueprint.get("/espaces/<code>")(one)
    blueprint.get("/communes")(communes)
    blueprint.get("/communes.csv")(communes_csv)


def space() -> str:
    """Show this machine's space; at the centre, the list of all."""
    here = queries.here()
    return _sheet(here) if here else _list()


def spaces() -> str:
    """List every space."""
    return _list()


def _list() -> str:
    found = queries.spaces()
    return render_template("places/spaces.html", spaces=found, places=queries.addresses(found))


def one(code: str) -> str:
    """Show one space."""
    found = queries.space_by_code(code)
    if found is None:
        abort(404)
    return _sheet(found)


def _sheet(found: Space) -> str:
    today = clock.today()
    days = [today + datetime.timedelta(days=n) for n in range(_WEEK)]
    return render_template(
        "places/space.html",
        space=found,
        place=queries.commune(found.commune, today),
        week=[(day, queries.opening(found, day)) for day in days],
        open_now=queries.open_now(found),
        shown=hours.shown,
        rooms=queries.rooms(found.uid),
    )


@needs()
def communes() -> str:
    """List the communes with their code and their parents before and since 2023."""
    now, words = _now(), request.args.get("q", "")[:80]
    found = queries.communes(words, queries.REFORM if now else queries.BEFORE_REFORM)
    groups = queries.by_cercle(found)
    return render_template("places/communes.html", groups=groups, q=words, now=now)


def _now() -> bool:
    return request.args.get("decoupage") == "2023"


@needs()
def communes_csv() -> Response:
    """Give the communes as a table: p-code, name, parents before and since 2023."""
    since = {one.pcode: one.parents for one in queries.communes(at=queries.REFORM)}
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(["pcode", "commune", "cercle", "region", "cercle_2023", "region_2023", "certitude_2023"])
    for one in queries.communes():
        new = since[one.pcode]
        before = [one.parents.cercle, one.parents.region]
        table.writerow([one.pcode, one.name, *before, new.cercle or "", new.region, new.state])
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="communes-kayes.csv"'
    return answer
