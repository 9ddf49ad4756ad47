"""« Je veux aider »: the offer from a phone, and the answer of the staff."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import queries as register
from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.members.routes.giving_forms import CardForm, OfferForm
from kiosk.members.routes.volunteers import Answer, filled, go, guard, here
from kiosk.members.volunteers import offers, words
from kiosk.members.volunteers.models import HelpOffer
from kiosk.storage import NotFound, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done
from kiosk.web.pace import slow_down

_LIKELY = 5


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint; only the first is everybody's."""
    blueprint.add_url_rule("/aider", "help_us", send, methods=["GET", "POST"])
    blueprint.add_url_rule("/aider/merci", "help_thanks", thanks)
    one, both, post = "/benevoles/offres/<uuid:uid>", ["GET", "POST"], ["POST"]
    blueprint.add_url_rule(one, "offer", guard(offer), methods=["GET"])
    blueprint.add_url_rule(f"{one}/accepter", "accept_offer", guard(accept), methods=post)
    blueprint.add_url_rule(f"{one}/carte", "offer_card", guard(card), methods=both)
    blueprint.add_url_rule(f"{one}/refuser", "refuse_offer", guard(refuse), methods=post)
    blueprint.add_url_rule(f"{one}/remettre", "offer_again", guard(wait_again), methods=post)


def send() -> Answer:
    """Offer one's help with a name and a phone; the staff answers."""
    space, form = here(), OfferForm()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            slow_down(request.remote_addr or "")
            with transaction():
                offers.send(space, form.name.data or "", form.phone.data or "", form.profile())
        if outcome.ok:
            return redirect(url_for("members.help_thanks"), 303)
    return filled("help", form)


def thanks() -> str:
    """Say that the offer is noted."""
    here()
    return render_template("members/help_thanks.html")


def offer(uid: uuid.UUID) -> str:
    """Show an offer, the members it may come from, and the way to a new card."""
    found = _mine(uid)
    return render_template(
        "members/offer.html",
        offer=found,
        phone=register.shown(found.phone),
        families=words.said(words.FAMILIES, found.families),
        likely=_likely(found),
    )


def _mine(uid: uuid.UUID) -> HelpOffer:
    found = offers.find(uid)
    if found.space_uid != here():
        raise NotFound(msg("Cette offre n’existe pas ici."))
    return found


def _likely(found: HelpOffer) -> list[Member]:
    asked = request.args.get("q", "")[:80]
    if asked.strip():
        return list(register.find(asked, 20, here()))
    near = [*register.find(found.phone, _LIKELY, here()), *register.find(found.name, _LIKELY, here())]
    return list({one.uid: one for one in near}.values())


def accept(uid: uuid.UUID) -> Response:
    """Answer yes, for a member of the register."""
    try:
        member = uuid.UUID(hex=request.form.get("member", ""))
    except ValueError:
        raise NotFound(msg("Cette personne n’est pas dans le registre.")) from None
    with transaction():
        made = offers.accept(_mine(uid), member)
    return _accepted(uid, made.uid)


def card(uid: uuid.UUID) -> Answer:
    """Write the person in the register, and her profile."""
    found = _mine(uid)
    given, _, family = found.name.rpartition(" ")
    form = CardForm(given_name=given or family, family_name=family if given else "", phone=found.phone)
    if is_submitted_ok(form):
        names = ("given_name", "family_name", "sex", "phone")
        with refused(form) as outcome, transaction():
            member = members.register(here(), **{name: form[name].data for name in names})
            made = offers.accept(_mine(uid), member.uid)
        if outcome.ok:
            return _accepted(uid, made.uid)
    return filled("offer_card", form, offer=found)


def _accepted(uid: uuid.UUID, volunteer: uuid.UUID) -> Response:
    done(msg("%(name)s est bénévole.", name=offers.find(uid).name))
    return go(volunteer)


def refuse(uid: uuid.UUID) -> Response:
    """Answer no."""
    with transaction():
        offers.refuse(_mine(uid))
    done(msg("L’offre est refusée."), undo=url_for("members.offer_again", uid=uid))
    return redirect(url_for("members.volunteers"), 303)


def wait_again(uid: uuid.UUID) -> Response:
    """Take back a refusal."""
    with transaction():
        offers.wait_again(_mine(uid))
    done(msg("L’offre attend de nouveau."))
    return redirect(url_for("members.offer", uid=uid), 303)
