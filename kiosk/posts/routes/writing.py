"""The writers' pages: their board, the form, the text at rest."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.posts import advice, choices, planning, queries, services, states
from kiosk.posts.channels import queries as channels
from kiosk.posts.forms import ArticleForm, DayForm, NoticeForm
from kiosk.posts.models import Kind, Post, State
from kiosk.posts.people import Person
from kiosk.posts.routes.signed import Answer, late, me, mine
from kiosk.posts.services import About
from kiosk.posts.states import Side
from kiosk.posts.text import Text, fingerprint, render
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import Page, page_number
from kiosk.web.rights import Right

_PER_PAGE, _ON_BOARD = 30, 6
_SAID = {
    "submit": (msg("L’article est envoyé en relecture."), "reprendre"),
    "publish": (msg("L’annonce est affichée."), "retirer"),
}


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    writes, manages = needs(Right.WRITE_POSTS), needs(Right.MANAGE_SPACE)
    both = ["GET", "POST"]
    blueprint.add_url_rule("/articles", "board", writes(board))
    blueprint.add_url_rule("/articles/nouveau", "new", writes(new), methods=both)
    blueprint.add_url_rule("/articles/nouveau/annonce", "new_notice", manages(new_notice), methods=both)
    blueprint.add_url_rule("/articles/<uuid:uid>", "post", writes(post_page), methods=both)
    blueprint.add_url_rule("/articles/<uuid:uid>/apercu", "preview", writes(preview))


def board() -> str:
    """Show the person's posts by whose hands they are in; or, asked, one state or some words."""
    state, words = request.args.get("etat", ""), request.args.get("q", "")[:80]
    person = me()
    counts = queries.board_counts(person, words)
    if state or words:
        return _found(person, state, words, counts.get(state, 0) if state else sum(counts.values()))
    return render_template(
        "posts/board.html",
        posts=queries.first_of_each(person, _ON_BOARD),
        counts=counts,
        states=states,
        most=_ON_BOARD,
        may_notice=Side.MANAGER in person.sides and person.space_uid,
        late=late(),
        spaces=_names(person),
    )


def _names(person: Person) -> dict[uuid.UUID, str]:
    """The names of the spaces, for who belongs to none."""
    return {} if person.space_uid else choices.space_names()


def _found(person: Person, state: str, words: str, total: int) -> str:
    number = page_number()
    found = queries.rows(queries.board(person, state, words), number, _PER_PAGE)
    page = Page(found, number, _PER_PAGE, total)
    names = _names(person)
    return render_template(
        "posts/found.html", page=page, state=state, words=words, states=states, spaces=names
    )


def new() -> Answer:
    """Begin an article; the first save makes it a draft."""
    form = _offered(ArticleForm(data={"author_name": current_user.name, "language": "fr"}))
    if not form.is_submitted():
        form.collective.data = current_user.organisation_uid.hex if current_user.organisation_uid else ""
        form.commune.data = choices.default_commune()
    return _written(form, None, Kind.ARTICLE)


def new_notice() -> Answer:
    """Begin a local notice."""
    form = NoticeForm(data={"language": "fr"})
    form.offer_languages()
    return _written(form, None, Kind.NOTICE)


def post_page(uid: uuid.UUID) -> Answer:
    """Show a post: its form to those who may write in it now, else the text at rest."""
    post = mine(uid)
    side = Side.MANAGER if post.kind == Kind.NOTICE else Side.WRITER
    if not states.is_editable(post.kind, post.state) or side not in me().sides_on(post):
        return resting(post)
    form = _filled(post)
    if request.method == "GET" and "verifier" in request.args:
        form.demand(advice.missing(Text.of(post), post.kind))
    return _written(form, post, Kind.NOTICE if post.kind == Kind.NOTICE else Kind.ARTICLE)


def preview(uid: uuid.UUID) -> str:
    """Show the working copy as readers would see it."""
    post = mine(uid)
    shown = {"text": post, "html": render(post.body), "accounts": channels.followed()}
    return render_template("posts/preview.html", post=post, **shown)


def _offered(form: ArticleForm, signed: str = "") -> ArticleForm:
    lists = choices.offered(current_user.organisation_uid)
    form.offer(lists.collectives, lists.communes, signed)
    form.known_ngos = lists.ngos
    if current_user.space_uid:
        del form.space
    else:
        form.space.choices = choices.spaces()
    return form


