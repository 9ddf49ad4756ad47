"""Make a preset dictionary from generated days: `python -m tests.sync.train NUMBER`.

The days are of other spaces and seeds than those on which sizes are measured. A
dictionary that was released never changes: a better one takes the next number.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.storage.changes import dumps
from kiosk.sync import frame
from kiosk.sync.items import Item
from kiosk.sync.messages import OK, Page, Reply, Request
from tests.support.day import Space
from tests.support.machines import prepare

SIZE, SEGMENT, GRAM = 12_288, 48, 7
SAMPLES = (("KAY", "un"), ("YEL", "deux"), ("KAY", "trois"), ("YEL", "quatre"))


def texts(folder: Path) -> Iterator[str]:
    """Yield documents as they travel: whole days, small pushes, pages."""
    for code, seed in SAMPLES:
        space = Space(prepare(folder / seed, space=code), seed, code)
        yield from _of(space.pushed(play=False), seed)
        space.before()
        for _ in range(2):
            yield from _of(space.pushed(), seed)
        space.kiosk.close()


def _of(asked: Request, seed: str) -> Iterator[str]:
    yield dumps(asked.document())
    chance = random.Random(seed)
    for _ in range(30):
        at = chance.randrange(len(asked.rows))
        some = asked.rows[at : at + chance.choice((0, 1, 2, 5, 12))]
        part = replace(asked, rows=some, first=asked.first + at)
        yield dumps(part.document())
        yield dumps(_page(part).document())


def _page(asked: Request) -> Reply:
    items = tuple(
        Item(e.change.tab, e.change.row_uid, e.change.fields, (1, 1000 + n)) for n, e in enumerate(asked.rows)
    )
    page = Page("1.1234.a6c7014a", "1.1240.0b1c2d3e", items)
    return Reply(
        asked.stream, 1, OK, ((asked.first, asked.head),), asked.first, page, now=1_803_889_684_304, version=2
    )


def trained(samples: list[str]) -> bytes:
    """Choose the pieces whose grams are met most often in other documents; the best stand last."""
    grams: Counter[bytes] = Counter()
    datas = [text.encode() for text in samples]
    for data in datas:
        grams.update({data[at : at + GRAM] for at in range(len(data) - GRAM)})
    whole = b"\n".join(datas)
    wanted, step = SIZE // SEGMENT, len(whole) // (SIZE // SEGMENT)
    chosen: list[tuple[int, bytes]] = []
    for turn in range(wanted):
        score, at = _best(whole, turn * step, step, grams)
        piece = whole[at : at + SEGMENT]
        chosen.append((score, piece))
        for inside in range(len(piece) - GRAM + 1):
            grams[piece[inside : inside + GRAM]] = 0
    return b"".join(piece for score, piece in sorted(chosen) if score > 2 * SEGMENT)[-SIZE:]


def _best(whole: bytes, start: int, length: int, grams: Counter[bytes]) -> tuple[int, int]:
    end = min(start + length, len(whole) - SEGMENT)
    scores = [grams[whole[at : at + GRAM]] for at in range(start, end + SEGMENT)]
    width = SEGMENT - GRAM + 1
    total, best = sum(scores[:width]), (0, start)
    for at in range(end - start):
        best = max(best, (total, start + at))
        total += scores[at + width] - scores[at]
    return best


if __name__ == "__main__":
    path = frame.FOLDER / f"{int(sys.argv[1])}.bin"
    assert not path.exists() or "--again" in sys.argv, "a released dictionary never changes"
    with tempfile.TemporaryDirectory() as folder:
        path.write_bytes(trained(list(texts(Path(folder)))))
    print(path, path.stat().st_size)
