"""The centre's clock, told to a machine whose own may be years wrong."""

from collections.abc import Mapping

from kiosk.central import nodes
from kiosk.central.door import Sent, signed
from kiosk.storage import clock
from kiosk.sync import frame, signature
from kiosk.sync.caller import UNKNOWN_KEY
from kiosk.sync.signature import Call, SignatureError
from kiosk.sync.time.asking import TIME


def tell(headers: Mapping[str, str], nonce: str) -> Sent:
    """Answer with the time, signed with the machine's key over its nonce; strangers get none."""
    try:
        row = nodes.by_key(signature.key_id_of(headers))
        if row is None or f';nonce="{nonce}"' not in headers.get("Signature-Input", ""):
            return Sent(401, {UNKNOWN_KEY: "1"})
        key = nodes.key_of(row)
        signature.verify_request(key, Call("GET", TIME, headers.get("Sync-Stream", ""), b""), headers)
    except SignatureError:
        return Sent(401, {UNKNOWN_KEY: "1"})
    told = frame.encode({"now": clock.now_ms(), "nonce": nonce})
    return signed(key, headers["Signature"], (403, b"") if row.revoked_at is not None else (200, told))
