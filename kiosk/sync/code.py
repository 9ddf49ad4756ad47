"""The one-time code: what a coordinator reads over the telephone.

Sixteen random signs in Crockford's alphabet (80 bits), eight more that pin the
centre's certificate authority where it has its own, and a check sign. The code
itself is never sent: both sides derive a key from it.
"""

import base64
import hashlib
import hmac
import secrets
import ssl
from dataclasses import dataclass

from kiosk.storage.ids import is_checked, with_check
from kiosk.sync.signature import Key
from kiosk.sync.trouble import CodeMistyped

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011", " -‐‑–.")
_RANDOM, _PIN = 16, 8


@dataclass(frozen=True)
class Code:
    """A code as read: its random part, and the fingerprint it pins ('' for none)."""

    random: str
    pin: str

    @property
    def key(self) -> Key:
        """The key that proves knowledge of the code; its id may be seen by anybody."""
        name = hashlib.sha256(f"kiosk code {self.random}".encode()).hexdigest()[:32]
        return Key(name, hashlib.sha256(f"kiosk enrolment {self.random}".encode()).digest())

    def __str__(self) -> str:
        whole = _with_sign(self.random + self.pin)
        return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def new(authority: str = "") -> Code:
    """Draw a code whose check sign cannot be misread; it pins `authority` (PEM) if given."""
    pin = fingerprint(authority) if authority else ""
    while True:
        random = "".join(secrets.choice(_SIGNS) for _ in range(_RANDOM))
        if _with_sign(random + pin)[-1] in _SIGNS:
            return Code(random, pin)


def read(text: str) -> Code:
    """Read a typed code, however it was spaced; raises CodeMistyped."""
    plain = text.upper().translate(_ALIKE)
    body = plain[:-1]
    if len(body) not in (_RANDOM, _RANDOM + _PIN) or not set(plain) <= set(_SIGNS) or not is_checked(plain):
        raise CodeMistyped
    return Code(body[:_RANDOM], body[_RANDOM:])


def mask(key: Key, signature: str, secret: bytes) -> bytes:
    """Hide a node's key on its way, or show it again: only who knows the code can.

    The code pins the centre's authority by forty bits; the key does not rely on them.
    """
    pad = hmac.digest(key.secret, f"node key|{signature}".encode(), "sha256")
    return bytes(one ^ other for one, other in zip(secret, pad, strict=True))


def mask_next(key: Key, name: str, secret: bytes) -> bytes:
    """Hide the key that takes this one's place, called `name`, or show it again."""
    return mask(key, f"next|{name}", secret)


def print_of(authority: str) -> str:
    """Return the whole SHA-256 (hex) of a PEM certificate, '' for none."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority)).hexdigest() if authority else ""


def fingerprint(authority: str) -> str:
    """Return eight signs (40 bits) of the SHA-256 of a PEM certificate."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority)).digest()[:5]
    plain = base64.b32encode(digest).decode()
    return plain.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _SIGNS))


def _with_sign(body: str) -> str:
    return with_check(body).replace("-", "")
