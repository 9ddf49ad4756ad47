"""Text tables: their encoding and their separator are found, never asked for."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from kiosk.members.importer import columns
from kiosk.members.importer.workbook import MOST_LINES

_SEPARATORS = ";,\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 30
_MOST_COLUMNS = 200
_LONGEST_LINE = 500_000
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\r\f\x00")


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Return the records of a text table with the line each begins on, one more than the most we take.

    Raises ValueError for bytes that are not text, or text that is not a table.
    """
    content = decoded(data)
    if content.casefold().startswith("sep="):
        content = content.partition("\n")[2]
    try:
        return list(_records(content, separator(content)))
    except csv.Error as error:
        raise ValueError(str(error)) from error


def decoded(data: bytes) -> str:
    """Return the text of a file saved as UTF-8, UTF-16 or Windows' own encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace"))
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) > sample[::2].count(0)
        return _clean(data.decode("utf-16-le" if little else "utf-16-be", "replace"))
    if sum(byte in _BINARY for byte in sample) > len(sample) // 50:
        raise ValueError("not a text")
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(data.decode("cp1252", "replace"))


def _clean(content: str) -> str:
    return content.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def separator(content: str) -> str:
    """Return the sign that parts cells: the one under which the titles are best understood."""
    sample = "\n".join(content.split("\n", _SAMPLE)[:_SAMPLE])
    return max(_SEPARATORS, key=lambda sign: _understood(sample, sign))


def _understood(sample: str, sign: str) -> tuple[int, int]:
    try:
        records = [cells for _, cells in _records(sample, sign)]
    except csv.Error:
        return (0, 0)
    return max((columns.score(cells) for cells in records), default=0), max(map(len, records), default=0)


def _records(content: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(content), delimiter=sign)
    begins = 1
    for cells in islice(reader, MOST_LINES + 1):
        yield begins, cells[:_MOST_COLUMNS]
        begins = reader.line_num + 1


def _lines(content: str) -> Iterator[str]:
    for line in io.StringIO(content):
        if len(line) > _LONGEST_LINE:
            raise ValueError("a line without end")
        yield line
