"""The same person on two cards: what may be, side by side, one answer, and how it is taken back.

A space answers for its own cards, by name. The centre answers for cards of two
spaces: by number, until both names were opened, which leaves a trace.
"""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.accounts import queries as accounts
from kiosk.language import Message, formats, msg, nmsg
from kiosk.members import queries
from kiosk.members import services as register
from kiosk.members.links import queries as links
from kiosk.members.links import services, words
from kiosk.members.links.models import LinkState
from kiosk.members.links.persons import Persons
from kiosk.members.links.queries import Together
from kiosk.members.routes.sight import Reader, reader
from kiosk.places import queries as places
from kiosk.storage import Refusal, transaction
from kiosk.web.doubts import Doubt
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

ANSWERERS = (Right.EDIT_MEMBERS, Right.SEE_NAMES_AT_CENTRE)
_ACTS = {
    "meme": LinkState.CONFIRMED,
    "autres": LinkState.REFUSED,
    "ouverte": LinkState.PROPOSED,
}
_PAIR = "/membres/<uuid:uid>/avec/<uuid:other>"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/membres/doublons")(doubles)
    blueprint.get("/membres/<uuid:uid>/doublons")(relate)
    blueprint.get(_PAIR)(compare)
    blueprint.post(f"{_PAIR}/<any({', '.join(_ACTS)}):act>")(decide)
    blueprint.post(f"{_PAIR}/ouvrir")(open_both)


def doubted() -> list[Doubt]:
    """Return what the links leave to settle, by name in a space, by number at the centre."""
    who = reader()
    across = not who.sees_names
    return [
        Doubt("people", _both(one, who), words.odd(one.what), _between(one.one.uid, one.other.uid))
        for one in links.odd(across, links.words())
    ]


def _both(task: links.Odd, who: Reader) -> str:
    cards = (task.one, task.other)
    return " · ".join(one.name if who.sees_names else one.card for one in cards)


def _between(uid: uuid.UUID, other: uuid.UUID) -> str:
    return url_for("members.compare", uid=uid, other=other)


@needs(*ANSWERERS)
def doubles() -> str:
    """List the pairs that wait for an answer, or those that got one."""
    who, answered = reader(), request.args.get("vue") == "reponses"
    across = not who.sees_names
    said = [] if answered else links.words()
    query = links.answered(across) if answered else links.waiting(across, Persons.by(said))
    return render_template(
        "members/doubles.html",
        page=paginate(query, scalars=False),
        answered=answered,
        who=who,
        odd=links.odd(across, said),
        space_names=_space_names() if across else {},
        words=words,
        views=_views(answered),
    )


def _views(answered: bool) -> list[tuple[str, str, bool]]:
    waiting, said = url_for("members.doubles"), url_for("members.doubles", vue="reponses")
    return [(str(msg("À vérifier")), waiting, not answered), (str(msg("Réponses")), said, answered)]


def _space_names() -> dict[uuid.UUID, str]:
    return {one.uid: one.name for one in places.spaces()}


@needs(Right.EDIT_MEMBERS)
def relate(uid: uuid.UUID) -> str:
    """Show whom a person may already be, and look for another card of hers."""
    member, typed = queries.one(uid), request.args.get("q", "")[:80]
    found = [one for one in queries.find(typed, 20, member.space_uid) if one.uid != uid] if typed else []
    return render_template(
        "members/relate.html",
        member=member,
        likes=links.likenesses(member),
        found=found,
        typed=typed,
        words=words,
    )


@needs(*ANSWERERS)
def compare(uid: uuid.UUID, other: uuid.UUID) -> str:
    """Show two cards side by side; at the centre once both names were opened."""
    who, cards = reader(), _cards(uid, other)
    names = _space_names() if cards.across else {}
    if not _sees(who, cards):
        return render_template("members/compare_closed.html", cards=cards, space_names=names, words=words)
    return render_template(
        "members/compare.html",
        cards=cards,
        who=who,
        lines=words.lines(cards.one, cards.other),
        words=words,
        space_names=names,
        said=_said(cards),
    )


def _cards(uid: uuid.UUID, other: uuid.UUID) -> Together:
    """Return the two cards that the reader decides of. Raises Refusal where another does."""
    cards = links.together(uid, other)
    services.check(cards, across=not reader().sees_names)
    return cards


def _sees(who: Reader, cards: Together) -> bool:
    return who.sees(cards.one) and who.sees(cards.other)


def _said(cards: Together) -> Message | None:
    """Say who answered last, and when."""
    if cards.word is None:
        return None
    by = accounts.names([cards.word.by]).get(cards.word.by, "") if cards.word.by else ""
    day = formats.date_medium(cards.word.at)
    return msg("%(who)s, le %(day)s", who=by, day=day) if by else msg("Le %(day)s", day=day)


@needs(*ANSWERERS)
def decide(uid: uuid.UUID, other: uuid.UUID, act: str) -> Response:
    """Write an answer down; what stood before is one « Annuler » away."""
    who, cards = reader(), _cards(uid, other)
    if not _sees(who, cards):
        raise Refusal(msg("Ouvrez d’abord les deux noms."))
    before = _act_of(cards.word.state if cards.word else LinkState.PROPOSED)
    with transaction():
        services.say((uid, other), _ACTS[act], who.uid, across=not who.sees_names)
    undo = None
    if before not in (act, ""):
        undo = url_for("members.decide", uid=uid, other=other, act=before)
    done(_noted(_ACTS[act], uid), undo=undo)
    return redirect(_next(), 303)


def _act_of(state: str) -> str:
    return next((act for act, found in _ACTS.items() if found == state), "")


def _noted(state: LinkState, uid: uuid.UUID) -> Message:
    if state == LinkState.CONFIRMED:
        count = len(links.persons().cards_of(uid))
        return nmsg("C’est noté.", "C’est noté : une personne, %(n)s cartes.", count)
    if state == LinkState.REFUSED:
        return msg("C’est noté : deux personnes.")
    return msg("La question est de nouveau ouverte.")


def _next() -> str:
    """Return to the page of the person one came from, else to the list."""
    wanted = request.form.get("fiche", "")
    try:
        return url_for("members.show", uid=uuid.UUID(hex=wanted)) if wanted else url_for("members.doubles")
    except ValueError:
        return url_for("members.doubles")


@needs(Right.SEE_NAMES_AT_CENTRE)
def open_both(uid: uuid.UUID, other: uuid.UUID) -> Response:
    """Note who opens these two names and when, then show the cards side by side."""
    cards, who = _cards(uid, other), reader()
    with transaction():
        for member in (cards.one, cards.other):
            if not queries.opened_today(who.uid, member.uid):
                register.open_name(who.uid, member.uid)
    return redirect(_between(uid, other), 303)


def panel(uid: uuid.UUID) -> Markup:
    """Return what a person's page says of her other cards, empty for who may not answer."""
    who, member = reader(), queries.one(uid)
    if not who.edits or member.is_erased:
        return Markup()
    shown: Any = render_template(
        "members/_likeness.html", uid=uid, likes=links.likenesses(member), words=words
    )
    return Markup(shown)  # noqa: S704 - a template of ours, escaped by Jinja
