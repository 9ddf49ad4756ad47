"""The pages of posts: `blueprint` for writers and readers, `review` for the editorial desk."""

from flask import Blueprint, Flask

from kiosk.language import msg
from kiosk.posts.routes import channels, desk, moves, pictures, public, writing
from kiosk.web.doubts import register as register_doubts
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = Blueprint("posts", "kiosk.posts", template_folder="templates")
for _pages in (writing, moves, pictures, public):
    _pages.add_to(blueprint)

review = Blueprint("editorial", "kiosk.posts", template_folder="templates")
for _desk in (desk, channels):
    _desk.add_to(review)

NAV = (
    NavItem(
        "editorial.queue", msg("À relire"), "excuse", (Right.REVIEW_POSTS,), order=30, badge=desk.waiting
    ),
    NavItem("posts.board", msg("Articles"), "news", (Right.WRITE_POSTS,), order=50),
    NavItem("editorial.accounts", msg("Comptes publics"), "globe", (Right.REVIEW_POSTS,), order=88),
)
PUBLIC_NAV = (NavItem("posts.public_list", msg("Nouvelles"), "news", order=40),)


def register(app: Flask) -> None:
    """Let « À vérifier » show what waited so long that somebody decides again; let pages show pictures."""
    app.jinja_env.globals.update(staff_picture=pictures.staff_picture, picture_facts=pictures.facts)
    register_doubts(app, moves.doubts)
