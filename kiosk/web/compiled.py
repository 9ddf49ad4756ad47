"""Pages kept compiled between two starts: on a small machine that is most of its first answer.

One file a template in the data directory, written beside and moved into place,
with a digest in front: what a power cut tore, or an older program wrote, is
compiled again. A disk that refuses it costs time and nothing else.
"""

import hashlib
import os
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro

_DIGEST = 16


class Compiled(BytecodeCache):
    """Compiled templates in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept, if it is whole."""
        with suppress(OSError):
            kept = self._path(bucket).read_bytes()
            digest, code = kept[:_DIGEST], kept[_DIGEST:]
            if digest == _digest(code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        code, path = bucket.bytecode_to_string(), self._path(bucket)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial.write_bytes(_digest(code) + code)
            partial.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key


def _digest(code: bytes) -> bytes:
    return hashlib.sha256(code).digest()[:_DIGEST]


class Page(Context):
    """What a template draws from; a plain function is called without asking what it wants."""

    def call(self, what: Any, /, *given: Any, **named: Any) -> Any:
        """Call what a template calls: sixty times a page, so Jinja's four questions count."""
        kind = type(what)
        if kind is Macro or (kind is FunctionType and not what.__dict__):
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            return what(self.eval_ctx, *given, **named) if kind is Macro else what(*given, **named)
        return super().call(what, *given, **named)


class Pages(Environment):
    """Jinja's environment, whose templates share its globals.

    By default each template chains its own (here always empty) before them, and every
    import in every page then compares the two name by name.
    """

    context_class = Page

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of one template."""
        return super().make_globals(d) if d else self.globals


def register(app: Flask, folder: Path) -> None:
    """Let `app` keep its compiled templates in `folder`."""
    app.jinja_environment = Pages
    app.jinja_env.bytecode_cache = Compiled(folder)
