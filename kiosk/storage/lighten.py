"""A program of its own: reads a picture on its input, writes a light JPEG on its output.

Run by path, in a process that may die of a hostile or gigantic picture without
anybody noticing; its arguments are the longest side (pixels), the most bytes, and a
mark to write in it. It ends with 0 when it wrote one, 3 when there is nothing to gain
or the picture cannot be read, 4 where Pillow is not installed.
"""

import io
import resource
import sys
from typing import Any

LONGEST, HEAVIEST = 1280, 120_000
_MOST_PIXELS = 100_000_000
_MEMORY, _SECONDS = 1024 * 1024 * 1024, 60
_QUALITIES = (82, 74, 66, 58, 50)
_SHRINK = 0.8
# What phones make. The library reads stranger ones too, some with programs of others.
_FORMATS = ("JPEG", "PNG", "WEBP")


def main() -> int:
    """Lighten one picture; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        from PIL import Image
    except ImportError:
        return 4
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    longest, heaviest, mark = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
    try:
        light = _light(_opened(Image, io.BytesIO(sys.stdin.buffer.read()), longest), heaviest, mark)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return 3
    sys.stdout.buffer.write(light)
    return 0


def _opened(pillow: Any, stream: io.BytesIO, longest: int) -> Any:
    """Open the picture upright, without what it tells of its place and its camera, on white."""
    from PIL import ImageOps

    picture = pillow.open(stream, formats=_FORMATS)
    # A photograph may carry a smaller one behind it (MPO): it does not move for that.
    moves = getattr(picture, "is_animated", False) and picture.format != "MPO"
    if moves or picture.width * picture.height > _MOST_PIXELS:
        raise ValueError("not a still picture of a size that can be opened here")
    picture.draft("RGB", (longest * 2, longest * 2))
    picture.thumbnail((longest, longest), pillow.Resampling.LANCZOS)
    picture = ImageOps.exif_transpose(picture)
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return picture.convert("RGB")
    ground = pillow.new("RGB", picture.size, "white")
    shown = picture.convert("RGBA")
    ground.paste(shown, mask=shown.getchannel("A"))
    return ground


def _light(picture: Any, heaviest: int, mark: bytes) -> bytes:
    """Lower the quality first, then the size, until it is light enough."""
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, comment=mark)
            if out.tell() <= heaviest:
                return out.getvalue()
        picture = picture.resize(tuple(max(1, int(side * _SHRINK)) for side in picture.size))


if __name__ == "__main__":
    sys.exit(main())
