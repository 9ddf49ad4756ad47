"""The signed cookie by which a browser is told from a stranger's, for the counts of wrong answers."""

import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

COOKIE = "appareil"
_KEPT = 400 * 24 * 3600


def device() -> str:
    """Return the name of this browser; '' for one that never signed in, or forged its cookie."""
    try:
        return str(_signer().loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return ""


def name() -> str:
    """Return the name of this browser, or a new one for it."""
    return device() or secrets.token_hex(16)


def keep(response: Response, named: str) -> Response:
    """Send the browser its name, kept for a year."""
    settings = current_app.config["SETTINGS"]
    response.set_cookie(
        COOKIE,
        str(_signer().dumps(named)),
        max_age=_KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.secure_cookies,
        path="/",
    )
    return response


def address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or "?"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=COOKIE)  # type: ignore[arg-type]
