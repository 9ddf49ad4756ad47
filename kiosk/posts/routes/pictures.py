"""The picture of an article: put it, say whom it shows, take it away, give it to who may see it."""

import uuid
from functools import partial
from typing import BinaryIO, cast

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answered
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from kiosk.language import Message, msg
from kiosk.places import queries as places
from kiosk.posts import likeness, pictures, queries, states
from kiosk.posts.models import Post, Shows
from kiosk.posts.pictures import Said
from kiosk.posts.routes.signed import Answer, me, mine
from kiosk.storage import files, transaction
from kiosk.storage.files import Contents
from kiosk.web import media
from kiosk.web.cache import do_not_keep
from kiosk.web.forms import Form, is_submitted_ok, max_length, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_SHOWS = [
    (Shows.NOBODY, msg("Non, personne")),
    (Shows.PEOPLE, msg("Oui, des personnes")),
]


class PictureForm(Form):
    """A picture, what it shows, and who can be recognised on it."""

    file = FileField(msg("Photo"))
    words = StringField(msg("Qu’est-ce qu’on voit\u202f?"), [max_length(200)])
    shows = RadioField(
        msg("Reconnaît-on quelqu’un\u202f?"),
        [InputRequired(msg("Dites si on reconnaît quelqu’un."))],
        choices=_SHOWS,
    )
    names = TextAreaField(msg("Qui reconnaît-on\u202f?"), [max_length(2000)])
    others_agreed = BooleanField(msg("Les autres personnes sont adultes et d’accord pour paraître."))

    def sent(self) -> BinaryIO | None:
        """Return the file that was sent, None for none."""
        given = self.file.data
        return cast(BinaryIO, given.stream) if isinstance(given, FileStorage) and given.filename else None

    def said(self) -> Said:
        """Return what the writer says of it."""
        return Said(
            self.words.data or "",
            Shows(self.shows.data),
            self.names.data or "",
            bool(self.others_agreed.data),
        )


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    writes, reads = needs(Right.WRITE_POSTS), needs(Right.WRITE_POSTS, Right.REVIEW_POSTS)
    page = "/articles/<uuid:uid>/photo"
    blueprint.add_url_rule(page, "picture", writes(picture), methods=["GET", "POST"])
    blueprint.add_url_rule(f"{page}/retirer", "picture_away", writes(picture_away), methods=["POST"])
    blueprint.add_url_rule(f"{page}/<name>.jpg", "picture_file", reads(picture_file))
    blueprint.add_url_rule("/actualites/<address>/photo.jpg", "public_picture", public_picture)


def store() -> Contents:
    """Return what keeps this machine's contents."""
    return files.at(current_app.config["SETTINGS"])


def picture(uid: uuid.UUID) -> Answer:
    """Ask for the picture of an article, and whom it shows."""
    post = mine(uid)
    form = PictureForm(data=_kept(post))
    if is_submitted_ok(form):
        with refused(form) as outcome:
            drawn = pictures.drawn(sent) if (sent := form.sent()) else None
            with transaction():
                pictures.put(post, me(), form.said(), drawn, store())
        if outcome.ok:
            done(msg("La photo est avec l’article."))
            return redirect(url_for(".post", uid=uid), 303)
    open_now = states.is_editable(post.kind, post.state) and bool(me().sides_on(post))
    page = render_template(
        "posts/picture.html", post=post, form=form, open=open_now, names=likeness.sees_names(me())
    )
    return page, 422 if request.method == "POST" else 200


def _kept(post: Post) -> dict[str, object]:
    """Return what was said of the picture already; people stand by their cards."""
    row = likeness.of(post.uid, post.picture)
    if row is None:
        return {}
    cards = "\n".join(one.card for one in likeness.people(post.uid, post.picture))
    said = {"words": post.picture_words, "shows": str(row.shows), "others_agreed": row.others_agreed}
    return {**said, "names": cards}


def picture_away(uid: uuid.UUID) -> Answered:
    """Leave an article without its picture."""
    with transaction():
        pictures.take_away(mine(uid), me())
    done(msg("L’article n’a plus de photo."))
    return redirect(url_for(".post", uid=uid), 303)


def picture_file(uid: uuid.UUID, name: str) -> Response:
    """Give a picture of an article to those who write or review it."""
    post = mine(uid)
    if likeness.of(post.uid, name) is None or not store().has(name):
        abort(404)
    return _given(name, "private, no-store")


def public_picture(address: str) -> Response:
    """Give the picture of a published article, as long as everybody on it agrees; asked again each time."""
    found = queries.public_post(address, places.here_uid())
    if found is None or not shown(found.post, found.text.picture):
        abort(404)
    return _given(found.text.picture, "no-cache")


def shown(post: Post, name: str) -> bool:
    """Tell whether a picture may be seen by readers, and is here; one on its way is looked for again."""
    if not name or not likeness.may_be_seen(post.uid, name):
        return False
    if not store().has(name):
        do_not_keep()
        return False
    return True


def _given(name: str, kept: str) -> Response:
    content = media.Content(store().size(name), partial(store().open, name))
    answer = media.send(content, name, "image/jpeg", "photo.jpg")
    answer.headers["Cache-Control"] = kept
    return answer


def staff_picture(post: Post, name: str) -> str:
    """Return where those who work on an article see a picture of it, '' where there is none here."""
    if not name or not current_user.is_authenticated or not store().has(name):
        return ""
    return url_for("posts.picture_file", uid=post.uid, name=name)


def facts(post: Post, name: str) -> list[tuple[Message, str]]:
    """Return what was said of a picture, and what stops it, for those who work on its article."""
    row, by_name = likeness.of(post.uid, name), likeness.sees_names(me())
    if row is None:
        return []
    who = likeness.people(post.uid, name)
    stops = likeness.why_not("submit", post, me()) if name == post.picture else None
    found: list[tuple[Message, object]] = [
        (msg("Reconnaît-on quelqu’un\u202f?"), dict(_SHOWS).get(row.shows, row.shows)),
        (msg("Qui"), ", ".join(f"{one.name} ({one.card})" if by_name else one.card for one in who)),
        (msg("Les autres"), msg("adultes et d’accord") if row.others_agreed else ""),
        (msg("Fichier"), msg("effacé avec une personne de la photo") if likeness.is_given_up(name) else ""),
        (msg("À régler"), stops or ""),
    ]
    return [(title, str(said)) for title, said in found if said]
