"""The process that opens a workbook: bounded memory and time, JSON on its output.

Run as `python -m kiosk.members.importer.workbook FILE`. Its exit code says what
went wrong; a file that breaks the reader breaks nothing else.
"""

import datetime
import json
import resource
import sys
from typing import Any

LOCKED, BROKEN, TOO_LARGE = 3, 4, 5
DATE = "date"
MOST_LINES = 60_000
_MEMORY = 1_500_000_000
_SECONDS = 60
_MOST_COLUMNS = 200
_MOST_CELLS = 6_000_000
# A few bytes of an archive may say one long text in every cell.
_MOST_SIGNS, _MOST_TEXT = 2_500, 10_000_000


def main(path: str) -> int:
    """Print the sheets of a workbook as `[[name, rows], …]`; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    import python_calamine as calamine

    try:
        sheets = _sheets(calamine.CalamineWorkbook.from_path(path))
    except calamine.PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except Exception:
        return LOCKED if _is_locked(path) else BROKEN
    if sheets is None:
        return TOO_LARGE
    sys.stdout.buffer.write(json.dumps(sheets, ensure_ascii=False, separators=(",", ":")).encode())
    return 0


def _is_locked(path: str) -> bool:
    """Tell whether a workbook lies enciphered in its file; the reader sees it only by the file's name."""
    with open(path, "rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read()


def _sheets(book: Any) -> list[Any] | None:
    """Return every visible sheet that holds something; None when they are unreasonable."""
    found, left = [], _MOST_TEXT
    for meta in book.sheets_metadata:
        if "Visible" not in str(meta.visible) or "WorkSheet" not in str(meta.typ):
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > _MOST_CELLS:
            return None
        rows = sheet.to_python(skip_empty_area=False)
        found.append([meta.name, [[_plain(cell) for cell in row[:_MOST_COLUMNS]] for row in rows]])
        left -= sum(len(cell) for row in found[-1][1] for cell in row if isinstance(cell, str))
        if left < 0 or sum(len(lines) for _, lines in found) > MOST_LINES:
            return None
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return {DATE: cell.date().isoformat()}
    if isinstance(cell, datetime.date):
        return {DATE: cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell[:_MOST_SIGNS] if isinstance(cell, str) else cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
