"""The report as a table file: the lines of the screen, one column a space, plain numbers."""

import csv
import io

from kiosk.language import msg
from kiosk.members.exporting import harmless
from kiosk.reports import tables
from kiosk.reports.lines import Value, groups
from kiosk.reports.queries import Report


def as_csv(report: Report) -> bytes:
    """Return the table: `;` between columns and a byte-order mark, so that Excel opens it as it is.

    Figures carry a comma before decimals and no sign between thousands. Text that a
    spreadsheet would run as a formula is put behind an apostrophe. The last column names
    the columns in which the figure is only about right: figures stay plain numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(msg("Période")), report.period.first.isoformat(), report.period.last.isoformat()])
    if report.project:
        writer.writerow([str(msg("Projet")), harmless(report.project)])
    names = [harmless(name) for name, _ in report.columns]
    writer.writerow([str(msg("Groupe")), str(msg("Indicateur")), *names, str(tables.ABOUT)])
    for group in groups(report.bands):
        for line in group.lines:
            figures = (_plain(line.value(one)) for _, one in report.columns)
            rough = [harmless(name) for name, one in report.columns if line.is_about(one)]
            writer.writerow([str(group.name), str(line.name), *figures, ", ".join(rough)])
    _residence(writer, report)
    tables.beside(writer, report.sections)
    tables.shared(writer, report.sharing)
    tables.apart(writer, report.apart)
    return "\ufeff".encode() + out.getvalue().encode()


def _residence(writer: tables.Writer, report: Report) -> None:
    where = (msg("Commune de résidence"), msg("Code"))
    writer.writerow([])
    writer.writerow(map(str, (*where, *tables.PEOPLE)))
    for home in report.residence:
        name = harmless(str(home.name))
        writer.writerow([name, home.pcode, *tables.people(home.people)])


def _plain(value: Value) -> str:
    return f"{value}".replace(".", ",")
