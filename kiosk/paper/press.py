"""Has papers drawn, in a process of its own that ends with them.

A kiosk with one gigabyte keeps neither the drawing library nor its fonts: the
process that serves pages hands over the facts and gets the PDF back.
"""

import importlib.util
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger("kiosk.paper")

KINDS = ("sheet", "attestations", "programme", "poster", "cards")
_HOME = str(Path(__file__).resolve().parents[2])
_PATIENCE, _WAIT = 30.0, 8.0
_turn = threading.Lock()


class Unprinted(Exception):
    """No PDF came out; the text says why, for the log."""


@cache
def is_there() -> bool:
    """Tell whether this machine can draw PDF (extra « papier »); where not, pages print as they are."""
    return importlib.util.find_spec("reportlab") is not None


def printed(kind: str, facts: Mapping[str, Any]) -> bytes:
    """Return the PDF of a paper of that kind (one of KINDS); raises Unprinted.

    One at a time: a modest machine has the memory for one.
    """
    if kind not in KINDS:
        raise Unprinted(f"no paper is called {kind}")
    asked = json.dumps({"kind": kind, "facts": facts}).encode()
    if not _turn.acquire(timeout=_WAIT):  # whoever serves pages has few hands: none waits here for long
        raise Unprinted("another paper is still being drawn")
    try:
        return _drawn(asked)
    finally:
        _turn.release()


def _drawn(asked: bytes) -> bytes:
    # -P: the folder this was started from must not hide a library.
    command = [sys.executable, "-P", "-m", "kiosk.paper.draw"]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))}
    try:
        done = subprocess.run(command, input=asked, env=found, capture_output=True, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unprinted(str(error)) from error
    if done.returncode:
        raise Unprinted(done.stderr.decode(errors="replace").strip()[-800:])
    return done.stdout
