"""Light copies of pictures: at most 1,280 px and 120 kB, for the network and for phones.

The work is done in a process of its own (see `lighten`): pages never pay for a
library of images, and a picture made to break one breaks only that process.
"""

import logging
import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from kiosk.language import formats, msg
from kiosk.storage.lighten import HEAVIEST, LONGEST
from kiosk.storage.refusal import Refusal

log = logging.getLogger("kiosk.storage")

_PROGRAM = Path(__file__).with_name("lighten.py")
_PATIENCE = 90.0
MOST = 16_000_000
"""The heaviest file that is looked at: phones make pictures of 12 MB at most."""
CARD, _HEAD = "kiosk: photo de fiche", 4096
"""What is written in photos of people's cards, so that none is published by mistake."""
_MISSING = 4
_turn = threading.Lock()


def is_heavy(size: int) -> bool:
    """Tell whether a picture of `size` bytes deserves a light copy."""
    return size > HEAVIEST


def lighter(
    stream: BinaryIO, longest: int = LONGEST, heaviest: int = HEAVIEST, mark: str = ""
) -> bytes | None:
    """Return a light copy of a picture as a JPEG that tells neither place nor camera.

    At most `longest` pixels a side and `heaviest` bytes. None where none can be made:
    an unreadable or moving picture, or no Pillow here. One at a time: a modest machine
    has the memory for one.
    """
    # -P: the folder of the program holds a types.py that must not hide Python's own.
    command = [sys.executable, "-P", str(_PROGRAM), str(longest), str(heaviest), mark]
    with _turn:
        try:
            done = subprocess.run(command, **_source(stream), capture_output=True, timeout=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("a picture stays as it is: %s", error)
            return None
    if done.returncode == _MISSING:
        log.warning("a picture stays as it is: pillow is not installed (extra « images »)")
    return done.stdout if done.returncode == 0 else None


def is_of_a_card(stream: BinaryIO) -> bool:
    """Tell whether a file is the photo of somebody's card, saved from there: it bears our mark."""
    stream.seek(0)
    return CARD.encode() in stream.read(_HEAD)


def made_anew(stream: BinaryIO, longest: int = LONGEST, heaviest: int = HEAVIEST, mark: str = "") -> bytes:
    """Return a picture as a light JPEG drawn anew: nothing of the file that was sent is kept.

    Raises Refusal for a file too heavy to look at, and for one that is no picture.
    """
    if stream.seek(0, os.SEEK_END) > MOST:
        raise Refusal(msg("Fichier trop lourd : %(size)s au plus.", size=formats.size(MOST)), "file")
    if find_spec("PIL") is None:
        raise Refusal(msg("Cette machine ne sait pas préparer les photos."), "file")
    made = lighter(stream, longest, heaviest, mark)
    if made is None:
        raise Refusal(msg("Cette photo ne s’ouvre pas. Essayez-en une autre, en JPEG ou PNG."), "file")
    return made


def _source(stream: BinaryIO) -> dict[str, Any]:
    """Hand a file over as it is; what lies in memory only is piped."""
    stream.seek(0)
    try:
        stream.fileno()
    except (OSError, AttributeError):
        return {"input": stream.read()}
    return {"stdin": stream}
