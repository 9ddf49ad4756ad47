"""Papers for a wall: the programme of a month, and the poster of one session."""

import datetime
import uuid
from collections.abc import Callable, Iterable
from itertools import groupby

from kiosk.language import Message, current, formats, is_translated, msg, nmsg, use
from kiosk.paper.facts import Day, Poster, Programme
from kiosk.training import queries, words
from kiosk.training.models import SessionState
from kiosk.training.papers import letterhead

MOST_DAYS = 4
_BESIDE = "bm"


def month_of(space_uid: uuid.UUID, first: datetime.date) -> Programme:
    """Return what takes place in the month that begins on `first`; no name of anybody enrolled."""
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    due = queries.programme(space_uid, first, following - datetime.timedelta(days=1))
    days = [_day(day, group) for day, group in groupby(due, key=lambda one: one.day)]
    return Programme(
        language=current().html_lang,
        title=f"{msg('Programme')}, {formats.month_year(first)}",
        head=letterhead(space_uid, ""),
        page=str(msg("Page %(n)s sur %(all)s", n="%s", all="%s")),
        days=days,
        none=str(msg("Rien n’est encore prévu ce mois-ci.")),
        note=str(msg("Le programme peut changer : demandez à l’espace, ou regardez sur place.")),
    )


def _day(day: datetime.date, showings: Iterable[queries.Showing]) -> Day:
    return Day(day=_named(day), lines=[_line(one) for one in showings])


def _named(day: datetime.date) -> str:
    said = f"{formats.weekday(day)} {formats.day_month(day)}"
    return said[:1].upper() + said[1:]


def _line(one: queries.Showing) -> tuple[str, str, str, str]:
    offer = one.offer
    who = words.for_whom(offer.audience, offer.group_name)
    about = [offer.level, str(who), str(words.LANGUAGES.get(offer.language, "")), offer.place]
    return one.starts, offer.title, " · ".join(filter(None, about)), _state(one)


def _state(one: queries.Showing) -> str:
    if one.cancelled:
        return str(msg("Annulée"))
    if one.held:
        return ""
    if one.moved_to:
        return str(msg("Reportée au %(day)s", day=formats.day_month(one.moved_to)))
    return str(msg("Reportée")) if one.offer.state == SessionState.POSTPONED else ""


def poster(space_uid: uuid.UUID, session_uid: uuid.UUID, trainer: tuple[str, str], code: str) -> Poster:
    """Return the poster of a session; `trainer` is (name, sex), `code` where a phone asks for a seat."""
    offer, showings = queries.offer(session_uid)
    return Poster(
        language=current().html_lang,
        title=offer.title,
        head=letterhead(space_uid, ""),
        over=_both(msg("Apprendre")),
        about=offer.summary,
        days=_stopped(offer) or _days([one for one in showings if not one.cancelled], offer.rough_month),
        facts=_facts(offer, trainer),
        call=_both(msg("Inscription")),
        code=code,
        code_word=str(msg("Venez à l’espace, ou lisez ce code avec un téléphone relié à son Wi-Fi.")),
    )


def _both(word: Message) -> tuple[str, str]:
    """Return a word in the language of the page, and in Bambara where speakers attested it."""
    with use(_BESIDE):
        beside = str(word) if is_translated(word) else ""
    return str(word), beside


def _stopped(offer: queries.Offer) -> list[tuple[str, str]]:
    """Return what a poster says in place of days that nobody should come on."""
    if offer.called_off:
        return [_both(msg("Toutes les séances sont annulées."))]
    return [_both(msg("Cette formation est annulée."))] if offer.state == SessionState.CANCELLED else []


def _days(showings: list[queries.Showing], month: datetime.date | None) -> list[tuple[str, str]]:
    """Return the first days in both languages, how many more there are, or the month alone."""
    if not showings:
        return [_twice(month, formats.month_year)] if month else []
    found = [_hour(_twice(one.day, _named), one) for one in showings]
    more = len(found) - MOST_DAYS
    if more < 2:
        return found
    return [*found[:MOST_DAYS], (str(nmsg("et %(n)s autre séance", "et %(n)s autres séances", more)), "")]


def _twice(day: datetime.date, said: Callable[[datetime.date], str]) -> tuple[str, str]:
    with use(_BESIDE):
        beside = said(day)
    return said(day), beside


def _hour(day: tuple[str, str], one: queries.Showing) -> tuple[str, str]:
    if not one.starts:
        return day
    end = words.ends(one.starts, one.minutes)
    return str(msg("%(day)s, %(start)s à %(end)s", day=day[0], start=one.starts, end=end)), day[1]


def _facts(offer: queries.Offer, trainer: tuple[str, str]) -> list[tuple[str, str, str]]:
    name, sex = trainer
    spoken = str(words.LANGUAGES.get(offer.language, ""))
    told = [
        (msg("Lieu"), offer.place),
        (words.TRAINERS.get(sex, words.TRAINERS[""]), name),
        (msg("Pour qui"), str(words.for_whom(offer.audience, offer.group_name))),
        (msg("Langue"), spoken),
        (msg("Niveau"), offer.level),
    ]
    return [(*_both(word), said) for word, said in told if said]
