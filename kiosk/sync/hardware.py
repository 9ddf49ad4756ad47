"""What tells this machine from a copy of its disk.

Three parts: the board's serial number, the storage card's, the network card's.
Two that differ make another machine; a part that cannot be read never counts.
`/etc/machine-id` is not one of them: it is copied with the disk.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from kiosk.storage.notes import write_whole

_BOARD = ("sys/firmware/devicetree/base/serial-number", "sys/class/dmi/id/product_uuid")
_CARD = ("sys/block/mmcblk0/device/cid", "sys/block/sda/device/wwid", "sys/block/nvme0n1/wwid")
_ENOUGH = 2


def print_now(root: Path = Path("/")) -> str:
    """Return the machine's print: `board|card|network`, '' for what cannot be read."""
    wired = [
        f"sys/class/net/{path.parent.name}/address" for path in sorted(root.glob("sys/class/net/*/device"))
    ]
    return "|".join(_first(root, names) for names in (_BOARD, _CARD, wired))


def _first(root: Path, names: Iterable[str]) -> str:
    for name in names:
        try:
            text = (root / name).read_text(errors="replace").strip("\0 \n")
        except OSError:
            continue
        if text:
            return "".join(sign for sign in text if sign.isprintable() and sign != "|")
    return ""


def differs(before: str, now: str) -> bool:
    """Tell whether two prints belong to two machines."""
    pairs = zip(before.split("|"), now.split("|"), strict=False)
    return sum(1 for old, new in pairs if old and new and old != new) >= _ENOUGH


FILE = "sync-position.json"


def remember(data: Path, stream: str, seq: int) -> None:
    """Note outside the database how far the log has come, to notice an older one put back."""
    write_whole(data / FILE, json.dumps({"stream": stream, "seq": seq}))


def remembered(data: Path) -> tuple[str, int]:
    """Return (stream, position) last noted, ('', 0) without a readable note."""
    try:
        found = json.loads((data / FILE).read_text())
        return str(found["stream"]), int(found["seq"])
    except (OSError, ValueError, TypeError, KeyError):
        return "", 0
