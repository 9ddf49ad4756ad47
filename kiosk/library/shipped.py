"""The materials that come with the software: `seed/*.md` and `seed/files/`.

Each sheet is a Markdown file headed by TOML between two lines of `+++`. A new
release may correct them; `load` brings a machine up to date and is run by
every upgrade. They have the same uid everywhere and never travel.
"""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.config import Settings
from kiosk.library.kinds import ACCEPTED, DOCUMENTS, SVG
from kiosk.library.models import Material, MaterialFile
from kiosk.library.vocabulary import Licence, Part
from kiosk.storage import derived_uid
from kiosk.storage.files import Contents, Kept
from kiosk.storage.files import at as files_of
from kiosk.storage.shipped import ship

SEED = Path(__file__).parent / "seed"
_FENCE = "+++\n"
_SINCE = datetime.date(2026, 11, 22)
_LARGEST = 10_000_000
_MIMES = {kind.suffix: kind.mime for kind in (*ACCEPTED, *DOCUMENTS, SVG)}


@dataclass(frozen=True)
class Leaf:
    """One shipped sheet: its address, what its head says, its text."""

    slug: str
    head: dict[str, Any]
    body: str


def load(settings: Settings) -> int:
    """Put the shipped materials on this machine, files and sheets; return how many rows changed.

    Runs inside the caller's transaction; running it again changes nothing.
    """
    store = files_of(settings)
    sheets = leaves()
    rows = ship(Material, [_material(leaf) for leaf in sheets])
    files = [_file(leaf, entry, store) for leaf in sheets for entry in leaf.head.get("files", [])]
    return rows + ship(MaterialFile, files)


def leaves() -> list[Leaf]:
    """Every shipped sheet. Raises ValueError naming the one that is ill-written."""
    return [_leaf(path) for path in sorted(SEED.glob("*.md"))]


def _leaf(path: Path) -> Leaf:
    before, head, body = path.read_text(encoding="utf-8").split(_FENCE, 2)
    if before:
        raise ValueError(f"{path.name}: text before the head")
    return Leaf(path.stem, tomllib.loads(head), body.strip() + "\n")


def _material(leaf: Leaf) -> dict[str, Any]:
    head = {name: value for name, value in leaf.head.items() if name != "files"}
    common = {"author": "", "credit": "", "summary": "", "collection": "", "needs_review": False}
    fixed = {
        "uid": derived_uid(f"material:{leaf.slug}"),
        "slug": leaf.slug,
        "body": leaf.body,
        "licence": Licence.CC_BY,
        "year": _SINCE.year,
        "added_on": _SINCE,
        "shipped": True,
        "withdrawn": False,
    }
    return {**common, **head, **fixed}


def _file(leaf: Leaf, entry: dict[str, Any], store: Contents) -> dict[str, Any]:
    kept = _keep(SEED / "files" / entry["name"], store)
    return {
        "uid": derived_uid(f"material-file:{leaf.slug}:{entry['name']}"),
        "material_uid": derived_uid(f"material:{leaf.slug}"),
        "part": Part(entry["part"]),
        "sha256": kept.sha256,
        "size": kept.size,
        "mime": _MIMES[entry["name"].rpartition(".")[2]],
        "name": entry["name"],
        "seconds": entry.get("seconds"),
        "shipped": True,
    }


def _keep(path: Path, store: Contents) -> Kept:
    with path.open("rb") as stream:
        return store.keep(stream, _LARGEST)
