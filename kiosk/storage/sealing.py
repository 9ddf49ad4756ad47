"""Locked copies: what is written can be opened with a code that this machine does not keep.

The code stands on paper, elsewhere. From it follows a pair of keys; the public half
stays here and locks. A locked file is `KCS1`, a key of its own sealed to that half
(libsodium's SealedBox), then a secretstream in blocks: one that is cut, put in another
order or altered in any byte does not open.
"""

import hashlib
import secrets
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from kiosk.storage import notes
from kiosk.storage.ids import is_checked, with_check
from kiosk.storage.store import StoreError

MAGIC, NAME = b"KCS1", "copies.pub"
_SIGNS, _LENGTH, _GROUP = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 20, 4
_ALIKE = str.maketrans("OIL", "011", " -‐‑–.")
_KEY, _SEALED, _HEAD, _BLOCK, _MORE = 32, 80, 24, 1 << 16, 17
_GOES_ON, _LAST = 0, 3  # tags of the secretstream
Opener = Callable[[bytes], bytes]
"""Gives the key of a file for its sealed form."""


def is_there() -> bool:
    """Tell whether this machine can lock (extra « sceau »)."""
    return find_spec("nacl") is not None


def new_code() -> str:
    """Draw a code of 100 random bits, whose check sign cannot be misread."""
    while True:
        body = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        whole = with_check(body).replace("-", "")
        if whole[-1] in _SIGNS:
            return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def lock_with(data: Path, code: str) -> None:
    """Lock the copies of a machine from now on with a code; only its public half is kept."""
    public = bytes(_nacl().PrivateKey(_private(code)).public_key)
    notes.write_whole(data / NAME, public.hex() + "\n")
    notes.force(data)


def lock_of(data: Path) -> bytes | None:
    """Return what locks this machine's copies, None where nobody asked; raises StoreError where spoilt."""
    try:
        public = bytes.fromhex((data / NAME).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except ValueError:
        public = b""
    if len(public) != _KEY:
        raise StoreError(f"{data / NAME} est abîmé : lancez « kiosk backup-key --new »")
    return public


def fits(data: Path, code: str) -> bool:
    """Tell whether a code opens what this machine locks. Raises StoreError for one that is mistyped."""
    return bytes(_nacl().PrivateKey(_private(code)).public_key) == lock_of(data)


def plain(typed: str) -> str:
    """Return a code, or a part of one, as it is compared: however it was spaced, O for 0, I or L for 1."""
    return typed.upper().translate(_ALIKE)


def is_locked(file: Path) -> bool:
    """Tell whether a copy asks for a code."""
    with file.open("rb") as raw:
        return raw.read(len(MAGIC)) == MAGIC


def opener(code: str) -> Opener:
    """Return what opens the copies locked with a code; it raises StoreError for those of another."""
    private = _nacl().PrivateKey(_private(code))

    def opened(sealed: bytes) -> bytes:
        from nacl.exceptions import CryptoError

        try:
            return bytes(_nacl().SealedBox(private).decrypt(sealed))
        except (CryptoError, ValueError) as error:
            raise StoreError("ce code n’ouvre pas cette copie") from error

    return opened


def _private(code: str) -> bytes:
    """Return the private half that follows from a typed code, however it was spaced. Raises StoreError."""
    whole = plain(code)
    if len(whole) != _LENGTH + 1 or not set(whole) <= set(_SIGNS) or not is_checked(whole):
        raise StoreError("ce code est mal tapé : relisez-le, par groupes de quatre signes")
    return hashlib.sha256(f"kiosk copies {whole}".encode()).digest()


def _nacl() -> Any:
    try:
        from nacl import public
    except ImportError as error:
        raise StoreError("cette machine ne sait pas chiffrer : installez l’extra « sceau »") from error
    return public


class Writing:
    """A file that locks what is written to it; nothing of it opens before `close`."""

    def __init__(self, file: IO[bytes], lock: bytes) -> None:
        self._file, self._waiting, key = file, bytearray(), secrets.token_bytes(_KEY)
        self.opener: Opener = lambda _sealed: key
        """Opens this very file, so that its writer may read it again."""
        self._state = _stream("state")()
        head = _stream("init_push")(self._state, key)
        sealed = _nacl().SealedBox(_nacl().PublicKey(lock)).encrypt(key)
        file.write(MAGIC + sealed + head)

    def write(self, data: bytes) -> int:
        """Take bytes in."""
        self._waiting += data
        while len(self._waiting) > _BLOCK:
            self._push(bytes(self._waiting[:_BLOCK]), _GOES_ON)
            del self._waiting[:_BLOCK]
        return len(data)

    def close(self) -> None:
        """Write the last block, which says that it is the last."""
        self._push(bytes(self._waiting), _LAST)

    def _push(self, block: bytes, tag: int) -> None:
        self._file.write(_stream("push")(self._state, block, None, tag))


class Reading:
    """What a locked file holds, from its beginning to its end. Raises StoreError where it does not open."""

    def __init__(self, file: IO[bytes], opened: Opener) -> None:
        self._file, self._ready, self._ended = file, b"", False
        start = file.read(len(MAGIC) + _SEALED + _HEAD)
        if not start.startswith(MAGIC) or len(start) != len(MAGIC) + _SEALED + _HEAD:
            raise StoreError("la copie est coupée, ou n’est pas chiffrée")
        self._state = _stream("state")()
        _stream("init_pull")(self._state, start[-_HEAD:], opened(start[len(MAGIC) : -_HEAD]))

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes, at most `count`; none at the end."""
        parts, size = [], 0
        while (count < 0 or size < count) and (self._ready or self._pull()):
            part = self._ready if count < 0 else self._ready[: count - size]
            self._ready = self._ready[len(part) :]
            parts.append(part)
            size += len(part)
        return b"".join(parts)

    def _pull(self) -> bool:
        if self._ended:
            return False
        try:
            self._ready, tag = _stream("pull")(self._state, self._file.read(_BLOCK + _MORE))
        except (RuntimeError, ValueError, TypeError) as error:
            raise StoreError("la copie est coupée ou abîmée") from error
        self._ended = tag == _LAST
        if self._ended and self._file.read(1):
            raise StoreError("la copie est abîmée à la fin")
        return bool(self._ready)


def _stream(name: str) -> Any:
    from nacl import bindings

    return getattr(bindings, f"crypto_secretstream_xchacha20poly1305_{name}")
