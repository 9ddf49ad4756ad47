"""A frame is taken whole or not at all."""

import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync import frame
from kiosk.sync.frame import FrameError

PLAIN_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
SAMPLE = {"v": 1, "c": [["member", "00" * 16, "i", {"name": f"Awa Coulibaly {n}"}, n] for n in range(30)]}


FORMS = [(frame.PLAIN, 0), (frame.DEFLATE, 0), (frame.DEFLATE, frame.DICTIONARY)]


@given(PLAIN_VALUES, st.sampled_from(FORMS))
def test_what_goes_in_comes_out(document: object, form: tuple[int, int]) -> None:
    assert frame.decode(frame.encode(document, *form)) == document


@pytest.mark.parametrize("form", FORMS)
def test_a_frame_cut_at_any_byte_is_refused(form: tuple[int, int]) -> None:
    whole = frame.encode(SAMPLE, *form)
    for length in range(len(whole)):
        with pytest.raises(FrameError):
            frame.decode(whole[:length])


@pytest.mark.parametrize("form", FORMS)
def test_a_flipped_bit_anywhere_is_refused(form: tuple[int, int]) -> None:
    whole = frame.encode(SAMPLE, *form)
    for bit in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(FrameError):
            frame.decode(bytes(damaged))


def test_something_behind_the_frame_is_refused() -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"{}") + packed.flush() + b"more"
    with pytest.raises(FrameError):
        frame.decode(framed(body))


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"[" + b" " * 60_000_000 + b"]") + packed.flush()
    assert len(body) < 100_000
    with pytest.raises(FrameError, match="too large"):
        frame.decode(framed(body))


@pytest.mark.parametrize("text", ["1.5", "NaN", "Infinity", "{", "", "[" * 100_000, '"\\ud800'])
def test_what_is_not_an_exact_document_is_refused(text: str) -> None:
    with pytest.raises(FrameError):
        frame.decode(framed(text.encode(), frame.PLAIN))


@pytest.mark.parametrize("page", [b"", b"<html>Bienvenue</html>", b"KSY1", b"KSY2" + bytes(20), b"\x00" * 64])
def test_a_portal_page_is_no_frame(page: bytes) -> None:
    with pytest.raises(FrameError):
        frame.decode(page)


def test_an_unknown_dictionary_or_codec_is_refused() -> None:
    body = json.dumps({}).encode()
    for codec, dictionary in ((2, 0), (0, 1), (1, 250), (255, 255)):
        numbers = bytes((codec, dictionary)) if dictionary else b""
        checksum = zlib.crc32(body, zlib.crc32(numbers))
        head = struct.pack(">4sBBI", b"KSY1", codec, dictionary, checksum)
        with pytest.raises(FrameError):
            frame.decode(head + body)


def test_a_bomb_with_a_dictionary_is_refused_too() -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=frame.preset(1))
    body = packed.compress(b"[" + b" " * 60_000_000 + b"]") + packed.flush()
    checksum = zlib.crc32(body, zlib.crc32(bytes((1, 1))))
    with pytest.raises(FrameError, match="too large"):
        frame.decode(struct.pack(">4sBBI", b"KSY1", 1, 1, checksum) + body)


def framed(body: bytes, codec: int = frame.DEFLATE) -> bytes:
    return struct.pack(">4sBBI", b"KSY1", codec, 0, zlib.crc32(body)) + body
