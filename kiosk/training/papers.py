"""What the training room puts on paper: attendance sheets, as facts that a page or the press draws."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kiosk.language import Message, current, formats, msg
from kiosk.members import figured
from kiosk.members.fields import words as lists
from kiosk.paper.facts import Column, Folio, Head, Sheet
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.storage import clock, with_check
from kiosk.training import queries, words
from kiosk.training.catalogue.kinds import TRAINING
from kiosk.training.catalogue.models import SessionKind
from kiosk.training.models import Mode, TrainingSession

PORTRAIT_ROWS, ACROSS_ROWS = 20, 12
BOXES = 4
BLANK = 3
EXTRA: dict[str, Message] = {"categorie": msg("Catégorie")}
CONNECTED = "connecte"
_COLUMNS = {**EXTRA, CONNECTED: msg("Connecté")}
_WIDE = {"categorie": 31.0, CONNECTED: 18.0}
_SEX = {"F": "F", "M": "H"}


@dataclass(frozen=True)
class Wanted:
    """Which sheet: its sittings, the columns of EXTRA asked for, what its code to scan says."""

    sittings: Sequence[queries.SittingLine]
    code: str = ""
    extra: Sequence[str] = field(default=())


def columns_of(training: TrainingSession) -> list[str]:
    """Return the columns a session's sheet has by what it is: a debate's public, who was there from afar."""
    found = [] if training.kind in TRAINING else ["categorie"]
    return [*found, CONNECTED] if training.mode in (Mode.REMOTE, Mode.HYBRID) else found


def letterhead(space_uid: uuid.UUID, label: str, project_uid: uuid.UUID | None = None) -> Head:
    """Return the head of every paper: the space, where it is, the project and who pays for it."""
    here = places.space(space_uid)
    project = partners.project(project_uid) if project_uid else None
    lines = []
    if project:
        lines.append(" · ".join([f"{msg('Projet :')} {project.name}", *(project.donors or [])]))
    return Head(
        place=str(msg("Espace connecté de %(name)s", name=here.name)) if here else "",
        under=_under(here.commune) if here else "",
        label=label,
        lines=lines,
    )


def _under(pcode: str | None) -> str:
    """Return the cercle and region of today, or the last that were sure: a paper prints no doubt."""
    now, before = places.commune(pcode, clock.today()), places.commune(pcode)
    place = now if now and now.parents.sure else before
    return str(place.parents.words) if place else ""


def sheet_number(training: TrainingSession) -> str:
    """Return the number printed on a session's sheets: « F-NIO-7Q2M4K-C »."""
    here = places.space(training.space_uid)
    return with_check(f"F-{here.code if here else ''}-{training.code}")


def sheet(training: TrainingSession, wanted: Wanted) -> Sheet:
    """Return the attendance sheet of a session: people by family name, blank rows under them."""
    number, alone = sheet_number(training), len(wanted.sittings) == 1
    people = queries.seated(training)
    folios = list(_folios(_lines(people, wanted), wanted))
    for at, folio in enumerate(folios, 1):
        folio["page"] = str(msg("Page %(n)s sur %(all)s", n=at, all=len(folios)))
    head = letterhead(training.space_uid, str(msg("Feuille %(n)s", n=number)), training.project_uid)
    return Sheet(
        language=current().html_lang,
        title=str(msg("Feuille de présence")),
        head=head,
        across=not alone,
        pairs=[*_about(training, wanted.sittings), (f"{_trainer(training)} :", training.trainer_name)],
        code=wanted.code,
        code_word=str(msg("Lire pour saisir")),
        folios=folios,
        totals=_totals(training),
        sign=str(msg("Signature de qui forme :")),
        note=str(_note(number)),
    )


def _note(number: str) -> Message:
    return msg(
        "Saisir cette feuille : Formations, chercher %(n)s, puis la séance. Garder le papier un an.",
        n=number,
    )


