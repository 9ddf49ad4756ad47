"""The dry run: what an import will do, line by line, before anything is written."""

import datetime
import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kiosk.language import Message, msg
from kiosk.language.formats import parse_date
from kiosk.members.importer import cells, columns, lines, meanings, merging, people, sheet
from kiosk.members.importer.line import Context, Line
from kiosk.members.importer.matching import (
    Known,
    Register,
    Several,
    is_nameless,
    share_a_name,
    stands_for_number,
)
from kiosk.members.importer.merging import Difference
from kiosk.members.importer.pace import undisturbed
from kiosk.members.importer.sheet import Table
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock

_DATE = re.compile(r"\b(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FIRST_DAY = datetime.date(2000, 1, 1)
_NAMELESS = "Membre"
Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What will become of a line."""

    NEW = "new"
    FILLED = "filled"
    SAME = "same"
    SKIPPED = "skipped"
    WRONG = "wrong"


@dataclass(slots=True)
class Step:
    """One line and its outcome: whom it is about, what it adds, where it differs, and why."""

    line: Line
    outcome: Outcome
    reason: Message | None = None
    known: Known | None = None
    fills: dict[str, Any] = field(default_factory=dict)
    differs: list[Difference] = field(default_factory=list)


@dataclass
class Plan:
    """Everything an import will do.

    `file_day` is when the ages of the file were true, `as_said` whether its columns
    are read as somebody said, here or for an earlier file.
    """

    space_uid: uuid.UUID
    file_day: datetime.date
    communes: Mapping[str, str]
    steps: list[Step] = field(default_factory=list)
    people: list[Known] = field(default_factory=list)
    kept_titles: list[str] = field(default_factory=list)
    other_titles: list[str] = field(default_factory=list)
    as_said: bool = False

    @property
    def counts(self) -> Counter[Outcome]:
        """How many lines meet each outcome."""
        return Counter(step.outcome for step in self.steps)

    @property
    def changes_something(self) -> bool:
        """Tell whether writing this plan would write anything."""
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.FILLED])


@undisturbed()
def make(
    read: Sequence[Table],
    space_uid: uuid.UUID,
    day: datetime.date | None = None,
    progress: Progress = lambda *_: None,
) -> Plan:
    """Compare the tables of a file (see `sheet.read`) with the register of a space; write nothing.

    `day` is the day of the register where the person who imports gave one.
    Raises Refusal (field "file" or "day") where the file cannot be used.
    """
    said, own_titles = meanings.said(), people.own_titles()
    tables = [(table, found) for table in read if (found := columns.find(table.rows, said, own_titles))]
    if not tables:
        raise sheet.Untitled()
    plan, context = _begin(
        space_uid, day or _day_of([row for table, at in tables for row in table.rows[: max(at[0], 0)]])
    )
    planner = _Planner(plan, people.register_of(space_uid), people.remembered())
    total = sum(len(table.rows) - header - 1 for table, (header, _) in tables)
    for table, (header, titles) in tables:
        plan.kept_titles += [
            column.title for column in titles if column.title and column.key not in ("", "rank")
        ]
        plan.as_said |= columns.print_of(table.rows[max(header, 0)][1]) in said
        plan.other_titles += [column.title for column in titles if not column.key and column.title]
        planner.anonymous = not any(column.key in columns.NAMES for column in titles)
        for line in lines.of(table, header, titles, context, len(tables) == 1):
            planner.take(line)
            progress(len(plan.steps), total)
    return plan


def _begin(space_uid: uuid.UUID, day: datetime.date) -> tuple[Plan, Context]:
    if day < _FIRST_DAY:
        raise Refusal(msg("La machine n’est pas à l’heure. Donnez la date du registre."), "day")
    space = places.space(space_uid)
    by_word, names = people.communes(space.commune if space else None)
    return Plan(space_uid, day, names), Context(
        day, by_word, people.words(), people.partners(), people.own_fields()
    )


def _day_of(above: Sequence[tuple[int, Sequence[Any]]]) -> datetime.date:
    """Return the day a register speaks of, from the text above its titles, else today."""
    text = " ".join(cells.shown(cell) for _, row in above for cell in row)
    for found in _DATE.findall(text):
        try:
            return parse_date(found)
        except ValueError:
            continue
    today = clock.today()
    years = [int(year) for year in _YEAR.findall(text) if int(year) < today.year]
    return datetime.date(max(years), 12, 31) if years else today


class _Planner:
    """Gives each line its outcome, in the order of the file."""

    def __init__(self, plan: Plan, register: Register, remembered: Mapping[str, uuid.UUID]) -> None:
        self.plan, self.register, self.remembered = plan, register, remembered
        self.anonymous = False

    def take(self, line: Line) -> None:
        """Add the step of one line to the plan."""
        self.plan.steps.append(self._step(line))

    def _step(self, line: Line) -> Step:
        if line.skip:
            return Step(line, Outcome.SKIPPED, line.skip)
        numbered = bool(line.card or line.said.get("former_card"))
        if line.fault and not (is_nameless(line) and numbered):
            return Step(line, Outcome.WRONG, line.fault)
        try:
            known = self._whom(line)
        except Several as several:
            reason = msg("%(n)s personnes portent ce nom. Ajoutez l’année ou le téléphone.", n=several.count)
            return Step(line, Outcome.WRONG, reason)
        if known is None:
            return self._newcomer(line)
        if line.card and known.values.get("card") == line.card and not self._plausible(known, line):
            reason = msg("Le numéro %(card)s est celui de %(name)s.", card=line.card, name=known.name)
            return Step(line, Outcome.WRONG, reason, known)
        return self._met(known, line)

    def _whom(self, line: Line) -> Known | None:
        line.print = people.print_of(line)
        before = self.remembered.get(line.print)
        known = self.register.by_uid(before) if before else None
        return known or self.register.by_card(line.card) or self.register.find(line)

    @staticmethod
    def _plausible(known: Known, line: Line) -> bool:
        return is_nameless(line) or stands_for_number(known) or share_a_name(known, line)

    def _newcomer(self, line: Line) -> Step:
        if is_nameless(line):
            if not (self.anonymous and "former_card" in line.said):
                return Step(line, Outcome.WRONG, line.fault)
            line.said.update(given_name=_NAMELESS, family_name=line.said["former_card"])
            line.remarks.append(msg("Sans nom dans le fichier\u00a0: le numéro en tient lieu."))
        alike = self.register.namesakes(line)
        if alike:
            line.remarks.append(msg("Ressemble à %(who)s.", who=_said_of(alike[0])))
        known = Known({**line.said, "card": line.card}, place=line.place)
        self._note(known, line)
        self.register.add(known)
        self.plan.people.append(known)
        return Step(line, Outcome.NEW, None, known)

    def _met(self, known: Known, line: Line) -> Step:
        fills, differs = merging.merge(known, line.said)
        first = known.lines[0].place if known.lines else known.place
        known.values.update(fills)
        if known.uid and fills and not known.added:
            self.plan.people.append(known)
        if known.uid:
            known.added.update(fills)
        self._note(known, line)
        if fills:
            reason = msg("Complète une personne lue plus haut (%(place)s).", place=first) if first else None
            return Step(line, Outcome.FILLED, reason, known, fills, differs)
        if first:
            reason = msg("Déjà lue plus haut (%(place)s).", place=first)
            return Step(line, Outcome.SKIPPED, reason, known, {}, differs)
        return Step(line, Outcome.SAME, None, known, {}, differs)

    @staticmethod
    def _note(known: Known, line: Line) -> None:
        known.lines.append(line)
        if "former_card" in line.said:
            known.numbers.add(line.said["former_card"])


def _said_of(known: Known) -> str:
    return f"{known.name} ({known.values.get('card') or known.place})"
