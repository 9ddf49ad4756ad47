"""The session's cookie: Flask's own words, read with what is made once."""

from http.cookies import SimpleCookie

import pytest
from flask import Flask, session

from kiosk.web import signed

HELD = {"_user_id": "a.1", "vu": ["boot", 12], "csrf_token": "b" * 40}


def app_of(key: bytes, ours: bool = True) -> Flask:
    app = Flask("signed")
    app.secret_key = key
    if ours:
        signed.register(app)
    return app


def cookie_of(app: Flask) -> str:
    """The cookie that a page of `app` sets when it keeps what is HELD."""

    @app.get("/")
    def page() -> str:
        session.update(HELD)
        return ""

    told = SimpleCookie(app.test_client().get("/").headers["Set-Cookie"])
    return next(iter(told.values())).value


def opened(app: Flask, cookie: str) -> dict[str, object]:
    """What a request that brings a cookie finds in its session."""
    with app.test_request_context("/", headers={"Cookie": f"session={cookie}"}):
        return dict(session)


@pytest.mark.parametrize("ours", [True, False])
def test_a_cookie_is_read_whichever_of_the_two_wrote_it(ours: bool) -> None:
    cookie = cookie_of(app_of(b"k" * 32, ours))
    assert opened(app_of(b"k" * 32, not ours), cookie) == HELD


def test_two_requests_of_one_cookie_share_no_session() -> None:
    app = app_of(b"k" * 32)
    cookie = cookie_of(app)
    with app.test_request_context("/", headers={"Cookie": f"session={cookie}"}):
        session["vu"].append(13)
        session.pop("_user_id")
    assert opened(app, cookie) == HELD


def test_a_changed_cookie_an_old_one_and_another_key_s_are_nobody_s() -> None:
    app = app_of(b"k" * 32)
    cookie = cookie_of(app)
    assert opened(app, cookie) == HELD
    for wrong in (cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB"), f"x{cookie}", "", "a.b.c", "."):
        assert opened(app, wrong) == {}
    assert opened(app_of(b"l" * 32), cookie) == {}
    app.secret_key = b"l" * 32
    assert opened(app, cookie) == {}, "a new key ends the sessions of the former one"
    app.secret_key, app.permanent_session_lifetime = b"k" * 32, -1
    assert opened(app, cookie) == {}, "too old"
