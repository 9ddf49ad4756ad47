"""The report as a table file: raw numbers, one line an indicator, one column a space."""

import csv
import io
from collections.abc import Callable, Iterator

from kiosk.language import Message, msg
from kiosk.members.ages import BANDS
from kiosk.reports.figures import Indicators
from kiosk.reports.queries import Report

Line = tuple[Message | str, Callable[[Indicators], int | str]]


def _tenths(hundredths: int) -> str:
    """Days with two decimals and a comma, as spreadsheets in French expect."""
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _lines() -> list[Line]:
    people: list[Line] = [
        (msg("Personnes formées (distinctes)"), lambda one: one.people.total),
        (msg("dont femmes"), lambda one: one.people.women),
        (msg("dont hommes"), lambda one: one.people.men),
        (msg("dont sexe non communiqué"), lambda one: one.people.unsaid),
        (msg("Jeunes de 15 à 35 ans"), lambda one: one.youth),
        (msg("Femmes ou jeunes"), lambda one: one.women_or_youth),
    ]
    work: list[Line] = [
        (msg("Jours-personnes de formation"), lambda one: _tenths(one.days)),
        (msg("dont personnes sans nom"), lambda one: _tenths(one.unnamed_days)),
        (msg("Heures-personnes"), lambda one: _tenths(one.minutes * 100 // 60)),
        (msg("Participations (une personne à une séance)"), lambda one: one.participations),
        (msg("Formations"), lambda one: one.sessions),
        (msg("Séances"), lambda one: one.sittings),
        (msg("Visites notées au comptoir"), lambda one: one.visits),
    ]
    return [*people, *_ages(), *work]


def _ages() -> Iterator[Line]:
    for at, band in enumerate(BANDS):
        for sex, word in (
            ("women", msg("femmes")),
            ("men", msg("hommes")),
            ("unsaid", msg("non communiqué")),
        ):
            yield f"{band.label}, {word}", _in_band(at, sex)


def _in_band(at: int, sex: str) -> Callable[[Indicators], int]:
    return lambda one: int(getattr(one.bands[at][1], sex))


def as_csv(report: Report) -> bytes:
    """Return the table: `;` between columns and a byte-order mark, so that Excel opens it as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(msg("Période")), report.period.first.isoformat(), report.period.last.isoformat()])
    writer.writerow([str(msg("Indicateur")), *(one.space.name for one in report.spaces), str(msg("Total"))])
    columns = [*(one.figures for one in report.spaces), report.total]
    for name, value in _lines():
        writer.writerow([str(name), *(value(one) for one in columns)])
    return "\ufeff".encode() + out.getvalue().encode()
