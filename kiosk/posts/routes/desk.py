"""The editorial desk: what every space submitted, read, returned, approved, published."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from kiosk.language import Message, formats, msg
from kiosk.places import queries as places
from kiosk.posts import choices, planning, queries, services, states
from kiosk.posts.comparing import compare
from kiosk.posts.forms import ApprovalForm, CommentForm, DayForm
from kiosk.posts.models import Kind, Post, Revision, State
from kiosk.posts.people import Person
from kiosk.posts.routes.signed import Answer, late, me, mine
from kiosk.posts.text import Text, count_words, render
from kiosk.storage import Refusal, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import Page, page_number
from kiosk.web.rights import Right

_PER_PAGE = 30


class Act(NamedTuple):
    """One button of the desk: what it does, what is said after, whether it can be taken back."""

    do: Callable[[Post, Person], Post]
    said: Message
    undo: str = ""


ACTS = {
    "publier": Act(services.publish, msg("L’article est publié."), "remettre"),
    "remettre": Act(services.reopen, msg("L’article est de nouveau à relire.")),
    "archiver": Act(services.archive, msg("L’article est archivé."), "ressortir"),
    "ressortir": Act(services.bring_back, msg("L’article est de nouveau dans la liste."), "archiver"),
}


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the desk's blueprint."""
    reviews = needs(Right.REVIEW_POSTS)
    for rule, name, view, methods in (
        ("/redaction", "queue", queue, ["GET"]),
        ("/redaction/<uuid:uid>", "article", article, ["GET"]),
        ("/redaction/<uuid:uid>/valider", "approve", approve, ["POST"]),
        ("/redaction/<uuid:uid>/prevoir", "plan", plan, ["POST"]),
        ("/redaction/<uuid:uid>/renvoyer", "send_back", send_back, ["POST"]),
        ("/redaction/<uuid:uid>/retirer", "withdraw", withdraw, ["POST"]),
        (f"/redaction/<uuid:uid>/<any({','.join(map(repr, ACTS))}):act>", "move", move, ["POST"]),
    ):
        blueprint.add_url_rule(rule, name, reviews(view), methods=methods)


def waiting() -> int:
    """Return how many articles wait, asked once a request: the menu's figure."""
    if "posts_waiting" not in g:
        g.posts_waiting = queries.waiting()
    count: int = g.posts_waiting
    return count


def queue() -> str:
    """List the articles of every space in one state, the longest waiting first."""
    asked, number = request.args.get("etat", State.QUEUED), page_number()
    state = asked if asked in set(State) else State.QUEUED
    counts = queries.desk_counts()
    g.posts_waiting = counts.get(State.QUEUED, 0)
    found = queries.rows(queries.desk(state), number, _PER_PAGE)
    return render_template(
        "posts/queue.html",
        page=Page(found, number, _PER_PAGE, counts.get(state, 0)),
        counts=counts,
        state=state,
        states=states,
        spaces=choices.space_names(),
        late=late(),
    )


def article(uid: uuid.UUID) -> Answer:
    """Show the text submitted, what may be done with it, and another version beside it."""
    return _page(_article(uid), _forms())


def _forms() -> dict[str, Any]:
    """The two places for a comment on one page, told apart by their names, and that for a day."""
    return {"back": CommentForm(prefix="renvoi-"), "hide": CommentForm(prefix="retrait-"), "day": DayForm()}


def _article(uid: uuid.UUID) -> Post:
    post = mine(uid)
    if post.kind != Kind.ARTICLE:
        abort(404)
    return post


def _page(post: Post, forms: dict[str, Any], code: int = 200) -> Answer:
    versions = queries.revisions(post)
    text = next((one for one in versions if one.hash == post.revision_hash), None)
    other = _other(versions, text)
    space, history = places.space(post.space_uid), queries.history(post)
    shown = {
        "post": post,
        "text": text,
        "html": render(text.body) if text else "",
        "length": count_words(text.body) if text else 0,
        "others": [one for one in versions if one is not text],
        "other": other,
        "pairs": compare(Text.of(other), Text.of(text)) if other and text else [],
        "moves": states.open_moves(
            post.kind, post.state, me().sides_on(post), post.published_hash is not None
        ),
        "steps": states.steps(post.kind, post.state),
        "history": history,
        "waits": planning.standing(post, history),
        "space": space.name if space else "",
        "states": states,
        "forms": forms,
    }
    return render_template("posts/review.html", **shown), code


def _other(versions: Sequence[Revision], text: Revision | None) -> Revision | None:
    asked = request.args.get("version", "")
    return next((one for one in versions if one is not text and str(one.number) == asked), None)


def approve(uid: uuid.UUID) -> Answer:
    """Approve the very text that was read, and publish it unless asked not to."""
    post, form = _article(uid), ApprovalForm()
    only = request.form.get("act") == "only"
    if not form.validate():
        abort(400)
    try:
        with transaction():
            (services.approve if only else services.approve_and_publish)(post, me(), form.read.data or "")
    except Refusal as refusal:
        done(refusal.message, kind="wait")
        return redirect(url_for(".article", uid=uid), 303)
    said = msg("L’article est validé.") if only else msg("L’article est publié.")
    done(said, undo=url_for(".move", uid=uid, act="remettre"))
    return redirect(url_for(".queue"), 303)


def plan(uid: uuid.UUID) -> Answer:
    """Choose the day on which the article goes to readers, approving it where it is not yet."""
    post, forms = _article(uid), _forms()
    form = forms["day"]
    if is_submitted_ok(form) and form.day.data is not None:
        with refused(form) as outcome, transaction():
            if post.state == State.QUEUED:
                planning.approve_for(post, me(), form.read.data or "", form.day.data)
            else:
                planning.plan(post, me(), form.day.data)
        if outcome.ok:
            said = msg("L’article paraîtra le %(day)s.", day=formats.date_long(form.day.data))
            done(said, undo=url_for(".move", uid=uid, act="remettre"))
            return redirect(url_for(".queue"), 303)
    return _page(post, forms, 422)


def send_back(uid: uuid.UUID) -> Answer:
    """Return the article to its writers with what to correct."""
    return _with_comment(uid, "back", services.send_back, msg("L’article est renvoyé à son équipe."))


def withdraw(uid: uuid.UUID) -> Answer:
    """Take a published article away from readers, saying why."""
    return _with_comment(uid, "hide", services.withdraw, msg("L’article est retiré du public."))


def _with_comment(uid: uuid.UUID, which: str, do: Callable[..., Post], said: Message) -> Answer:
    post, forms = _article(uid), _forms()
    form = forms[which]
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            do(post, me(), form.comment.data or "")
        if outcome.ok:
            done(said)
            return redirect(url_for(".queue"), 303)
    return _page(post, forms, 422)


def move(uid: uuid.UUID, act: str) -> Answer:
    """Make one move and say what was done."""
    chosen, post = ACTS[act], _article(uid)
    with transaction():
        chosen.do(post, me())
    done(chosen.said, undo=url_for(".move", uid=uid, act=chosen.undo) if chosen.undo else None)
    return redirect(url_for(".article", uid=uid), 303)
