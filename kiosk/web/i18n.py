"""Which language a page speaks: the reader's choice, else the phone's, else French."""

from typing import Any

from flask import Flask, g, redirect, request
from flask_babel import Babel, refresh
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk import language
from kiosk.language import formats
from kiosk.language.registry import Language, source
from kiosk.paths import shelf
from kiosk.web.addresses import safe_path

COOKIE = "langue"
_YEAR = 366 * 24 * 3600


def register(app: Flask) -> None:
    """Wire flask-babel to our registry and catalogues, and the language switch."""
    language.prepare()
    app.config["BABEL_DEFAULT_LOCALE"] = "fr"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(shelf("translations"))
    Babel(app, locale_selector=lambda: chosen().babel_locale)
    app.jinja_env.globals.update(fmt=formats, tr=language.tr, ntr=language.ntr)
    # Templates read the very catalogues of `kiosk.language`: ours stands in a context variable, and
    # keeps the French plural rule behind whatever Bambara does not say yet.
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    # What Jinja wraps around them asks each template whether it escapes; ours all do.
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    app.before_request(_begin)
    app.teardown_request(_end)
    app.add_url_rule("/langue", "web.set_language", set_language, methods=["POST"])


def _gettext(text: str, **values: Any) -> Markup:
    return _filled(language.catalogue().gettext(text), values)


def _ngettext(one: str, many: str, count: int, **values: Any) -> Markup:
    return _filled(language.catalogue().ngettext(one, many, count), {"num": count, **values})


def _filled(said: str, values: dict[str, Any]) -> Markup:
    """Put values, escaped, into a sentence; `%%` is a percent sign even where there are none."""
    sentence = Markup(said)  # noqa: S704 - the program's own words, or their translation
    return sentence % values if "%" in said else sentence


def chosen() -> Language:
    """Return the language of this request."""
    if "language" not in g:
        g.language = language.choose(request.cookies.get(COOKIE), request.headers.get("Accept-Language"))
    found: Language = g.language
    return found


def speak_to_staff() -> None:
    """Keep the reader's language on a page of the team only where its words are whole.

    A public page may mix, remainders marked; a page one works with does not.
    """
    if not chosen().staff:
        g.language = source()
        language.switch(source())
        refresh()


def _begin() -> None:
    block = language.use(chosen())
    block.__enter__()
    g.language_block = block


def _end(_error: BaseException | None) -> None:
    block = g.pop("language_block", None)
    if block is not None:
        block.__exit__(None, None, None)


def set_language() -> Response:
    """Keep the reader's choice in a cookie and go back to the page she was on.

    No form token: the choice harms nobody, and pages shared by all readers
    could not carry one.
    """
    picked = language.choose(request.form.get("langue"), None)
    response = redirect(safe_path(request.form.get("suite")), 303)
    response.set_cookie(COOKIE, picked.code, max_age=_YEAR, samesite="Lax", httponly=True)
    return response
