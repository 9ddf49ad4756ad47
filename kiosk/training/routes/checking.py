"""Checking an attestation, at any kiosk and at the centre: valid, withdrawn or unknown.

Open to everybody; it says no more of a person than the paper in hand, and few times a minute.
"""

from flask import render_template, request

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training import words
from kiosk.training.attestations import paper, reading
from kiosk.training.routes.attestation_forms import CheckForm
from kiosk.training.routes.door import checking
from kiosk.training.routes.pace import slow_down

Answer = tuple[str, int]
MOST = 30


@checking.get("")
def ask() -> Answer:
    """Ask for a number, and say what is known of it."""
    form = CheckForm(request.args, meta={"csrf": False})
    number = (request.args.get("number") or "").strip()
    if not number:
        return _page(CheckForm(formdata=None, meta={"csrf": False}), None)
    return _checked(form, number, request.args.get("name", ""))


@checking.get("/<number>")
def number(number: str) -> Answer:
    """Say what is known of a number that was scanned."""
    form = CheckForm(formdata=None, number=number[:30], meta={"csrf": False})
    return _checked(form, number, "")


def _checked(form: CheckForm, number: str, name: str) -> Answer:
    try:
        slow_down(f"attestations {request.remote_addr}", MOST)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, None, 429)
    return _page(form, reading.check(number[:30], name[:120]))


def _page(form: CheckForm, found: reading.Checked | None, status: int = 200) -> Answer:
    said = _SAID[found.state] if found else None
    page = render_template(
        "training/check.html", form=form, found=found, said=said, titles=paper.TITLES, words=words
    )
    return page, status


_SAID = {
    "valid": ("ok", msg("Cette attestation est valable."), msg("Comparez ces lignes avec le papier.")),
    "revoked": ("bad", msg("Cette attestation a été retirée."), msg("Demandez à l’espace qui l’a faite.")),
    "unknown": (
        "wait",
        msg("Ce numéro n’est pas connu ici."),
        msg("Il est peut-être trop récent. Demandez à l’espace qui l’a fait."),
    ),
    "misread": ("bad", msg("Ce numéro est mal écrit."), msg("Vérifiez chaque signe sur le papier.")),
}
