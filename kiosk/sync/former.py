"""What a centre that was put back still holds of its earlier times, as it says with a snapshot."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from kiosk.sync.document import Reader, identifier, natural, parts


@dataclass(frozen=True)
class Former:
    """The last commit that is left of each earlier epoch, and the space whose rows may be said anew."""

    space: uuid.UUID
    ends: Mapping[int, int]

    def document(self) -> dict[str, Any]:
        """Return the part of a reply's document that says so."""
        return {"former": [self.space.hex, [list(pair) for pair in sorted(self.ends.items())]]}

    def lacks(self, version: tuple[int, int], epoch: int) -> bool:
        """Tell whether a commit is none that a centre of this epoch holds."""
        return version[0] != epoch and version[1] > self.ends.get(version[0], 0)

    def condition(self, columns: Any, epoch: int) -> ColumnElement[bool]:
        """Return the same as SQL, over a synced table; also true of rows whose own record is gone."""
        here, n = columns.cver_epoch, columns.cver_n
        gone = [and_(here == one, n > last) for one, last in self.ends.items()]
        return or_(n == 0, and_(here.not_in([*self.ends, epoch]), n > 0), *gone)


def read_former(reader: Reader) -> Former | None:
    """Return what a reply says of earlier epochs, None where it says nothing; raises FrameError."""
    if not reader.has("former"):
        return None
    space, ends = parts(reader.items("former"), 2)
    pairs = [parts(pair, 2) for pair in (ends if isinstance(ends, list) else [None])]
    return Former(identifier(space), {natural(epoch): natural(n) for epoch, n in pairs})
