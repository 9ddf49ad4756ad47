"""A machine's beginning on a stick: its key and every row of its space, for one code.

The code is spent when the file is made; the file opens with the code alone, which
travels another way: over the telephone, or on paper.
"""

import io
import secrets
import uuid
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


def make(code: Code, data: Path, address: str, replaces: bool = False) -> bytes:
    """Spend a code on a file: a new key and a snapshot for it, sealed to who knows the code.

    `address` is where the machine will find the centre. Raises Refusal. Opens its own
    transactions.
    """
    checked(address)
    uid = uuid.uuid4()
    with transaction():
        row = nodes.code_named(code.key.key_id, lock=True)
        try:
            granted = nodes.grant(row, nodes.Asked(uid, replaces), MASK, data) if row else None
        except nodes.Unclear as unclear:
            raise Refusal(msg("Dites quelle machine est remplacée.")) from unclear
        if granted is None:
            raise Refusal(msg("Ce code n’est pas valable, ou il a déjà servi."))
        machine = session().execute(select(node).where(node.c.node_no == granted["node_no"])).one()
    return _sealed(code, _grant(granted, data, address), machine, Asking(machine, uid, data).everything())


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
