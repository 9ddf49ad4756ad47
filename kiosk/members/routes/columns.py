"""What the columns of a brought file mean: shown, corrected by hand, kept for the next file."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members.routes.imports import read
from kiosk.storage import Refusal, transaction
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

if TYPE_CHECKING:
    from kiosk.members.importer.meanings import Heading

Answer = str | Response | tuple[str, int]
_PAGE = "/membres/import/<token>/colonnes"


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    blueprint.add_url_rule(_PAGE, "choose_columns", choose_columns, methods=["GET", "POST"])
    blueprint.post(f"{_PAGE}/oublier")(forget_columns)


@needs(Right.EDIT_MEMBERS)
def choose_columns(token: str) -> Answer:
    """Ask what each column holds; the answer serves this file and the next of the same titles."""
    from kiosk.members.importer import meanings

    tables, waiting = read(token)
    found, fault = meanings.headings(tables), ""
    if request.method == "POST":
        try:
            with transaction():
                for at, heading in enumerate(found):
                    meanings.keep(heading, _told(at, heading), f"personne-{at}" not in request.form)
        except Refusal as refusal:
            fault = str(refusal)
        else:
            done(msg("Les colonnes sont notées. Le prochain fichier sera lu ainsi."))
            return redirect(url_for("members.preview", token=token), 303)
    page = render_template(
        "members/columns.html",
        headings=found,
        told=request.form,
        words=meanings.offered(),
        known=meanings.said(),
        fault=fault,
        waiting=waiting,
        token=token,
    )
    return page, 422 if fault else 200


def _told(at: int, heading: "Heading") -> list[str]:
    """Return a meaning for each column; an unknown answer leaves the column aside."""
    from kiosk.members.importer import meanings

    offered = meanings.offered()
    said = [request.form.get(f"colonne-{at}-{one.at}", "") for one in heading.columns]
    kept = [one.key for one in heading.columns]
    return [key if key in offered or key == old else "" for key, old in zip(said, kept, strict=True)]


@needs(Right.EDIT_MEMBERS)
def forget_columns(token: str) -> Response:
    """Read the titles of a file afresh."""
    from kiosk.members.importer import meanings

    tables, _ = read(token)
    with transaction():
        for heading in meanings.headings(tables):
            meanings.forget(heading)
    done(msg("Les titres sont lus de nouveau."))
    return redirect(url_for("members.choose_columns", token=token), 303)
