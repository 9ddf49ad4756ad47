"""Where an uploaded register waits between its preview and its writing.

A file lies under a random token in the spool folder, with what was said about
it; the token is the only way to it, and it leaves after a day or once written.
"""

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.language import msg
from kiosk.storage import NotFound, clock

_TOKEN = re.compile(r"[0-9a-f]{32}")
_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Waiting:
    """A file that waits: its name as uploaded, who brought it, the day of its ages (ISO or '').

    `group` is the hex uid of the group its people are for, '' for the register alone. `above`
    is how many lines of ours stand over the person's own: they have no number.
    `written` once its people are in the group.
    """

    file_name: str
    staff: str
    day: str
    group: str = ""
    above: int = 0
    written: bool = False


def keep(folder: Path, waiting: Waiting, save: Callable[[Path], None]) -> str:
    """Save an upload and return its token."""
    clear(folder)
    token = secrets.token_hex(16)
    save(_file(folder, token))
    say(folder, token, waiting)
    return token


def say(folder: Path, token: str, waiting: Waiting) -> None:
    """Write what is said of a waiting file."""
    _card(folder, token).write_text(json.dumps(asdict(waiting)), encoding="utf-8")


def find(folder: Path, token: str, staff: str) -> tuple[Path, Waiting]:
    """Return a waiting file and what was said of it. Raises NotFound for anybody else's token."""
    if _TOKEN.fullmatch(token) and _card(folder, token).exists() and _file(folder, token).exists():
        waiting = Waiting(**json.loads(_card(folder, token).read_text(encoding="utf-8")))
        if waiting.staff == staff:
            return _file(folder, token), waiting
    raise NotFound(msg("Ce fichier n’attend plus. Choisissez-le de nouveau."))


def drop(folder: Path, token: str) -> None:
    """Remove a file that waits no more."""
    for path in (_file(folder, token), _card(folder, token)):
        path.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Remove the registers that nobody came back for."""
    oldest = (clock.now_ms() - _DAY_MS) / 1000
    for path in folder.glob("registre-*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _file(folder: Path, token: str) -> Path:
    return folder / f"registre-{token}.bin"


def _card(folder: Path, token: str) -> Path:
    return folder / f"registre-{token}.json"
