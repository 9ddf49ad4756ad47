"""The frame: how a JSON document travels, checked whole before it is read.

`KSY1 | codec u8 | dictionary u8 | crc32 u32 | body`. Codec 0 is plain JSON, 1 is
raw deflate; dictionary 0 is none, another number names a file of `dict/` that fills the
compressor's window beforehand. With a dictionary the checksum covers both numbers too. A
frame that is cut, flipped or too large is refused whole: nothing of it is ever applied.
"""

import json
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.storage.changes import dumps

MAGIC = b"KSY1"
PLAIN, DEFLATE = 0, 1
NO_DICTIONARY, DICTIONARY = 0, 1
MAX_DOCUMENT = 16 * 1024 * 1024
MAX_DEPTH = 32
FOLDER = Path(__file__).with_name("dict")
_HEAD = struct.Struct(">4sBBI")


class FrameError(ValueError):
    """The bytes are not a whole, sound frame; the text says in what way."""


def encode(document: Any, codec: int = DEFLATE, dictionary: int = NO_DICTIONARY) -> bytes:
    """Return the frame of a JSON document."""
    text = dumps(document).encode()
    body = text if codec == PLAIN else _deflate(text, dictionary)
    return _HEAD.pack(MAGIC, codec, dictionary, _checksum(codec, dictionary, body)) + body


def _checksum(codec: int, dictionary: int, body: bytes) -> int:
    numbers = bytes((codec, dictionary)) if dictionary else b""
    return zlib.crc32(body, zlib.crc32(numbers))


def _deflate(text: bytes, dictionary: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=preset(dictionary))
    return packer.compress(text) + packer.flush()


@cache
def preset(dictionary: int) -> bytes:
    """Return the bytes of a dictionary, none for 0; raises FrameError for an unknown one."""
    if dictionary == NO_DICTIONARY:
        return b""
    try:
        return (FOLDER / f"{dictionary}.bin").read_bytes()
    except OSError as error:
        raise FrameError("unknown codec or dictionary") from error


def decode(data: bytes, limit: int = MAX_DOCUMENT) -> Any:
    """Return the document of a frame of at most `limit` bytes once unpacked.

    Raises FrameError for anything else: truncation, another magic word, an
    unknown codec or dictionary, a wrong checksum, a bomb, text that is not JSON.
    """
    if len(data) < _HEAD.size:
        raise FrameError("cut short")
    magic, codec, dictionary, checksum = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if magic != MAGIC:
        raise FrameError("not a frame")
    if codec not in (PLAIN, DEFLATE) or (codec == PLAIN and dictionary != NO_DICTIONARY):
        raise FrameError("unknown codec or dictionary")
    if _checksum(codec, dictionary, body) != checksum:
        raise FrameError("wrong checksum")
    return parsed(body if codec == PLAIN else _inflate(body, dictionary, limit), limit)


def _inflate(body: bytes, dictionary: int, limit: int) -> bytes:
    unpacker = zlib.decompressobj(-15, zdict=preset(dictionary))
    try:
        text = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise FrameError("damaged") from error
    if len(text) <= limit and (not unpacker.eof or unpacker.unused_data):
        raise FrameError("damaged")
    return text


def parsed(text: bytes, limit: int = MAX_DOCUMENT) -> Any:
    """Return the document of a JSON text; raises FrameError for floats, endless nesting and nonsense."""
    if len(text) > limit:
        raise FrameError("too large once unpacked")
    try:
        document = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise FrameError("not a document") from error
    if _is_deeper(document, MAX_DEPTH):
        raise FrameError("nested too deep")
    return document


def _is_deeper(value: Any, levels: int) -> bool:
    """Tell whether a document nests deeper: walking it later must never exhaust the stack."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in inside)


def _no_float(text: str) -> Any:
    raise ValueError(f"no floats travel: {text}")
