"""Signatures: the RFC's own vector, another implementation, and everything that must not pass."""

import base64
from dataclasses import dataclass, field
from typing import Any

import pytest
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, InvalidSignature, algorithms
from http_message_signatures.resolvers import HTTPSignatureKeyResolver

from kiosk.sync import signature
from kiosk.sync.signature import Call, Key, SignatureError

KEY = Key("n7-0a1b2c3d", bytes(range(32)))
CALL = Call("POST", "/sync/v1/exchange", "5f" * 16, b"KSY1 and the rest")


class OneKey(HTTPSignatureKeyResolver):
    """Gives the shared secret whatever the name."""

    def resolve_public_key(self, key_id: str) -> bytes:
        return KEY.secret

    def resolve_private_key(self, key_id: str) -> bytes:
        return KEY.secret


@dataclass
class Message:
    """A message as the other implementation reads it."""

    headers: dict[str, str]
    method: str = "POST"
    url: str = "https://centre.example/sync/v1/exchange"
    body: bytes = CALL.body


@dataclass
class Response:
    """A reply as the other implementation reads it."""

    headers: dict[str, str]
    status_code: int
    request: Message
    body: bytes = b""
    url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def verifier() -> HTTPMessageVerifier:
    made = HTTPMessageVerifier(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=OneKey())
    # Ours carry no date: clocks here may be years wrong.
    made.require_created = False
    return made


def test_the_rfc_vector_is_reproduced() -> None:
    """RFC 9421, appendix B.2.5."""
    secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
    key = Key("test-shared-secret", base64.b64decode(secret))
    parts = ('"date"', '"@authority"', '"content-type"')
    values = ("Tue, 20 Apr 2021 02:07:55 GMT", "example.com", "application/json")
    parameters = f'({" ".join(parts)});created=1618884473;keyid="test-shared-secret"'
    base = signature._base(parts, values, parameters)
    assert signature._signature(key, base) == "sig1=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"


def test_another_implementation_accepts_our_request() -> None:
    headers = signature.sign_request(KEY, CALL, "once-only")
    found = verifier().verify(Message(headers), max_age=None, body=CALL.body)
    assert {str(part) for part in found[0].covered_components} >= {'"@method"', '"@path"', '"content-digest"'}


def test_another_implementation_refuses_our_request_on_another_path() -> None:
    headers = signature.sign_request(KEY, CALL, "once-only")
    elsewhere = Message(headers, url="https://centre.example/sync/v1/time")
    with pytest.raises(InvalidSignature):
        verifier().verify(elsewhere, max_age=None, body=CALL.body)


def test_we_accept_the_request_of_another_implementation() -> None:
    message = Message({"Content-Digest": signature.digest(CALL.body), "Sync-Stream": CALL.stream})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=OneKey())
    parts = [part.strip('"') for part in signature.REQUEST_PARTS]
    signer.sign(
        message,
        key_id=KEY.key_id,
        nonce="n",
        label="sig1",
        covered_component_ids=parts,
        use_existing_digest=True,
    )
    signature.verify_request(KEY, CALL, {name.title(): value for name, value in message.headers.items()})


def test_a_signed_reply_is_bound_to_its_request() -> None:
    asked = signature.sign_request(KEY, CALL, "first")["Signature"]
    other = signature.sign_request(KEY, CALL, "second")["Signature"]
    headers = signature.sign_reply(KEY, 200, b"reply", asked)
    signature.verify_reply(KEY, 200, b"reply", headers, asked)
    with pytest.raises(SignatureError):
        signature.verify_reply(KEY, 200, b"reply", headers, other)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"path": "/sync/v1/time"},
        {"stream": "00" * 16},
        {"body": b"KSY1 and another"},
    ],
)
def test_a_request_changed_on_the_way_is_refused(change: dict[str, Any]) -> None:
    headers = signature.sign_request(KEY, CALL, "once")
    with pytest.raises(SignatureError):
        signature.verify_request(KEY, Call(**{**vars(CALL), **change}), headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Digest": signature.digest(b"<html>"), "Server": "portal"},
        {
            "Content-Digest": signature.digest(b"<html>"),
            "Signature-Input": 'sig1=();alg="hmac-sha256"',
            "Signature": "",
        },
        {
            "Content-Digest": signature.digest(b"<html>"),
            "Signature-Input": 'sig1=("@status");keyid="n7"',
            "Signature": "sig1=::",
        },
    ],
)
def test_a_portal_page_is_never_a_reply(headers: dict[str, str]) -> None:
    asked = signature.sign_request(KEY, CALL, "once")["Signature"]
    with pytest.raises(SignatureError):
        signature.verify_reply(KEY, 200, b"<html>", headers, asked)


def test_another_status_or_key_is_refused() -> None:
    asked = signature.sign_request(KEY, CALL, "once")["Signature"]
    headers = signature.sign_reply(KEY, 403, b"", asked)
    with pytest.raises(SignatureError):
        signature.verify_reply(KEY, 200, b"", headers, asked)
    with pytest.raises(SignatureError):
        signature.verify_reply(Key(KEY.key_id, bytes(32)), 403, b"", headers, asked)


def test_fewer_covered_parts_than_agreed_are_refused() -> None:
    headers = signature.sign_request(KEY, CALL, "once")
    weaker = {**headers, "Signature-Input": headers["Signature-Input"].replace(' "content-digest"', "")}
    with pytest.raises(SignatureError):
        signature.verify_request(KEY, CALL, weaker)


def test_the_reply_passes_another_implementation() -> None:
    asked = signature.sign_request(KEY, CALL, "once")
    headers = signature.sign_reply(KEY, 200, b"reply", asked["Signature"])
    reply = Response(headers, 200, Message(asked), b"reply")
    found = verifier().verify(reply, max_age=None, body=b"reply")
    assert found[0].parameters["keyid"] == KEY.key_id
