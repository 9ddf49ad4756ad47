"""Cards: one on a page, or eight to a sheet for those who wait, for a group, for chosen people."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg, nmsg
from kiosk.members import photos, printing, queries
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, transaction
from kiosk.web import groups
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.printing import pdf, qr
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/membres/<uuid:uid>/carte")(card)
    blueprint.get("/membres/cartes")(card_sheet)
    blueprint.get("/membres/cartes/planche")(card_choice)
    blueprint.get("/membres/cartes/planche.pdf")(card_pdf)
    blueprint.post("/membres/cartes/imprimees")(cards_printed)


@needs(Right.SEE_MEMBERS)
def card(uid: uuid.UUID) -> str:
    """Show the card to print, at its real size."""
    member = queries.one(uid)
    space = places.space(member.space_uid)
    return render_template("members/card.html", member=member, space=space, code=qr(member.card))


@needs(Right.EDIT_MEMBERS)
def card_sheet() -> str:
    """Ask whose cards to print."""
    space_uid, words = _here(), request.args.get("q", "")[:80]
    return render_template(
        "members/cards.html",
        waiting=printing.waiting(space_uid),
        groups=groups.offered(),
        words=words,
        found=queries.find(words, 30, space_uid) if words else [],
        a_sheet=printing.A_SHEET,
        most=printing.MOST,
    )


def _here() -> uuid.UUID:
    space_uid = places.here_uid()
    if space_uid is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    return space_uid


def _wanted() -> Sequence[Member]:
    """Return the people that the address asks for. Raises NotFound for a group that is no more."""
    space_uid, key = _here(), request.args.get("groupe", "")
    if request.args.get("sans"):
        return printing.next_ones(space_uid)
    if key:
        group = groups.find(key)
        if group is None:
            raise NotFound(msg("Ce groupe n’est plus là."))
        return printing.chosen(space_uid, group.people())
    return printing.chosen(space_uid, _ids(request.args.getlist("m")))


def _ids(texts: Sequence[str]) -> list[uuid.UUID]:
    found = []
    for text in texts[: printing.MOST]:
        try:
            found.append(uuid.UUID(hex=text))
        except ValueError:
            continue
    return found


@needs(Right.EDIT_MEMBERS)
def card_choice() -> str | Response:
    """Show whose cards go on the sheets, before they are printed."""
    people = _wanted()
    if not people:
        done(msg("Personne n’a été choisi."), kind="wait")
        return redirect(url_for("members.card_sheet"), 303)
    asked: dict[str, Any] = {
        name: request.args.getlist(name) for name in ("sans", "groupe", "m") if name in request.args
    }
    return render_template(
        "members/card_choice.html",
        people=people,
        sheets=-(-len(people) // printing.A_SHEET),
        address=url_for("members.card_pdf", **asked),
        photos=any(photos.has(_data(), one) for one in people)
        and url_for("members.card_pdf", photos=1, **asked),
    )


@needs(Right.EDIT_MEMBERS)
def card_pdf() -> Response:
    """Give the cards as a PDF, eight to a page."""
    people = _wanted()
    if not people:
        raise NotFound(msg("Personne n’a été choisi."))
    with_photos = _data() if request.args.get("photos") else None
    return pdf("cards", printing.sheet(people, with_photos), "cartes de membre")


def _data() -> Path:
    data: Path = current_app.config["SETTINGS"].data
    return data


@needs(Right.EDIT_MEMBERS)
def cards_printed() -> Response:
    """Note that cards are on paper: their people wait no more."""
    with transaction():
        people = printing.chosen(_here(), _ids(request.form.getlist("m")))
        printing.note_printed(people)
    done(nmsg("%(n)s carte est notée imprimée.", "%(n)s cartes sont notées imprimées.", len(people)))
    return redirect(url_for("members.card_sheet"), 303)