def _filled(post: Post) -> NoticeForm:
    """Make the form of a post: what was just typed, else what is kept."""
    kept = {name: getattr(post, name) for name in ("quotes_agreed", *Text.__dataclass_fields__)}
    kept["seen"] = str(post.touched_at)
    if post.kind == Kind.NOTICE:
        notice = NoticeForm(data=kept)
        notice.offer_languages()
        return notice
    kept["collective"] = post.collective_uid.hex if post.collective_uid else ""
    kept["commune"] = post.commune_pcode or ""
    kept["space"] = post.space_uid.hex
    return _offered(ArticleForm(data=kept), post.collective_name)


def _written(form: NoticeForm, post: Post | None, kind: Kind) -> Answer:
    if not is_submitted_ok(form):
        return _form_page(form, post, kind)
    with refused(form) as outcome, transaction():
        kept = _kept(form, post, kind)
        lacking = _sent(kept, form.act.data or "")
    if outcome.ok:
        return _answer(kept, form.act.data or "", lacking)
    if post is not None:
        form.seen.data = str(post.touched_at)
    return _form_page(form, post, kind)


def _kept(form: NoticeForm, post: Post | None, kind: Kind) -> Post:
    text, about = Text(**form.words()), About()
    if isinstance(form, ArticleForm):
        text, about = form.text(), form.about()
    if post is not None:
        return services.rewrite(post, me(), text, about, form.begun_at())
    return services.start(me(), _space(form), text, kind, about)


def _space(form: NoticeForm) -> uuid.UUID:
    own: uuid.UUID | None = current_user.space_uid
    if own is None and isinstance(form, ArticleForm):
        return form.chosen_space()
    if own is None:
        abort(403)
    return own


def _sent(post: Post, act: str) -> bool:
    """Send or put up the text when asked; tell whether something still lacks."""
    if act not in ("submit", "publish"):
        return False
    if advice.missing(Text.of(post), post.kind):
        return True
    (services.submit if post.kind == Kind.ARTICLE else services.publish)(post, me())
    return False


def _answer(post: Post, act: str, lacking: bool) -> Response:
    if lacking:
        return redirect(url_for("posts.post", uid=post.uid, verifier=1), 303)
    if act == "preview":
        return redirect(url_for("posts.preview", uid=post.uid), 303)
    said, undo = _SAID.get(act, (msg("Le brouillon est enregistré."), ""))
    done(said, undo=url_for("posts.move", uid=post.uid, act=undo) if undo else None)
    return redirect(url_for("posts.post", uid=post.uid), 303)


def _form_page(form: NoticeForm, post: Post | None, kind: Kind) -> Answer:
    text = Text.of(post) if post else Text()
    shown = {
        "form": form,
        "post": post,
        "kind": kind,
        "checks": advice.checks(text, kind, bool(post and post.quotes_agreed)),
        "steps": states.steps(kind, post.state if post else State.DRAFT),
        "history": queries.history(post) if post else [],
        "states": states,
        "today": clock.today(),
    }
    page = render_template(f"posts/{'notice' if kind == Kind.NOTICE else 'article'}_form.html", **shown)
    return page, 422 if request.method == "POST" else 200


def resting(post: Post, day: DayForm | None = None) -> str:
    """Show a text that is in other hands, and the question where it waited for long."""
    person, history = me(), queries.history(post)
    moves = states.open_moves(post.kind, post.state, person.sides_on(post), post.published_hash is not None)
    return render_template(
        "posts/resting.html",
        post=post,
        changed=bool(post.revision_hash) and fingerprint(Text.of(post)) != post.revision_hash,
        text=post,
        html=render(post.body),
        moves=moves,
        steps=states.steps(post.kind, post.state),
        history=history,
        states=states,
        waits=planning.standing(post, history),
        form=day or DayForm(),
        carry=_by_hand(),
    )


def _by_hand() -> str | None:
    """Where a copy for a traveller is made, on a machine that sends."""
    has_page = "sync.by_hand" in current_app.view_functions and current_user.can(Right.SYNC)
    return url_for("sync.by_hand") if has_page else None
