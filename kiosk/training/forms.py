"""Forms of the training room: a session, its dates, a sitting, a reason, a person, a request."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from kiosk.language import formats, msg
from kiosk.training import words
from kiosk.training.catalogue.kinds import KINDS
from kiosk.training.models import Audience, Mode, SessionKind
from kiosk.training.pattern import Pattern, Rhythm
from kiosk.training.planning import HalfDay, Plan
from kiosk.web.fields import DayField, HourField, MonthField
from kiosk.web.forms import Form, max_length

MOST_DAYS = 60
_REQUIRED = InputRequired(msg("Il manque cette réponse."))
Choices = list[tuple[str, Any]]


def _whole(label: Any, low: int, high: int, *more: Any, **options: Any) -> IntegerField:
    said = msg("Écrivez un nombre entre %(low)s et %(high)s.", low=low, high=high)
    return IntegerField(label, [*more, NumberRange(low, high, said)], **options)


def _lines(label: Any, described: Any = "") -> StringField:
    typed = {"inputmode": "numeric", "autocomplete": "off"}
    return StringField(label, [Optional(), max_length(200)], description=described, render_kw=typed)


def _lengths(label: Any, usual: int) -> SelectField:
    return SelectField(label, coerce=int, default=usual, choices=_length_choices)


def _length_choices() -> list[tuple[int, str]]:
    return [(minutes, words.length(minutes)) for minutes in words.LENGTHS]


class AboutFields(Form):
    """What a session says of itself."""

    course_uid = SelectField(msg("Cours"), [Optional()])
    title = StringField(
        msg("Titre"), [Optional(), max_length(120)], description=msg("Sinon, le titre du cours.")
    )
    audience = SelectField(msg("Pour qui"), default=str(Audience.EVERYONE))
    group_name = StringField(msg("Nom du groupe"), [Optional(), max_length(120)])
    language = SelectField(msg("Langue parlée"), [Optional()])
    seats = _whole(
        msg("Nombre de places"), 1, 500, Optional(), description=msg("Au-delà, les personnes attendent.")
    )
    place = StringField(
        msg("Lieu"), [Optional(), max_length(120)], description=msg("La salle, ou le village.")
    )
    outreach = BooleanField(msg("Hors de l’espace"))
    mode = RadioField(msg("Où sont les gens"), default=str(Mode.ON_SITE))
    trainer_uid = SelectField(msg("Qui forme"), [Optional()])
    trainer_name = StringField(
        msg("Nom écrit sur la feuille"), [Optional(), max_length(80)], description=msg("Par exemple : F. B.")
    )
    trainer_sex = RadioField(msg("Sur la feuille"), [Optional()], default="")
    project_uid = SelectField(msg("Projet"), [Optional()])
    notes = TextAreaField(msg("Notes pour l’équipe"), [Optional(), max_length(2000)])
    kind = SelectField(msg("Sorte"), default=str(SessionKind.COURSE))
    theme = SelectField(msg("Domaine"), [Optional()])
    campaign = StringField(
        msg("Campagne"), [Optional(), max_length(80)], description=msg("Son nom court, toujours le même.")
    )
    national_actor = BooleanField(msg("Un acteur national est présent"))

    def offer_kinds(self, themes: Choices) -> None:
        """Give the kinds and the domains; what a newer release wrote stays as it is."""
        known = {str(kind): one.word for kind, one in KINDS.items()}
        said = str(self.kind.data or SessionKind.COURSE)
        self.kind.choices = [*known.items(), *([] if said in known else [(said, said)])]
        self.theme.choices = [("", msg("Celui du cours")), *themes]

    def offer(self, courses: Choices, trainers: Choices, projects: Choices) -> None:
        """Give the lists their choices; the empty choice comes first."""
        self.course_uid.choices = [("", msg("Aucun cours du catalogue")), *courses]
        self.trainer_uid.choices = [("", msg("Une autre personne")), *trainers]
        self.project_uid.choices = [("", msg("Aucun projet")), *projects]
        self.audience.choices = list(words.AUDIENCES.items())
        self.mode.choices = list(words.MODES.items())
        self.language.choices = [("", msg("Non précisée")), *words.LANGUAGES.items()]
        self.trainer_sex.choices = list(words.TRAINERS.items())

    def plan(self, titles: dict[str, str], names: dict[str, str]) -> Plan:
        """Return what was typed; `titles` of courses and `names` of trainers fill what was left blank."""
        said = self.data
        texts = ("place", "group_name", "language", "trainer_sex", "notes", "theme", "campaign")
        columns: dict[str, Any] = {name: said[name] or "" for name in texts}
        columns |= {name: _uid(said[name]) for name in ("course_uid", "trainer_uid", "project_uid")}
        return Plan(
            title=said["title"] or titles.get(said["course_uid"], ""),
            trainer_name=said["trainer_name"] or names.get(said["trainer_uid"], ""),
            audience=Audience(said["audience"]),
            seats=said["seats"],
            outreach=said["outreach"],
            mode=Mode(said["mode"] or Mode.ON_SITE),
            kind=said["kind"],
            national_actor=said["national_actor"],
            rough_month=said.get("month"),
            **columns,
        )


class DateFields(Form):
    """When: a first day and a pattern of half-days, or a month only."""

    first_day = DayField(msg("Premier jour"), [Optional()])
    month = MonthField(
        msg("Ou seulement le mois"), [Optional()], description=msg("Si le jour n’est pas encore fixé.")
    )
    days = _whole(msg("Nombre de jours"), 1, MOST_DAYS, Optional(), default=1)
    rhythm = RadioField(msg("Rythme"), default=str(Rhythm.DAILY))
    only = SelectMultipleField(
        msg("Seulement ces jours"),
        [Optional()],
        coerce=int,
        description=msg("Par exemple lundi et mercredi."),
    )
    skip = BooleanField(msg("Sauter les fêtes et les jours de fermeture"), default=True)
    morning = BooleanField(msg("Le matin"), default=True)
    morning_starts = HourField(msg("Début du matin"), [Optional()], default="09:00")
    morning_minutes = _lengths(msg("Durée du matin"), 180)
    afternoon = BooleanField(msg("L’après-midi"))
    afternoon_starts = HourField(msg("Début de l’après-midi"), [Optional()], default="15:00")
    afternoon_minutes = _lengths(msg("Durée de l’après-midi"), 120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rhythm.choices = [
            (str(Rhythm.DAILY), msg("Chaque jour")),
            (str(Rhythm.WORKDAYS), msg("Du lundi au vendredi")),
            (str(Rhythm.WEEKLY), msg("Chaque semaine")),
        ]
        self.only.choices = list(enumerate(formats.day_names(), 1))

    def pattern(self) -> Pattern | None:
        """Return the pattern as typed, None without a first day."""
        if self.first_day.data is None:
            return None
        rhythm = Rhythm(self.rhythm.data)
        return Pattern(self.first_day.data, self.days.data or 1, rhythm, tuple(self.only.data or ()))

    def halves(self, days: Iterable[datetime.date]) -> list[HalfDay]:
        """Return the half-days of these days."""
        return [HalfDay(day, starts, minutes) for day in days for starts, minutes in self._hours()]

    def _hours(self) -> Iterable[tuple[str, int]]:
        if self.morning.data or not self.afternoon.data:
            yield self.morning_starts.data or "", self.morning_minutes.data
        if self.afternoon.data:
            yield self.afternoon_starts.data or "", self.afternoon_minutes.data


class NewSessionForm(AboutFields, DateFields):
    """A new session: what it is, and when."""


class MoveForm(Form):
    """Putting a session off: why, and the new first day or month if one is known."""

    reason = StringField(msg("Pourquoi"), [_REQUIRED, max_length(200)])
    first_day = DayField(msg("Nouveau premier jour"), [Optional()])
    month = MonthField(msg("Ou seulement le mois"), [Optional()])


class ReasonForm(Form):
    """A cancellation: why."""

    reason = StringField(msg("Pourquoi"), [_REQUIRED, max_length(200)])


class SittingForm(Form):
    """One sitting: its real day, hour, length and weight, and whether it was cut short."""

    day = DayField(msg("Jour"), [_REQUIRED])
    starts = HourField(msg("Début"), [Optional()])
    minutes = _whole(msg("Durée en minutes"), 1, 720, _REQUIRED)
    weight = SelectField(msg("Compte pour"), coerce=int)
    cut = BooleanField(msg("La séance a été coupée avant la fin"))
    confirmed = SelectField(msg("Coupée, elle compte pour"), coerce=int)
    spoke = _whole(msg("Personnes qui ont parlé"), 0, 2000, Optional())
    spoke_women = _whole(msg("dont femmes"), 0, 2000, Optional())
    spoke_youth = _whole(msg("dont jeunes"), 0, 2000, Optional())
    posts = _whole(msg("Publications des participants"), 0, 9999, Optional())

    def offer(self, weight: int, confirmed: int | None) -> None:
        """Give the weights their words, the sitting's own ones among them."""
        known = sorted({*words.WEIGHTS, weight, confirmed or 0})
        self.weight.choices = self.confirmed.choices = [(one, words.weight_word(one)) for one in known]


