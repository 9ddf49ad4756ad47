"""A machine's beginning on a stick: its key and every row of its space, for one code.

The code is spent once the file is where it should be, so that a full stick or a power
cut costs neither the code nor the key of the lost machine. The file opens with the
code alone, which travels another way: over the telephone, or on paper.
"""

import io
import secrets
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from kiosk.central import nodes
from kiosk.central.asking import Asking
from kiosk.central.models import node
from kiosk.language import msg
from kiosk.storage import Refusal, session, transaction
from kiosk.storage.changes import dumps
from kiosk.sync.bundle import seal
from kiosk.sync.bundle.enrol_file import MASK
from kiosk.sync.bundle.envelope import ENROL, Header, Writing
from kiosk.sync.bundle.letters import Letter, hint_of
from kiosk.sync.code import Code
from kiosk.sync.line import checked

_USED = msg("Ce code n’est pas valable, ou il a déjà servi.")


def make(
    code: Code,
    data: Path,
    address: str,
    replaces: bool = False,
    put: Callable[[bytes], None] = lambda _body: None,
) -> bytes:
    """Make the file of a code: a new key and a snapshot for it, sealed to who knows the code.

    `address` is where the machine will find the centre, `put` puts the file where it
    should be: only then is the code spent. Raises Refusal. Opens its own transactions.
    """
    checked(address)
    asked = nodes.Asked(uuid.uuid4(), replaces)
    machine, granted = _prepared(code, asked, data)
    letters = Asking(machine, asked.stream, data).everything()
    body = _sealed(code, _grant(granted, data, address), machine, letters)
    put(body)
    with transaction():
        _spend(code, asked, data)
    return body


def _prepared(code: Code, asked: nodes.Asked, data: Path) -> tuple[Row[Any], dict[str, Any]]:
    """Return the machine of a code that nobody used, and what it will be told."""
    with transaction():
        row = nodes.code_named(code.key.key_id, lock=True)
        if row is None or row.used_by is not None:
            raise Refusal(_USED)
        try:
            nodes.lost_by(row, asked)
        except nodes.Unclear as unclear:
            raise Refusal(msg("Dites quelle machine est remplacée.")) from unclear
        number = nodes.prepare(row)
        granted = nodes.offer(row, number, MASK, data)
        return session().execute(select(node).where(node.c.node_no == number)).one(), granted


def _spend(code: Code, asked: nodes.Asked, data: Path) -> None:
    row = nodes.code_named(code.key.key_id, lock=True)
    if row is None or nodes.grant(row, asked, MASK, data) is None:
        raise Refusal(_USED)


def _grant(granted: dict[str, Any], data: Path, address: str) -> Letter:
    more = {"centre": address.strip().rstrip("/"), "ca": nodes.authority(data)}
    return Letter({}, dumps({**granted, **more}).encode(), {"grant": True})


def _sealed(code: Code, grant: Letter, machine: Row[Any], letters: list[Letter]) -> bytes:
    file, public = io.BytesIO(), seal.public_of(seal.private_from(code.key.secret))
    header = Header(ENROL, seal.name_of(public), hint_of(code.key), secrets.token_hex(16))
    writing = Writing(file, header, public)
    for letter in (grant, *letters):
        writing.add(letter.packed())
    writing.close(code.key, {"node": machine.node_no})
    return file.getvalue()
