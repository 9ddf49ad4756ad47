"""« Effacer cette personne » on a member's page: what was asked already, and last of all the way to ask."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, render_template
from flask_login import current_user
from markupsafe import Markup

from kiosk.web.rights import Right

Links = Callable[[uuid.UUID], Mapping[str, str]]
"""Where to `ask`, and where there is a way, to `take_back`."""


def hang(app: Flask, right: Right, erasure_of: Callable[[uuid.UUID], Any], links: Links) -> None:
    """Put both on a member's page, for who has the right; `erasure_of` finds what was asked or None."""

    def shown(uid: uuid.UUID, asked: bool) -> Markup | None:
        erasure = erasure_of(uid) if current_user.can(right) else None
        if not current_user.can(right) or asked is not (erasure is not None):
            return None
        card = render_template("web/erasure.html", erasure=erasure, **links(uid))
        return Markup(card)  # noqa: S704 - a template of ours

    app.extensions.setdefault("member_panels", []).append(lambda uid: shown(uid, asked=True))
    app.extensions.setdefault("member_endings", []).append(lambda uid: shown(uid, asked=False))
