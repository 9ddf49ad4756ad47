"""The tables that stand under the figures of a report, as rows of a file."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from kiosk.language import Message, msg
from kiosk.members.exporting import harmless
from kiosk.reports.apart import Apart
from kiosk.reports.figures import Split
from kiosk.reports.sections import Gathered, Named, Sections
from kiosk.reports.sharing import Sharing

PEOPLE = (msg("Femmes"), msg("Hommes"), msg("Non dit"), msg("Total"))


class Writer(Protocol):
    """What csv.writer gives."""

    def writerow(self, row: Iterable[Any], /) -> Any:
        """Write a row."""


def people(split: Split) -> list[int]:
    """Return the columns of PEOPLE."""
    return [split.women, split.men, split.unsaid, split.total]


def beside(writer: Writer, sections: Sections) -> None:
    """Write the sections that hold something, each under an empty row and its own heads."""
    _named(writer, msg("Domaine"), sections.domains)
    _gathered(writer, sections)
    _named(writer, msg("Campagne (relais)"), sections.relays)
    if sections.civic:
        civic = sections.civic
        lines = (
            Named(msg("Personnes formées"), civic.trained),
            Named(msg("Personnes accompagnées"), civic.accompanied),
            Named(msg("L’un ou l’autre"), civic.either),
        )
        _named(writer, msg("Participation citoyenne"), lines)


def _named(writer: Writer, head: Message, lines: Sequence[Named]) -> None:
    if not lines:
        return
    writer.writerow([])
    writer.writerow(map(str, (head, *PEOPLE)))
    for one in lines:
        writer.writerow([harmless(str(one.name)), *people(one.people)])


def _gathered(writer: Writer, sections: Sections) -> None:
    actors = sections.actors
    lines = [(one.name, one) for one in sections.gatherings]
    lines += [(msg("Interaction avec des acteurs nationaux"), actors)] if actors else []
    if not lines:
        return
    counted = (msg("Nombre"), msg("Participants"), *PEOPLE[:3], msg("Jeunes"))
    spoken = (msg("Ont parlé"), msg("Femmes qui ont parlé"), msg("Jeunes qui ont parlé"))
    writer.writerow([])
    writer.writerow(map(str, (msg("Débats, concertations, réunions"), *counted, *spoken)))
    for name, one in lines:
        writer.writerow([harmless(str(name)), *_came(one)])


def _came(one: Gathered) -> list[Any]:
    came, spoke = one.came, one.came.spoke
    told = ("" if count is None else count for count in (spoke.all, spoke.women, spoke.youth))
    return [one.held, came.total, came.women, came.men, came.unsaid, came.youth, *told]


def apart(writer: Writer, ledgers: Apart) -> None:
    """Write the ledgers that are added to nothing, with a comma before decimals."""
    if not ledgers:
        return
    writer.writerow([])
    writer.writerow([str(msg("Bénévolat, accompagnement, partenaires"))])
    for name, figure, _ in ledgers.lines:
        writer.writerow([str(name), f"{figure:g}".replace(".", ",")])


def shared(writer: Writer, sharing: Sharing) -> None:
    """Write the organisations that shared in sessions, one a line under what each brought."""
    for head, names in ((msg("Partenaires"), sharing.partners), (msg("Bailleurs"), sharing.donors)):
        if names:
            writer.writerow([])
            writer.writerow([str(head), len(names)])
            for name in names:
                writer.writerow([harmless(name)])
