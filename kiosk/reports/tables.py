"""The tables that stand under the figures of a report, as rows of a file."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from kiosk.language import Message, msg
from kiosk.members.exporting import harmless
from kiosk.reports.apart import Apart
from kiosk.reports.figures import Named, Split
from kiosk.reports.sections import Gathered, Relay, Sections
from kiosk.reports.sharing import Sharing

PEOPLE = (msg("Femmes"), msg("Hommes"), msg("Non dit"), msg("Total"))
ABOUT = msg("Environ")
YES = msg("oui")


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
    _trades(writer, sections.trades)
    _named(writer, msg("Rôle"), sections.roles)
    _gathered(writer, sections)
    _present(writer, sections)
    _relays(writer, sections.relays)
    if sections.civic:
        civic = sections.civic
        lines = (
            Named(msg("Personnes formées"), civic.trained),
            Named(msg("Personnes accompagnées"), civic.accompanied),
            Named(msg("L’un ou l’autre"), civic.either),
        )
        _named(writer, msg("Participation citoyenne"), lines)


def _named(writer: Writer, head: Message, lines: Sequence[Named]) -> None:
    rows = [[harmless(str(one.name)), *people(one.people)] for one in lines]
    _table(writer, (head, *PEOPLE), rows)


def _trades(writer: Writer, lines: Sequence[Named]) -> None:
    heads = (msg("Métier"), *PEOPLE, msg("Comptées sans nom"), ABOUT)
    told = [(harmless(str(one.name)), *people(one.people), one.unnamed, _about(one.about)) for one in lines]
    _table(writer, heads, told)


def _relays(writer: Writer, lines: Sequence[Relay]) -> None:
    heads = (msg("Campagne (relais)"), *PEOPLE, msg("Publications"))
    told = [
        (harmless(str(one.name)), *people(one.people), "" if one.posts is None else one.posts)
        for one in lines
    ]
    _table(writer, heads, told)


def _table(writer: Writer, heads: Iterable[Message], rows: Sequence[Iterable[Any]]) -> None:
    """Write a table under an empty row; nothing where it has no row."""
    if not rows:
        return
    writer.writerow([])
    writer.writerow(map(str, heads))
    for row in rows:
        writer.writerow(row)


def _about(estimated: bool) -> str:
    return str(YES) if estimated else ""


def _gathered(writer: Writer, sections: Sections) -> None:
    actors = sections.actors
    lines = [(one.name, one) for one in sections.gatherings]
    lines += [(msg("Interaction avec des acteurs nationaux"), actors)] if actors else []
    counted = (msg("Nombre"), msg("Participants"), *PEOPLE[:3], msg("Jeunes"))
    spoken = (msg("Ont parlé"), msg("Femmes qui ont parlé"), msg("Jeunes qui ont parlé"))
    heads = (msg("Débats, concertations, réunions"), *counted, *spoken, ABOUT)
    _table(writer, heads, [[harmless(str(name)), *_came(one)] for name, one in lines])


def _present(writer: Writer, sections: Sections) -> None:
    """Write who came to each kind of gathering, by trade and role."""
    heads = (msg("Débats, concertations, réunions"), msg("Métier ou rôle"), msg("Participants"), ABOUT)
    rows = [
        [*(harmless(str(name)) for name in (kind.name, one.name)), one.count, _about(one.about)]
        for kind in sections.gatherings
        for one in kind.present
    ]
    _table(writer, heads, rows)


def _came(one: Gathered) -> list[Any]:
    came, spoke = one.came, one.came.spoke
    told = ("" if count is None else count for count in (spoke.all, spoke.women, spoke.youth))
    counts = (came.total, came.women, came.men, came.unsaid, came.youth)
    return [one.held, *counts, *told, _about(came.about)]


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
