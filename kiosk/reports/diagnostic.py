"""What somebody far away needs to help a machine: its state in numbers, words of the program and no more.

No name, phone, address or secret stands in it: every value is a count, a code, a
date or a word of the program, each taken one by one. Nothing is copied whole.
"""

import platform
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from kiosk.config import Settings
from kiosk.reports import state
from kiosk.reports.doctor import Check
from kiosk.storage import SCHEMA, clock, journal, session
from kiosk.storage.log import sync_boot
from kiosk.sync import keyfile, status
from kiosk.sync.blobs import status as file_status
from kiosk.sync.trouble import Trouble

_SHOWN = ("role", "threads", "max_upload", "files_a_day", "files_largest", "files_at_night", "time_zone")
_EXCHANGES = _POWER_UPS = 30


def of_kiosk(settings: Settings, checks: Sequence[Check]) -> dict[str, Any]:
    """Return the state of a kiosk, section by section, with what the doctor found; bytes and ms."""
    return {
        "made_at": clock.now_ms(),
        "versions": _versions(settings),
        "settings": {name: getattr(settings, name) for name in _SHOWN},
        "machine": _machine(settings.data),
        "clock": _clock(),
        "power_ups": _power_ups(),
        "centre": _centre(settings.data),
        "status": state.of_kiosk(settings.data),
        "sync": asdict(status.current()),
        "withheld": [asdict(one) for one in status.withheld()],
        "exchanges": [asdict(one) for one in status.last_exchanges(_EXCHANGES)],
        "files": asdict(file_status.files(settings.data)),
        "doctor": [[one.name, one.good] for one in checks],
        "journal": journal.last(settings.data),
    }


def _versions(settings: Settings) -> dict[str, Any]:
    return {
        "kiosk": settings.version,
        "schema": SCHEMA,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "bits": 64 if sys.maxsize > 2**32 else 32,
    }


def _machine(data: Path) -> dict[str, Any]:
    """Sizes of what the machine keeps, by its own names, and the room left."""
    room = shutil.disk_usage(data)
    own = ("kiosk.db", "kiosk.db-wal", journal.NAME)
    sizes = {name: (data / name).stat().st_size for name in own if (data / name).exists()}
    folders = {name: _heap(data / name) for name in ("files", "spool")}
    return {"free": room.free, "total": room.total, "up_ms": clock.uptime_ms(), **sizes, **folders}


def _heap(folder: Path) -> dict[str, int]:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return {"count": len(sizes), "size": sum(sizes)}


def _clock() -> dict[str, Any]:
    return {"system": clock.system_ms(), "quality": clock.quality(), "sure": clock.is_sure()}


def _power_ups() -> list[dict[str, Any]]:
    """Every time the power came back, the newest first: when (ms) by the clock of that moment."""
    names = ("boot_no", "wall_at_start", "offset_ms", "source", "quality")
    query = select(*(sync_boot.c[name] for name in names)).order_by(sync_boot.c.boot_no.desc())
    return [dict(row) for row in session().execute(query.limit(_POWER_UPS)).mappings()]


def _centre(data: Path) -> dict[str, Any]:
    """How the centre is reached: by which scheme and port, as which kiosk; the key stays where it is."""
    try:
        known = keyfile.load(data)
    except Trouble as trouble:
        return {"trouble": trouble.code}
    url = urlsplit(known.centre)
    own = bool(known.authority)
    return {"kiosk": known.node_no, "scheme": url.scheme, "port": url.port, "own_authority": own}
