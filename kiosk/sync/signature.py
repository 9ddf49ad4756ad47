"""HTTP message signatures (RFC 9421) with `hmac-sha256`, both ways.

A request covers its method, path, body digest and stream; a reply covers its
status, its body digest and the request's signature, so that an answer recorded
for one request proves nothing for another. There is no `created`: clocks here
may be years wrong, and a replay is harmless by construction.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LABEL = "sig1"
ALGORITHM = "hmac-sha256"
REQUEST_PARTS = ('"@method"', '"@path"', '"content-digest"', '"sync-stream"')
REPLY_PARTS = ('"@status"', '"content-digest"', f'"signature";req;key="{LABEL}"')
_PARAMETERS = re.compile(r'^sig1=\([^)]*\)(?P<rest>(;[a-z]+="[^"\\]*")+)$')
_PAIR = re.compile(r';([a-z]+)="([^"\\]*)"')


Headers = Sequence[tuple[str, str]]


class SignatureError(ValueError):
    """The message is not signed by who holds the key; nothing of it may be believed."""


@dataclass(frozen=True)
class Key:
    """A shared secret and its public name."""

    key_id: str
    secret: bytes


@dataclass(frozen=True)
class Call:
    """What a signed request is about; `more` are further headers it covers, names in small letters."""

    method: str
    path: str
    stream: str
    body: bytes
    more: Headers = ()


def digest(body: bytes) -> str:
    """Return the `Content-Digest` of a body (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign_request(key: Key, call: Call, nonce: str) -> dict[str, str]:
    """Return the headers that sign a request."""
    parts = _with(REQUEST_PARTS, call.more)
    parameters = _parameters(parts, {"nonce": nonce, "keyid": key.key_id, "alg": ALGORITHM})
    base = _base(parts, _request_values(call), parameters)
    return {
        "Content-Digest": digest(call.body),
        "Sync-Stream": call.stream,
        "Signature-Input": f"{LABEL}={parameters}",
        "Signature": _signature(key, base),
    }


def verify_request(key: Key, call: Call, headers: Mapping[str, str]) -> None:
    """Raise SignatureError unless the headers sign exactly this call with this key."""
    if headers.get("Content-Digest") != digest(call.body):
        raise SignatureError("the body is not the one that was signed")
    parts = _with(REQUEST_PARTS, call.more)
    parameters = _checked_parameters(headers, parts)
    _compare(key, _base(parts, _request_values(call), parameters), headers)


def sign_reply(
    key: Key, status: int, body: bytes, request_signature: str, more: Headers = ()
) -> dict[str, str]:
    """Return the headers that sign a reply, `more` headers covered, and bind it to its request."""
    parts = _with(REPLY_PARTS, more)
    parameters = _parameters(parts, {"keyid": key.key_id, "alg": ALGORITHM})
    base = _base(parts, _reply_values(status, body, request_signature, more), parameters)
    return {
        "Content-Digest": digest(body),
        "Signature-Input": f"{LABEL}={parameters}",
        "Signature": _signature(key, base),
    }


def verify_reply(
    key: Key,
    status: int,
    body: bytes,
    headers: Mapping[str, str],
    request_signature: str,
    more: Headers = (),
) -> None:
    """Raise SignatureError unless the reply is the key holder's answer to that very request.

    A captive portal's page, a proxy's error or an old recorded reply all end here.
    """
    if headers.get("Content-Digest") != digest(body):
        raise SignatureError("not an answer of the centre")
    parts = _with(REPLY_PARTS, more)
    parameters = _checked_parameters(headers, parts)
    _compare(key, _base(parts, _reply_values(status, body, request_signature, more), parameters), headers)


def key_id_of(headers: Mapping[str, str]) -> str:
    """Return the public name of the key a message claims; the signature is still to be checked."""
    found = _PARAMETERS.match(headers.get("Signature-Input", ""))
    names = dict(_PAIR.findall(found["rest"])) if found else {}
    if "keyid" not in names:
        raise SignatureError("the message is not signed")
    return names["keyid"]


def _request_values(call: Call) -> Sequence[str]:
    return (call.method, call.path, digest(call.body), call.stream, *(value for _, value in call.more))


def _reply_values(status: int, body: bytes, request_signature: str, more: Headers) -> Sequence[str]:
    bare = request_signature.removeprefix(f"{LABEL}=")
    return (str(status), digest(body), bare, *(value for _, value in more))


def _with(parts: Sequence[str], more: Headers) -> tuple[str, ...]:
    return (*parts, *(f'"{name}"' for name, _ in more))


def _parameters(parts: Sequence[str], pairs: Mapping[str, str]) -> str:
    return f"({' '.join(parts)})" + "".join(f';{name}="{value}"' for name, value in pairs.items())


def _checked_parameters(headers: Mapping[str, str], parts: Sequence[str]) -> str:
    text = headers.get("Signature-Input", "")
    if not text.startswith(f"{LABEL}=({' '.join(parts)});") or f';alg="{ALGORITHM}"' not in text:
        raise SignatureError("the message is not signed as agreed")
    return text.removeprefix(f"{LABEL}=")


def _base(parts: Sequence[str], values: Sequence[str], parameters: str) -> bytes:
    lines = [f"{part}: {value}" for part, value in zip(parts, values, strict=True)]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def _signature(key: Key, base: bytes) -> str:
    mac = hmac.new(key.secret, base, hashlib.sha256).digest()
    return f"{LABEL}=:{base64.b64encode(mac).decode()}:"


def _compare(key: Key, base: bytes, headers: Mapping[str, str]) -> None:
    if not hmac.compare_digest(_signature(key, base).encode(), headers.get("Signature", "").encode()):
        raise SignatureError("wrong signature")
