"""The web ground: what every page shares, whatever the room.

Lives here: the request's session, languages, guards and rights, forms, the
staff menu, notices with undo, pages of lists, error pages, security headers,
static files, cached public pages, ranges of media, and the templates of the
visual language. May touch: flask, storage, language; never a room. Promises:
no GET changes anything, no page loads anything from another host, what was
typed is never lost by a refusal.
"""

from flask import Flask

from kiosk.config import Settings
from kiosk.language import formats
from kiosk.storage import Store, clock
from kiosk.web import (
    addresses,
    assets,
    cache,
    charts,
    compiled,
    database,
    early,
    errors,
    frame,
    i18n,
    icons,
    pages,
    pieces,
    printing,
    rail,
    security,
    signed,
    steady,
    stylesheet,
)


def register(app: Flask, settings: Settings, store: Store) -> None:
    """Put the ground under `app`; rooms come on top."""
    app.url_rule_class = addresses.Address
    # No view and no hook waits for itself: Flask need not look, twenty times a page.
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    formats.configure(settings.time_zone, clock.now_ms)
    compiled.register(app, settings.data / "pages")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["pages"] = cache.Pages()
    # The session and the language come first: a page that refuses a request needs both.
    database.register(app, store)
    i18n.register(app)
    signed.register(app)
    security.register(app, settings)
    security.csrf.exempt("kiosk.web.i18n.set_language")
    early.register(app, store)
    parts = (addresses, assets, charts, errors, frame, icons, pages, pieces, printing, rail)
    for part in (*parts, steady, stylesheet):
        part.register(app)
