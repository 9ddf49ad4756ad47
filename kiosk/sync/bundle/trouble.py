"""What can go wrong with a bundle or its stick, each with its sentence; nothing is lost by any of them."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.language import Message, msg
from kiosk.sync import trouble
from kiosk.sync.trouble import Trouble


class Carried(Trouble):
    """A copy could not be made or read."""

    code = "carried"
    again = False
    text = msg("La copie s’est arrêtée. Rien n’est perdu.")


class NoSealing(Carried):
    """PyNaCl is not installed: a bundle is never written unsealed."""

    code = "no_sealing"
    text = msg("Le programme qui ferme les copies manque (PyNaCl). Rien n’est copié.")


class NoSealKey(Carried):
    """The centre's public key has not reached this kiosk yet."""

    code = "no_seal_key"
    text = msg("Synchronisez une fois d’abord\u00a0: le centre enverra sa clé.")


class NotForUs(Carried):
    """Sealed for another machine."""

    code = "not_for_us"
    text = msg("Cette copie est pour une autre machine.")


class NothingHere(Carried):
    """No bundle for this machine in that place."""

    code = "nothing_here"
    text = msg("Rien pour cette machine sur cette clé.")


class Damaged(Carried):
    """Cut short, altered, or never a bundle."""

    code = "damaged"
    text = msg("Ce fichier est abîmé. Refaites la copie.")


class Forged(Carried):
    """Whole and sealed for us, but not signed by a key that is known."""

    code = "forged"
    text = msg("Ce fichier ne vient pas d’une machine connue. Rien n’est lu.")


class StickFull(Carried):
    """No room left on the stick."""

    code = "stick_full"
    text = msg("La clé est pleine. Libérez de la place, puis recommencez.")


class StickReadOnly(Carried):
    """The stick refuses to be written."""

    code = "stick_read_only"
    text = msg("Cette clé refuse l’écriture. Prenez une autre clé.")


class StickGone(Carried):
    """The stick went away, or answers badly."""

    code = "stick_gone"
    text = msg("La clé ne répond plus. Rebranchez-la, puis recommencez.")


class StickLies(Carried):
    """What was read back is not what was written."""

    code = "stick_lies"
    text = msg("Cette clé garde mal les fichiers. Prenez une autre clé.")


class NoSuchPlace(Carried):
    """No such file or folder."""

    code = "no_such_place"
    text = msg("Cette clé n’est plus là. Rebranchez-la.")


class WrongCode(Carried):
    """The code opens none of these files."""

    code = "wrong_code"
    text = msg("Ce code n’ouvre pas ce fichier.")


class Busy(Carried):
    """A copy is being made already."""

    code = "copying"
    text = msg("Une copie est déjà en cours.")


class TooLarge(Carried):
    """More than is taken at once."""

    code = "too_large"
    text = msg("Ce fichier est trop grand.")


KINDS: dict[str, type[Carried]] = {
    kind.code: kind
    for kind in (
        *(Carried, NoSealing, NoSealKey, NotForUs, NothingHere, Damaged, Forged, StickFull),
        *(StickReadOnly, StickGone, StickLies, NoSuchPlace, WrongCode, Busy, TooLarge),
    )
}


def sentence(code: str) -> Message:
    """Return what stopped a copy, in one sentence."""
    return {**trouble.KINDS, **KINDS}.get(code, Carried).text


_BY_NUMBER: dict[int | None, type[Carried]] = {
    errno.ENOSPC: StickFull,
    errno.EDQUOT: StickFull,
    errno.EFBIG: StickFull,
    errno.EROFS: StickReadOnly,
    errno.EACCES: StickReadOnly,
    errno.EPERM: StickReadOnly,
    errno.ENOENT: NoSuchPlace,
    errno.ENOTDIR: NoSuchPlace,
}


@contextmanager
def told() -> Iterator[None]:
    """Turn what the system refuses in the block into the sentence for it."""
    try:
        yield
    except OSError as error:
        raise _BY_NUMBER.get(error.errno, StickGone)(str(error)) from error
