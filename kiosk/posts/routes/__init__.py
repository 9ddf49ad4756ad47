"""The pages of posts: `blueprint` for writers and readers, `review` for the editorial desk."""

from flask import Flask

from kiosk.language import msg
from kiosk.posts.routes.addresses import EDITORIAL, POSTS
from kiosk.web.doubts import register as register_doubts
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = LazyBlueprint("posts", "kiosk.posts", POSTS, ("writing", "moves", "pictures", "public"))
review = LazyBlueprint("editorial", "kiosk.posts", EDITORIAL, ("desk", "channels"))
_waiting = review.later("desk:waiting")

NAV = (
    NavItem("editorial.queue", msg("À relire"), "excuse", (Right.REVIEW_POSTS,), order=30, badge=_waiting),
    NavItem("posts.board", msg("Articles"), "news", (Right.WRITE_POSTS,), order=50),
    NavItem("editorial.accounts", msg("Comptes publics"), "globe", (Right.REVIEW_POSTS,), order=88),
)
PUBLIC_NAV = (NavItem("posts.public_list", msg("Nouvelles"), "news", order=40),)


def register(app: Flask) -> None:
    """Let « À vérifier » show what waited so long that somebody decides again; let pages show pictures."""
    later = blueprint.later
    shown = {"staff_picture": later("pictures:staff_picture"), "picture_facts": later("pictures:facts")}
    app.jinja_env.globals.update(shown)
    register_doubts(app, later("moves:doubts"))
