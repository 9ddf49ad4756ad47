"""What everybody reads: the list of news, one text, the feed."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for

from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.posts import choices, queries
from kiosk.posts.channels import queries as channels
from kiosk.posts.queries import Published
from kiosk.posts.routes.pictures import shown
from kiosk.posts.text import render
from kiosk.web.cache import shared
from kiosk.web.paging import Page, page_number

_PER_PAGE = 20
_IN_FEED = 30


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    blueprint.add_url_rule("/actualites", "public_list", shared(public_list))
    blueprint.add_url_rule("/actualites/flux.atom", "atom", shared(atom))
    blueprint.add_url_rule("/actualites/<address>", "public_post", shared(public_post))


def public_list() -> str:
    """List what is published: at a kiosk with its local notices, at the centre from every space."""
    home = places.here_uid()
    number = page_number()
    found, total = queries.public_page(home, number, _PER_PAGE)
    names = {} if home else choices.space_names()
    return render_template(
        "posts/public_list.html",
        page=Page(found, number, _PER_PAGE, total),
        names=names,
        accounts=channels.followed(),
    )


def public_post(address: str) -> str:
    """Show one published text, as it was approved."""
    found = queries.public_post(address, places.here_uid())
    if found is None:
        abort(404)
    space = places.space(found.post.space_uid)
    return render_template(
        "posts/public_post.html",
        post=found.post,
        text=found.text,
        html=render(found.text.body),
        space=space.name if space else "",
        accounts=channels.followed(),
        pictured=shown(found.post, found.text.picture),
    )


def atom() -> Response:
    """Give the newest texts as an Atom feed."""
    # An XML library that only this page needs: a kiosk that nobody follows never loads it.
    from kiosk.posts import feed

    found = queries.latest_public(_IN_FEED, places.here_uid())
    own, page = url_for(".atom", _external=True), url_for(".public_list", _external=True)
    entries = [feed.Entry(**_told(one)) for one in found]
    elsewhere = [(f"{one.where} {one.handle}", one.address) for one in channels.followed() if one.address]
    body = feed.atom(str(msg("Nouvelles des espaces connectés")), page, own, entries, elsewhere)
    return Response(body, mimetype="application/atom+xml")


def _told(shown: Published) -> dict[str, Any]:
    post, text = shown.post, shown.text
    return {
        "uid": post.uid,
        "title": text.title,
        "link": url_for(".public_post", address=shown.address, _external=True),
        "author": text.author_name or text.collective_name or str(msg("L’équipe de l’espace")),
        "summary": text.standfirst,
        "html": render(text.body),
        "language": text.language,
        "published": post.published_at or 0,
        "updated": post.renewed_at or post.published_at or 0,
    }