def _trainer(training: TrainingSession) -> Message:
    return words.TRAINERS.get(training.trainer_sex, words.TRAINERS[""])


def _about(training: TrainingSession, sittings: Sequence[queries.SittingLine]) -> list[tuple[str, str]]:
    """Return what stands over the table; an empty second part is a line to write on."""
    one = sittings[0]
    pairs = [(msg("Formation :"), training.title)]
    if len(sittings) > 1:
        return [(str(word), said) for word, said in [*pairs, (msg("Lieu :"), training.place or "–")]]
    end = words.ends(one.starts, one.minutes)
    hours = str(msg("%(start)s à %(end)s", start=one.starts, end=end)) if end else ""
    pairs += [
        (msg("Séance :"), str(msg("%(n)s sur %(all)s", n=one.number, all=one.total))),
        (msg("Date prévue :"), formats.date_long(one.day)),
        (msg("Date réelle :"), ""),
        (msg("Heure :"), ", ".join(filter(None, [hours, training.place]))),
    ]
    return [(str(word), said) for word, said in pairs]


def _totals(training: TrainingSession) -> list[list[str]]:
    """Return what is counted by hand under the table, in columns."""
    found = [[msg("Présents :"), msg("dont femmes :")], [msg("Retards :"), msg("Excusés :")]]
    if training.kind == SessionKind.ACTION:
        found[1].append(msg("Publications :"))
    return [[str(word) for word in words] for words in found]


def _folios(people: Sequence[list[str]], wanted: Wanted) -> Iterator[Folio]:
    """Yield the pages: as many rows as a page takes, at most BOXES half-days across."""
    size = ACROSS_ROWS if len(wanted.sittings) > 1 else PORTRAIT_ROWS
    rows = -(-(len(people) + BLANK) // size) * size
    lines = [[str(at + 1), *(people[at] if at < len(people) else [])] for at in range(rows)]
    for start in range(0, len(wanted.sittings), BOXES):
        columns = _columns(wanted, wanted.sittings[start : start + BOXES])
        for first in range(0, rows, size):
            filled = [[*line, *[""] * (len(columns) - len(line))] for line in lines[first : first + size]]
            yield Folio(page="", columns=columns, rows=filled)


def _lines(people: Sequence[queries.Person], wanted: Wanted) -> list[list[str]]:
    """Return what is known of each person, her category too where it is asked for."""
    known = {"categorie": _categories({one.uid for one in people}) if "categorie" in wanted.extra else {}}
    return [
        [one.family_first, one.number, _SEX.get(one.sex, "")]
        + [known.get(name, {}).get(one.uid, "") for name in wanted.extra]
        for one in people
    ]


def _categories(people: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    book = lists.book()
    return {uid: figured.category(one, book) for uid, one in figured.people(people).items()}


def _columns(wanted: Wanted, sittings: Sequence[queries.SittingLine]) -> list[Column]:
    """Return the columns of a page: who, what was asked for, then boxes to sign."""
    found = [
        _column(msg("N°"), 9, right=True),
        _column(msg("Nom et prénom"), 0, bold=True),
        _column(msg("Numéro"), 36),
        _column(msg("F/H"), 10),
    ]
    found += [_column(_COLUMNS[name], _WIDE[name]) for name in wanted.extra]
    if len(wanted.sittings) == 1:
        narrow = "categorie" in wanted.extra
        arrival = [] if narrow else [_column(msg("Arrivée"), 18)]
        return [*found, *arrival, _column(msg("Signature ou empreinte"), 48)]
    wide = 31 if wanted.extra else 38
    return found + [_column(_half_day(one), wide) for one in sittings]


def _half_day(one: queries.SittingLine) -> str:
    day = f"{formats.weekday(one.day, short=True)} {one.day.day} {formats.month(one.day, short=True)}"
    return f"{day}\n{one.starts}"


def _column(word: Message | str, wide: float, bold: bool = False, right: bool = False) -> Column:
    return Column(word=str(word), wide=wide, bold=bold, right=right)
