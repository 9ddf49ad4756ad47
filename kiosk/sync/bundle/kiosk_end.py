"""`kiosk bundle` at a kiosk."""

from pathlib import Path

from kiosk.language import Message, fmt, msg, nmsg
from kiosk.storage import Store
from kiosk.sync.bundle import incoming, outgoing
from kiosk.sync.bundle.ends import Show
from kiosk.sync.bundle.incoming import Read
from kiosk.sync.bundle.outgoing import Written


def write_told(store: Store, data: Path, target: Path, program: str, show: Show) -> list[str]:
    """Write what the centre lacks; return what to tell."""
    return [str(line) for line in said_written(outgoing.write(store, data, target, program, show))]


def read_told(store: Store, data: Path, place: Path) -> list[str]:
    """Read the centre's answer; return what to tell."""
    return [str(line) for line in said_read(incoming.read(store, data, place))]


def said_written(found: Written) -> list[Message]:
    """Say what a copy holds."""
    size = fmt.size(found.size)
    changes = nmsg(
        "%(n)s changement copié, %(size)s.",
        "%(n)s changements copiés, %(size)s.",
        found.changes,
        size=size,
    )
    first = changes if found.changes else msg("Rien n’attendait. La clé demandera les nouvelles du centre.")
    files = [nmsg("%(n)s fichier copié.", "%(n)s fichiers copiés.", found.files)] if found.files else []
    return [first, *files, msg("Vous pouvez retirer la clé.")]


def said_read(found: Read) -> list[Message]:
    """Say what a receipt brought."""
    lines = []
    if found.acknowledged:
        lines.append(
            nmsg(
                "Le centre a reçu %(n)s changement.",
                "Le centre a reçu %(n)s changements.",
                found.acknowledged,
            )
        )
    if found.received:
        lines.append(nmsg("%(n)s fiche du centre reçue.", "%(n)s fiches du centre reçues.", found.received))
    if found.files:
        lines.append(nmsg("%(n)s fichier arrivé.", "%(n)s fichiers arrivés.", found.files))
    if found.needs:
        lines.append(msg("Le centre attend d’abord ce qui précède. Refaites une copie."))
    return lines or [msg("Rien de nouveau du centre.")]
