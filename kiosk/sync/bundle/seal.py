"""Sealing: who may read a bundle. PyNaCl's SealedBox does it, or nothing is written at all.

The centre has a pair of its own, whose public half reaches kiosks when they are
linked. A kiosk's pair follows from the key it shares with the centre, and a
code's from the code: neither needs to be sent.
"""

import hashlib
import hmac
from importlib.util import find_spec
from typing import Any

from kiosk.sync.bundle.trouble import NoSealing, NotForUs

KEY_BYTES = 32


def is_there() -> bool:
    """Tell whether this machine can seal."""
    return find_spec("nacl") is not None


def new_private() -> bytes:
    """Draw the private half of a pair."""
    return bytes(_nacl().PrivateKey.generate())


def private_from(secret: bytes) -> bytes:
    """Return the private half that follows from a shared secret."""
    return hmac.digest(secret, b"kiosk sealing pair", "sha256")


def public_of(private: bytes) -> bytes:
    """Return the public half of a pair."""
    return bytes(_nacl().PrivateKey(private).public_key)


def name_of(public: bytes) -> str:
    """Return the name of a pair, that says nothing of who holds it."""
    return hashlib.sha256(b"kiosk seal" + public).hexdigest()[:16]


def seal(public: bytes, text: bytes) -> bytes:
    """Return `text` as only the holder of the pair can read it; 48 bytes longer."""
    sealed: bytes = _nacl().SealedBox(_nacl().PublicKey(public)).encrypt(text)
    return sealed


def unseal(private: bytes, sealed: bytes) -> bytes:
    """Return what was sealed for this pair; raises NotForUs for anything else."""
    from nacl.exceptions import CryptoError

    try:
        text: bytes = _nacl().SealedBox(_nacl().PrivateKey(private)).decrypt(sealed)
    except (CryptoError, ValueError) as error:
        raise NotForUs from error
    return text


def _nacl() -> Any:
    try:
        from nacl import public
    except ImportError as error:
        raise NoSealing from error
    return public
