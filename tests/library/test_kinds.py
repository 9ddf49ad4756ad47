"""A file is what its first bytes say, whatever its name."""

import io
import zipfile

import pytest

from kiosk.library import kinds
from kiosk.library.shipped import SEED
from tests.library.conftest import MP3, MP4, picture


def archive(first: str, content: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        # One date for ever: what a file holds names its test, on every worker alike.
        zipped.writestr(zipfile.ZipInfo(first), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (MP4, "x.txt", kinds.MP4),
        (MP3, "x", kinds.MP3),
        (b"\xff\xfb\x90\x64", "x.mp3", kinds.MP3),
        (b"OggS\0", "x", kinds.OGG),
        (b"RIFF\0\0\0\0WAVEfmt ", "x", kinds.WAV),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x", kinds.WEBP),
        (b"\0\0\0\x18ftyp3gp4", "x", kinds.THREE_GP),
        (b"\0\0\0\x18ftypM4A ", "x", kinds.M4A),
        (picture(), "x.jpg", kinds.PNG),
        (b"\xff\xd8\xff\xe0", "x", kinds.JPEG),
        (b"%PDF-1.7", "x", kinds.PDF),
        (archive("mimetype", b"application/epub+zip"), "livre.zip", kinds.EPUB),
        (archive("[Content_Types].xml"), "lettre.DOCX", kinds.DOCX),
        (archive("x"), "cahier.ods", kinds.ODS),
    ],
)
def test_a_type_is_recognised(content: bytes, name: str, kind: kinds.Type) -> None:
    assert kinds.recognise(content[: kinds.HEAD], name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "vide.mp4"),
        (b"MZ\x90\0", "film.mp4"),
        (b"<html><script>", "image.png"),
        (b"<svg xmlns=", "dessin.svg"),
        (b"#!/bin/sh", "son.mp3"),
        (b"\0\0\0\x18ftypheic", "photo.jpg"),
        (archive("x"), "archive.zip"),
        (archive("x"), "programme.apk"),
        (b"\xff", "x.mp3"),
    ],
)
def test_what_nobody_can_open_here_is_refused(content: bytes, name: str) -> None:
    assert kinds.recognise(content[: kinds.HEAD], name) is None


def test_the_shipped_files_are_what_they_are_called() -> None:
    for path in (SEED / "files").iterdir():
        found = kinds.recognise(path.read_bytes()[: kinds.HEAD], path.name)
        assert found and found.suffix == path.suffix[1:], path.name
