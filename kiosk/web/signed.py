"""The signed cookie that keeps a session: Flask's own, read with a third of the work.

The library makes a signer and a keyed digest anew for each request, in Python.
The key of a running machine does not change: what signs is made once, and the
digest is the C library's. The cookies are the same, byte for byte.
"""

import hashlib

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer, URLSafeTimedSerializer


class _Serializer(URLSafeTimedSerializer):
    """Keeps its signer: it holds the key and the salt, and no state."""

    _kept: Signer | None = None

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        """Return what signs and checks."""
        if salt is not None and salt != self.salt:
            return super().make_signer(salt)
        if self._kept is None:
            self._kept = super().make_signer(salt)
        return self._kept


class Sessions(SecureCookieSessionInterface):
    """Opens and saves the session of a request."""

    digest_method = staticmethod(hashlib.sha1)
    _made: tuple[str | bytes, URLSafeTimedSerializer] | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the serializer of the application's key, made once a key."""
        key = app.secret_key
        if not key or app.config["SECRET_KEY_FALLBACKS"]:
            return super().get_signing_serializer(app)
        if self._made is None or self._made[0] != key:
            how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            made = _Serializer(key, salt=self.salt, serializer=self.serializer, signer_kwargs=how)
            self._made = (key, made)
        return self._made[1]


def register(app: Flask) -> None:
    """Let `app` keep its sessions this way."""
    app.session_interface = Sessions()
