"""Words of the training room: states with their pill, answers, audiences, languages, lengths."""

import datetime
from collections.abc import Mapping

from kiosk.language import Message, formats, msg, nmsg
from kiosk.training.figures import FULL_DAY, HALF_DAY
from kiosk.training.models import Audience, EnrolmentState, Mark, Mode, RequestState, SessionState
from kiosk.training.stages import CALLED_OFF

Pill = tuple[str, Message | str]
Answer = tuple[str, Message, str, str]

STATES: Mapping[str, Pill] = {
    SessionState.DRAFT: ("wait", msg("Brouillon")),
    SessionState.PLANNED: ("info", msg("Prévue")),
    SessionState.RUNNING: ("ok", msg("En cours")),
    SessionState.DONE: ("calm", msg("Terminée")),
    SessionState.POSTPONED: ("bad", msg("Reportée")),
    SessionState.CANCELLED: ("bad", msg("Annulée")),
    CALLED_OFF: ("bad", msg("Séances annulées")),
}
ENROLMENTS: Mapping[str, Pill] = {
    EnrolmentState.REQUESTED: ("wait", msg("Demandée")),
    EnrolmentState.WAITING: ("wait", msg("En attente")),
    EnrolmentState.OFFERED: ("info", msg("Place proposée")),
    EnrolmentState.ENROLLED: ("ok", msg("Place prise")),
    EnrolmentState.COMPLETED: ("ok", msg("Suivie")),
    EnrolmentState.WITHDRAWN: ("calm", msg("Retirée")),
    EnrolmentState.REFUSED: ("calm", msg("Refusée")),
}
REQUESTS: Mapping[str, Pill] = {
    RequestState.WAITING: ("wait", msg("Demande envoyée")),
    RequestState.ACCEPTED: ("ok", msg("Demande acceptée")),
    RequestState.REFUSED: ("bad", msg("Demande refusée")),
}
AUDIENCES: Mapping[str, Message] = {
    Audience.EVERYONE: msg("Tout le monde"),
    Audience.WOMEN: msg("Femmes"),
    Audience.GIRLS: msg("Filles"),
    Audience.YOUTH: msg("Jeunes"),
    Audience.GROUP: msg("Un groupe"),
}
MODES: Mapping[str, Message] = {
    Mode.ON_SITE: msg("Sur place"),
    Mode.REMOTE: msg("À distance"),
    Mode.HYBRID: msg("Les deux"),
}
LANGUAGES: Mapping[str, Message] = {
    "bm": msg("en bamanankan"),
    "fr": msg("en français"),
    "snk": msg("en soninké"),
    "ff": msg("en peul"),
    "several": msg("en plusieurs langues"),
}
TRAINERS: Mapping[str, Message] = {
    "F": msg("Formatrice"),
    "M": msg("Formateur"),
    "": msg("Formateur ou formatrice"),
}
WEIGHTS: Mapping[int, Message] = {
    0: msg("ne compte pas"),
    25: msg("un quart de jour"),
    HALF_DAY: msg("une demi-journée"),
    75: msg("trois quarts de jour"),
    FULL_DAY: msg("un jour"),
}
SEXES: Mapping[str, Message] = {"F": msg("Femmes"), "M": msg("Hommes"), "unsaid": msg("Non dit")}
LENGTHS = (60, 90, 120, 150, 180, 210, 240, 300, 360, 420, 480)
_TOLD = {
    "F": (msg("Présente"), msg("Retard"), msg("Absente"), msg("Excusée")),
    "M": (msg("Présent"), msg("Retard"), msg("Absent"), msg("Excusé")),
}
_SAID = (msg("Présence"), msg("Retard"), msg("Absence"), msg("Excuse"))
_LOOKS = (("check", "p"), ("clock", "r"), ("cross", "a"), ("excuse", "e"))
_MARKS = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED)
PARTIAL = msg("En partie")


def answers(sex: str, mark: str = Mark.NONE) -> list[Answer]:
    """Return the four answers beside a name (value, word, icon, tone), agreed with the person.

    « En partie », where it was given, stands in the place of « Retard »: the page
    of the person holds all of them.
    """
    told = zip(_MARKS, _TOLD.get(sex, _SAID), _LOOKS, strict=True)
    choices = [(str(value), word, *look) for value, word, look in told]
    if mark == Mark.PARTIAL:
        choices[1] = (str(Mark.PARTIAL), PARTIAL, "clock", "r")
    return choices


def every_answer(sex: str) -> list[tuple[str, Message]]:
    """Return all that can be said of a person at a sitting, « En partie » and nothing included."""
    present, late, absent, excused = [(value, word) for value, word, _, _ in answers(sex)]
    nothing = (str(Mark.NONE), msg("Pas de réponse"))
    return [present, late, (str(Mark.PARTIAL), PARTIAL), absent, excused, nothing]


def state_pill(state: str) -> Pill:
    """Return (kind, word) of a session's pill; a state of a newer release shows itself."""
    return STATES.get(state, ("calm", state))


def enrolment_pill(state: str) -> Pill:
    """Return (kind, word) of an enrolment; a state of a newer release shows itself."""
    return ENROLMENTS.get(state, ("calm", state))


def request_pill(state: str) -> Pill:
    """Return (kind, word) of a seat asked for, as the phone that asked sees it."""
    return REQUESTS.get(state, ("calm", state))


def weight_word(weight: int) -> str:
    """Return « une demi-journée », or the figure where no word fits."""
    word = WEIGHTS.get(weight)
    return str(word if word is not None else msg("%(n)s jour", n=formats.number(weight / FULL_DAY)))


def length(minutes: int) -> str:
    """Return « 2 h 30 »."""
    return formats.duration(minutes * 60)


def ends(starts: str, minutes: int) -> str:
    """Return the hour a sitting ends, « » where its beginning is not known."""
    try:
        begun = datetime.datetime.strptime(starts, "%H:%M")
    except ValueError:
        return ""
    return f"{begun + datetime.timedelta(minutes=minutes):%H:%M}"


def span(first: datetime.date | None, last: datetime.date | None) -> str:
    """Return « 12 novembre », « du 12 au 14 novembre », « du 30 novembre au 2 décembre »."""
    if first is None:
        return ""
    if last is None or last == first:
        return formats.day_month(first)
    same = (first.year, first.month) == (last.year, last.month)
    start = str(first.day) if same else formats.day_month(first)
    return str(msg("du %(first)s au %(last)s", first=start, last=formats.day_month(last)))


def seats_left(free: int | None, waiting: int) -> Pill:
    """Return the pill of free seats, as the programme shows it."""
    if free is None:
        return ("ok", msg("Places libres"))
    if free > 0:
        return ("ok", nmsg("%(n)s place libre", "%(n)s places libres", free))
    if waiting:
        return ("calm", nmsg("Complet · %(n)s en attente", "Complet · %(n)s en attente", waiting))
    return ("calm", msg("Complet"))


def for_whom(audience: str, group: str) -> Message | str:
    """Return for whom a session is, « » when for everyone."""
    if audience == Audience.EVERYONE:
        return ""
    return group if audience == Audience.GROUP and group else AUDIENCES.get(audience, audience)
