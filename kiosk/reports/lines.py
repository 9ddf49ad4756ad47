"""The lines of a report: each indicator's name and value, once for the screen and for the table file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kiosk.language import Message, msg
from kiosk.members.ages import YOUTH, Band
from kiosk.reports.figures import Indicators, Split

Value = int | Decimal
Reader = Callable[[Indicators], Value]
SEXES: Sequence[tuple[str, Message]] = (
    ("women", msg("dont femmes")),
    ("men", msg("dont hommes")),
    ("unsaid", msg("dont sexe non dit")),
)


@dataclass(frozen=True)
class Line:
    """One indicator. `part` marks a line that is contained in the one above.

    People without a name enter it where it is `headed`: an estimate of theirs makes it one.
    """

    name: Message
    value: Reader
    part: bool = False
    headed: bool = False

    def is_about(self, figures: Indicators) -> bool:
        """Tell whether its value is only about right."""
        return self.headed and figures.about


@dataclass(frozen=True)
class Group:
    """Lines that are read together."""

    name: Message
    lines: Sequence[Line]


def groups(bands: Sequence[Band]) -> list[Group]:
    """Return every line of a report whose ages are cut into `bands`."""
    return [
        Group(msg("Les personnes"), _people()),
        Group(msg("Le travail"), _work()),
        Group(
            msg("Âge des personnes formées"), [line for at in range(len(bands)) for line in _in(at, bands)]
        ),
        Group(msg("Participations par âge"), [_times(at, band) for at, band in enumerate(bands)]),
    ]


def youth() -> Message:
    """« Jeunes de 15 à 35 ans », from the very limits that are counted with."""
    return msg("Jeunes de %(first)s à %(last)s ans", first=YOUTH[0], last=YOUTH[1])


def _people() -> list[Line]:
    return [
        Line(msg("Personnes formées"), lambda one: one.people.total),
        *(Line(word, _sex(lambda one: one.people, sex), True) for sex, word in SEXES),
        Line(youth(), lambda one: one.youth),
        Line(msg("Femmes ou jeunes"), lambda one: one.women_or_youth),
    ]


def _work() -> list[Line]:
    return [
        Line(msg("Personnes-jours de formation"), lambda one: Decimal(one.days) / 100, headed=True),
        Line(msg("dont personnes comptées sans nom"), _unnamed, part=True, headed=True),
        Line(msg("Personnes-heures"), lambda one: round(Decimal(one.minutes) / 60, 2), headed=True),
        Line(msg("Participations"), lambda one: one.participations),
        Line(msg("Formations"), lambda one: one.sessions),
        Line(msg("Séances"), lambda one: one.sittings),
        Line(msg("Visites notées au comptoir"), lambda one: one.visits),
    ]


def _unnamed(one: Indicators) -> Decimal:
    return Decimal(one.unnamed_days) / 100


def _in(at: int, bands: Sequence[Band]) -> list[Line]:
    def inside(one: Indicators) -> Split:
        return one.bands[at].people

    parts = [Line(word, _sex(inside, sex), True) for sex, word in SEXES]
    return [Line(bands[at].label, lambda one: inside(one).total), *parts]


def _times(at: int, band: Band) -> Line:
    return Line(band.label, lambda one: one.bands[at].participations)


def _sex(of: Callable[[Indicators], Split], sex: str) -> Reader:
    return lambda one: int(getattr(of(one), sex))
