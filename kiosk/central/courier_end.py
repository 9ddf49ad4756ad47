"""`kiosk bundle` at the centre: read what kiosks wrote, leave them their answers."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Row, func, select

from kiosk.central import blobs_by_hand, courier, nodes
from kiosk.central.asking import Asking
from kiosk.central.courier import Taken
from kiosk.central.models import carried_receipt, node
from kiosk.language import Message, msg, nmsg
from kiosk.storage import Store, fault, session
from kiosk.sync import frame
from kiosk.sync.bundle import seal, stick
from kiosk.sync.bundle.carry import IN, OUT, Progress
from kiosk.sync.bundle.ends import Show
from kiosk.sync.bundle.envelope import read_bytes
from kiosk.sync.bundle.letters import Letter, read_letter
from kiosk.sync.bundle.outgoing import alone
from kiosk.sync.bundle.trouble import Carried, NoSuchPlace, NothingHere
from kiosk.sync.messages import read_reply


def read(store: Store, data: Path, place: Path) -> tuple[list[Taken], Carried | None]:
    """Read a stick or a file and leave the answers on the stick; raises Carried.

    The second part is why the answers could not be written there; they are kept here too.
    """
    with alone(data), Progress(store, IN, place.name) as progress:
        found = courier.read(place, data)
        fault.at("answer.kept")
        progress.note(done=sum(one.taken for one in found), size=sum(len(one.body) for one in found))
        return found, _leave(place, found, data) if place.is_dir() else None


def _leave(place: Path, found: list[Taken], data: Path) -> Carried | None:
    folder = place if place.name == stick.FOLDER else place / stick.FOLDER
    try:
        for one in found:
            stick.put(folder / one.file_name, _filling(one.body))
        blobs_by_hand.exchange(data, folder)
    except Carried as trouble:
        return trouble
    return None


def _filling(body: bytes) -> Callable[[BinaryIO], None]:
    def fill(file: BinaryIO) -> None:
        file.write(body)

    return fill


def write(store: Store, data: Path, target: Path) -> int:
    """Write the answer of every kiosk that sends by hand to a stick; return how many. Raises Carried."""
    if not target.is_dir():
        raise NoSuchPlace(str(target))
    with alone(data), Progress(store, OUT, target.name) as progress:
        machines = _by_hand()
        if not machines:
            raise NothingHere
        for machine in machines:
            letters = _letters(machine)
            uid = read_reply(frame.decode(letters[-1].body)).stream
            letters += Asking(machine, uid, data).news_after(letters[-1])
            name = courier.file_name_for(nodes.key_of(machine), uid)
            stick.put(target / stick.FOLDER / name, _filling(courier.sealed(machine, letters)))
        progress.note(total=len(machines), done=len(machines))
    return len(machines)


def _by_hand() -> list[Row[tuple[object, ...]]]:
    """Return the machines that have an answer to carry, those with a withdrawn key left out."""
    known = select(carried_receipt.c.node_no).distinct()
    query = select(node).where(node.c.node_no.in_(known), node.c.revoked_at.is_(None))
    return list(session().execute(query.order_by(node.c.node_no)).all())


def _letters(machine: Row[tuple[object, ...]]) -> list[Letter]:
    """Return what the newest answer of a machine holds: the centre can read it as the kiosk would."""
    receipts = carried_receipt.c
    newest = select(func.max(receipts.at)).where(receipts.node_no == machine.node_no).scalar_subquery()
    query = select(receipts.body).where(receipts.node_no == machine.node_no, receipts.at == newest)
    body = session().scalars(query.limit(1)).one()
    private = seal.private_from(nodes.key_of(machine).secret)
    return [read_letter(record) for record in read_bytes(io.BytesIO(bytes(body)), private)]


def write_told(store: Store, data: Path, target: Path, program: str, show: Show) -> list[str]:
    """Write answers; return what to tell."""
    count = write(store, data, target)
    text = nmsg("Réponse copiée pour %(n)s kiosque.", "Réponses copiées pour %(n)s kiosques.", count)
    return [str(text), str(msg("Vous pouvez retirer la clé."))]


def read_told(store: Store, data: Path, place: Path) -> list[str]:
    """Read what kiosks wrote; return what to tell."""
    found, trouble = read(store, data, place)
    lines = [str(said(one)) for one in found]
    if trouble is not None:
        lines.append(str(trouble))
    elif place.is_dir():
        lines.append(str(msg("La réponse est sur la clé. Vous pouvez la retirer.")))
    return lines


def said(one: Taken) -> Message:
    """Say what became of one machine's bundles, in one line."""
    if one.state == 403:
        text = msg("La clé de ce kiosque est retirée. Son envoi est mis de côté.")
    elif one.needs:
        first, last = one.needs
        text = msg("Il manque d’abord les changements %(first)s à %(last)s.", first=first, last=last)
    elif one.state not in (200, 409):
        text = msg("Un changement n’a pas pu être lu. La réponse le dit au kiosque.")
    elif one.taken:
        text = nmsg("%(n)s changement reçu.", "%(n)s changements reçus.", one.taken)
    else:
        text = msg("Rien de nouveau. Tout était déjà là.")
    return msg("%(name)s\u00a0: %(what)s", name=one.name, what=str(text))
