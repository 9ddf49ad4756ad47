"""What the inbox keeps of a change, read again as it came."""

import json
from typing import Any

from kiosk.storage.changes import Authored
from kiosk.sync.frame import FrameError
from kiosk.sync.rows_on_wire import Opaque, from_text, unpacked


def entry(row: Any) -> Authored | None:
    """Return the change that an inbox row holds, None if this program cannot read it.

    A text may not say of itself that an erasure emptied it.
    """
    value = json.loads(row.raw)
    if len(value) == 1:
        found = from_text(Opaque(bytes(row.op_id), value[0]), row.stream_uid, row.seq)
        return None if found and found.emptied else found
    try:
        return unpacked([value], row.stream_uid, row.seq)[0]
    except FrameError:
        return None