class SheetForm(Form):
    """The sheet of a sitting: the day it took place, and who was not there by line of the paper."""

    day = DayField(msg("Jour de la séance"), [Optional()], description=msg("Vérifiez le jour sur le papier."))
    absent = _lines(msg("Absents, par ligne"), msg("Par exemple : 4 11 17."))
    late = _lines(msg("Retards, par ligne"))
    excused = _lines(msg("Excusés, par ligne"))


class PersonForm(Form):
    """All that can be said of one person at a sitting."""

    mark = RadioField(msg("Réponse"), [Optional()], default="")
    minutes = _whole(msg("Minutes sur place"), 0, 720, Optional())


class AskForm(Form):
    """A seat asked for from a phone: who, and at which number."""

    name = StringField(msg("Prénom et nom"), [_REQUIRED, max_length(80)])
    phone = StringField(msg("Téléphone"), [_REQUIRED, max_length(30)], description=msg("8 chiffres."))


class NewcomerForm(Form):
    """The few answers that put someone in the register."""

    given_name = StringField(msg("Prénom"), [_REQUIRED, max_length(60)])
    family_name = StringField(msg("Nom de famille"), [Optional(), max_length(60)])
    sex = RadioField(msg("Femme ou homme"), [_REQUIRED])
    phone = StringField(msg("Téléphone"), [Optional(), max_length(30)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sex.choices = [("F", msg("Femme")), ("M", msg("Homme")), ("unsaid", msg("Non dit"))]

    def card(self) -> dict[str, Any]:
        """Return what the register asks to write a member."""
        return {name: self.data[name] for name in ("given_name", "family_name", "sex", "phone")}


def _uid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
