"""What an uploaded file really is, told by its first bytes and never by its name alone."""

from dataclasses import dataclass

from kiosk.library.vocabulary import Kind, Part

HEAD = 512


@dataclass(frozen=True)
class Type:
    """One accepted type: how a browser is told, its usual ending, what it can be."""

    mime: str
    suffix: str
    kind: Kind


MP4 = Type("video/mp4", "mp4", Kind.VIDEO)
WEBM = Type("video/webm", "webm", Kind.VIDEO)
THREE_GP = Type("video/3gpp", "3gp", Kind.VIDEO)
MP3 = Type("audio/mpeg", "mp3", Kind.SOUND)
OGG = Type("audio/ogg", "ogg", Kind.SOUND)
M4A = Type("audio/mp4", "m4a", Kind.SOUND)
WAV = Type("audio/wav", "wav", Kind.SOUND)
JPEG = Type("image/jpeg", "jpg", Kind.IMAGE)
PNG = Type("image/png", "png", Kind.IMAGE)
GIF = Type("image/gif", "gif", Kind.IMAGE)
WEBP = Type("image/webp", "webp", Kind.IMAGE)
PDF = Type("application/pdf", "pdf", Kind.BOOK)
EPUB = Type("application/epub+zip", "epub", Kind.BOOK)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
DOCX = Type(f"{_OFFICE}.wordprocessingml.document", "docx", Kind.TEXT)
XLSX = Type(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", Kind.TEXT)
PPTX = Type(f"{_OFFICE}.presentationml.presentation", "pptx", Kind.TEXT)
ODT = Type(f"{_OPEN}.text", "odt", Kind.TEXT)
ODS = Type(f"{_OPEN}.spreadsheet", "ods", Kind.TEXT)
# A drawing ships with the software only: an uploaded one could hold a script.
SVG = Type("image/svg+xml", "svg", Kind.IMAGE)

# Brands of MP4 films; the same container also holds phone pictures (HEIC) nobody here can open.
_FILMS = (b"iso", b"mp4", b"avc", b"M4V", b"MSNV", b"dash")
ACCEPTED = (MP4, WEBM, THREE_GP, MP3, OGG, M4A, WAV, JPEG, PNG, GIF, WEBP, PDF, EPUB)
DOCUMENTS = (DOCX, XLSX, PPTX, ODT, ODS)
STILL = (JPEG, PNG, WEBP)
BY_PART: dict[Part, frozenset[Kind]] = {
    Part.LIGHT: frozenset({Kind.VIDEO, Kind.IMAGE, Kind.SOUND}),
    Part.SOUND: frozenset({Kind.SOUND}),
    Part.TEXT: frozenset({Kind.BOOK, Kind.TEXT}),
    Part.POSTER: frozenset({Kind.IMAGE}),
    Part.EXTRA: frozenset(Kind),
    Part.ORIGINAL: frozenset({Kind.IMAGE}),
}


def recognise(head: bytes, name: str) -> Type | None:
    """The type of a file from its first `HEAD` bytes; None when it is not accepted here.

    The name only chooses between documents that are all zip archives inside.
    """
    return _by_brand(head) or _by_signature(head) or _by_archive(head, name)


def _by_signature(head: bytes) -> Type | None:
    signs = (
        (b"\xff\xd8\xff", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"GIF8", GIF),
        (b"%PDF-", PDF),
        (b"\x1aE\xdf\xa3", WEBM),
        (b"OggS", OGG),
        (b"ID3", MP3),
    )
    found = next((type_ for sign, type_ in signs if head.startswith(sign)), None)
    if found is None and len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return MP3
    return found


def _by_brand(head: bytes) -> Type | None:
    """Containers that say what they hold some bytes further."""
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in (b"M4A ", b"M4B "):
        return M4A
    if brand.startswith(b"3g"):
        return THREE_GP
    return MP4 if brand.startswith(_FILMS) else None


def _by_archive(head: bytes, name: str) -> Type | None:
    if head[:4] != b"PK\x03\x04":
        return None
    if b"mimetypeapplication/epub+zip" in head:
        return EPUB
    suffix = name.rpartition(".")[2].lower()
    return next((type_ for type_ in DOCUMENTS if type_.suffix == suffix), None)
