"""Secrets: what makes one acceptable, and the slow hash that keeps it.

scrypt with N=2^14, r=8, p=1 takes 16 MB and some 50 ms on a small board: one at
a time, so that a flood of wrong answers cannot fill the memory.
"""

import secrets
import threading
import unicodedata
from functools import cache
from itertools import pairwise

from werkzeug.security import check_password_hash, generate_password_hash

from kiosk.accounts.models import SecretKind
from kiosk.language import fold, msg
from kiosk.storage import Refusal

PIN_LENGTHS = (6, 12)
PASSWORD_LENGTHS = (10, 200)
METHOD = "scrypt:16384:8:1"

_lock = threading.Lock()
_COMMON = {"123123", "121212", "112233", "123321", "696969", "101010", "202020", "123654", "159753", "147258"}


def hashed(secret: str) -> str:
    """Return the hash of a secret, to be kept."""
    with _lock:
        return generate_password_hash(_spelled(secret), method=METHOD)


def matches(secret: str, kept: str | None) -> bool:
    """Tell whether `secret` is the one whose hash is `kept`; never true without one."""
    with _lock:
        return check_password_hash(kept or _nobody(), _spelled(secret)) and kept is not None


@cache
def _nobody() -> str:
    """A hash nobody has, checked for unknown names so that the answer takes the same time."""
    return generate_password_hash(secrets.token_hex(), method=METHOD)


def _spelled(secret: str) -> str:
    return unicodedata.normalize("NFC", secret.strip())


def check(secret: str, kind: SecretKind, name: str = "", field: str = "secret") -> None:
    """Raise Refusal where a new secret is too easy to guess."""
    if kind == SecretKind.PIN:
        _check_pin(_spelled(secret), field)
    else:
        _check_password(_spelled(secret), name, field)


def _check_pin(pin: str, field: str) -> None:
    if not (pin.isascii() and pin.isdigit()) or not PIN_LENGTHS[0] <= len(pin) <= PIN_LENGTHS[1]:
        raise Refusal(msg("Le code a de 6 à 12 chiffres."), field)
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if (len(steps) == 1 and steps <= {0, 1, 9}) or pin in _COMMON:
        raise Refusal(msg("Ce code est trop facile. Évitez les suites comme 123456."), field)


def _check_password(password: str, name: str, field: str) -> None:
    shortest, longest = PASSWORD_LENGTHS
    if not shortest <= len(password) <= longest:
        raise Refusal(msg("Le mot de passe a au moins 10 caractères."), field)
    if len(set(password)) < 5 or (name and fold(password) == fold(name)):
        raise Refusal(msg("Ce mot de passe est trop facile. Mettez plusieurs mots."), field)
