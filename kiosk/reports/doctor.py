"""`kiosk doctor`: is this machine well? Each check is one line and one advice."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Settings
from kiosk.language import formats
from kiosk.paths import shelf
from kiosk.storage import StoreError, clock, console, inspection
from kiosk.storage.backup import DATABASE

_ENOUGH = 500_000_000


@dataclass(frozen=True)
class Check:
    """One thing looked at; `note` says what was found, or what to do."""

    name: str
    good: bool
    note: str


def check(settings: Settings) -> list[Check]:
    """Look at the directory, the disk, the database, the secrets, the clock and the installation."""
    folder = _folder(settings.data)
    inside = [_disk(settings.data), _database(settings), *_secrets(settings.data)] if folder.good else []
    return [folder, *inside, _clock(), _shelves()]


def _folder(data: Path) -> Check:
    writable = data.is_dir() and os.access(data, os.W_OK)
    note = str(data) if writable else f"{data} : créez-le, ou donnez-en l’accès à ce compte"
    return Check("dossier", writable, note)


def _disk(data: Path) -> Check:
    free = shutil.disk_usage(data).free
    note = f"{formats.size(free)} libres"
    return Check("disque", free > _ENOUGH, note if free > _ENOUGH else f"{note} : faites de la place")


def _database(settings: Settings) -> Check:
    path = settings.data / DATABASE
    try:
        with console.opened():
            hurt = inspection.damage(path) if path.exists() else None
            gone = inspection.missing_guards(path) if path.exists() and not hurt else []
    except StoreError as error:
        return Check("base", False, str(error))
    if hurt:
        return Check("base", False, f"abîmée ({hurt}) : « kiosk restore » remet une copie en place")
    if gone:
        return Check("base", False, f"garde absente ({gone[0]}) : lancez « kiosk upgrade »")
    return Check("base", True, "entière, gardée, à la bonne version")


def _secrets(data: Path) -> Iterator[Check]:
    for path in sorted(data.glob("*key*")) + sorted(data.glob("secret")):
        private = path.stat().st_mode & 0o077 == 0
        note = "lisible par ce compte seul" if private else f"chmod 600 {path}"
        yield Check(path.name, private, note)


def _clock() -> Check:
    today = clock.today()
    good, note = clock.is_sure(), today.isoformat()
    return Check("date", good, note if good else f"{note} : mettez la machine à l’heure")


def _shelves() -> Check:
    try:
        for name in ("static", "migrations", "translations"):
            shelf(name)
    except FileNotFoundError as error:
        return Check("installation", False, str(error))
    return Check("installation", True, "complète")
