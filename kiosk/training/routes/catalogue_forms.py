"""Forms of the catalogue: a course and its lines, a domain, the number of sessions of a year."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training import words
from kiosk.training.catalogue.kinds import KINDS, TRAINING
from kiosk.training.catalogue.seeds import Module, Outline
from kiosk.training.catalogue.themes import Domain
from kiosk.training.models import SessionKind
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

MOST_HALVES = 20
_REQUIRED = InputRequired(msg("Il manque cette réponse."))
_LINES = msg("Une ligne par point.")
_MODULE = re.compile(r"(?:(\d{1,2})\s+)?(.+?)(?:\s+:\s+(.+))?")


def _number(low: int, high: int) -> NumberRange:
    return NumberRange(low, high, msg("Écrivez un nombre entre %(low)s et %(high)s.", low=low, high=high))


class CourseForm(Form):
    """A course of the space's own catalogue."""

    title = StringField(msg("Titre"), [_REQUIRED, max_length(120)])
    theme = SelectField(msg("Domaine"), [Optional()])
    kind = SelectField(msg("Sorte de formation"), default=str(SessionKind.COURSE))
    level = StringField(msg("Niveau"), [Optional(), max_length(60)])
    languages = SelectMultipleField(msg("Langues"), [Optional()])
    hours = IntegerField(msg("Durée habituelle, en heures"), [Optional(), _number(1, 2000)])
    summary = TextAreaField(msg("En une phrase"), [Optional(), max_length(300)])
    modules = TextAreaField(
        msg("Modules"),
        [Optional(), max_length(4000)],
        description=msg("Une ligne par module : demi-journées, titre, puis « : » et l’objectif."),
    )
    objectives = TextAreaField(msg("Objectifs"), [Optional(), max_length(3000)], description=_LINES)
    checklist = TextAreaField(msg("À préparer"), [Optional(), max_length(3000)], description=_LINES)

    def offer(self, themes: Sequence[Domain]) -> None:
        """Give the lists their choices."""
        self.theme.choices = [("", msg("Domaine pas dit")), *((one.key, one.label) for one in themes)]
        self.kind.choices = [(kind, KINDS[kind].word) for kind in TRAINING]
        self.languages.choices = list(words.LANGUAGES.items())

    def show(self, outline: Outline) -> None:
        """Show a course as it reads."""
        for name in ("title", "theme", "level", "hours", "summary"):
            self[name].data = getattr(outline, name)
        self.kind.data, self.languages.data = str(outline.kind), list(outline.languages)
        self.objectives.data = "\n".join(outline.objectives)
        self.checklist.data = "\n".join(outline.checklist)
        self.modules.data = "\n".join(map(_typed, outline.modules))

    def outline(self, labels: dict[str, Any]) -> Outline:
        """Return the course as it was typed; `labels` name the domains for older machines."""
        return Outline(
            title=self.title.data or "",
            domain=str(labels.get(self.theme.data, "")),
            level=self.level.data or "",
            summary=self.summary.data or "",
            hours=self.hours.data,
            theme=self.theme.data or "",
            kind=SessionKind(self.kind.data),
            languages=self.languages.data or [],
            objectives=lines(self.objectives.data),
            checklist=lines(self.checklist.data),
            modules=[_module(line) for line in lines(self.modules.data)],
        )


def lines(text: str | None) -> list[str]:
    """Return the lines of a text, without the empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _typed(module: Module) -> str:
    title, halves, goal = module
    return f"{halves} {title} : {goal}" if goal else f"{halves} {title}"


def _module(line: str) -> Module:
    """Read « 2 Les requêtes : poser une question »; without a number it lasts one half-day."""
    found = _MODULE.fullmatch(line.replace("\u00a0", " "))
    halves = int((found and found[1]) or 1)
    if found is None or not 0 < halves <= MOST_HALVES:
        raise Refusal(msg("Un module dure de 1 à %(n)s demi-journées.", n=MOST_HALVES), field="modules")
    return found[2], halves, found[3] or ""


class ThemeForm(Form):
    """The names of a domain."""

    label = StringField(msg("Nom en français"), [_REQUIRED, max_length(60)])
    label_bm = StringField(msg("Nom en bamanankan"), [Optional(), max_length(60)])


class PrepareForm(Form):
    """A session made of a course at once: its first day."""

    first_day = DayField(msg("Premier jour"), [_REQUIRED])


class OneForm(Form):
    """A training of one person: which day it took place, which course."""

    day = DayField(msg("Jour"), [_REQUIRED])
    course = SelectField(msg("Cours"), [_REQUIRED])


class MeantForm(Form):
    """How many sessions of a course a year should see."""

    planned = IntegerField(msg("Sessions prévues"), [_REQUIRED, _number(0, 500)])
