"""What came after a key was withdrawn: the coordination reads what kind it is, takes it or not."""

from collections import Counter
from collections.abc import Mapping
from typing import cast

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.central import acts, aside, nodes, queries
from kiosk.central.routes.kiosks import blueprint
from kiosk.config import Settings
from kiosk.language import msg, nmsg
from kiosk.storage import Refusal, transaction
from kiosk.sync import words
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


@blueprint.get("/kiosques/<int:number>/mis-de-cote")
@needs(Right.COORDINATE)
def asides(number: int) -> str:
    """List what is set aside of a machine, in order of arrival: how many changes, of what kind."""
    nodes.machine(number)
    return render_template(
        "central/asides.html",
        kiosk=queries.kiosk(number),
        asides=aside.found(number),
        acts=acts.of(number),
        words=_words,
    )


def _words(kinds: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what a person calls these changes, and how many there are of each kind."""
    counts: Counter[str] = Counter()
    for tab, count in kinds.items():
        counts[str(words.name_of(tab).label)] += count
    return sorted(counts.items())


@blueprint.post("/kiosques/<int:number>/mis-de-cote/<int:one>/accepter")
@needs(Right.COORDINATE)
def accept_aside(number: int, one: int) -> Response:
    """Take a sending as if its key were good."""
    nodes.machine(number)
    try:
        data = cast(Settings, current_app.config["SETTINGS"]).data
        taken = aside.accept(number, one, data, current_user.uid)
    except Refusal as refusal:
        done(refusal.message, kind="wait")
    else:
        done(nmsg("%(n)s changement accepté.", "%(n)s changements acceptés.", taken) if taken else _KNOWN)
    return redirect(url_for(".asides", number=number), 303)


_KNOWN = msg("Tout était déjà ici.")


@blueprint.route("/kiosques/<int:number>/mis-de-cote/<int:one>/ecarter", methods=["GET", "POST"])
@needs(Right.COORDINATE)
def discard_aside(number: int, one: int) -> str | Response:
    """Ask once, then throw a sending away: nothing brings it back."""
    if request.method == "POST":
        with transaction():
            aside.discard(number, one, current_user.uid)
        done(msg("L’envoi est écarté. Les fiches n’ont pas changé."))
        return redirect(url_for(".asides", number=number), 303)
    shown, kiosk = aside.one(number, one), queries.kiosk(number)
    return render_template("central/discard.html", kiosk=kiosk, one=shown, words=_words)
