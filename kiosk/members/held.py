"""All that is held about one person: her card, what she agreed to, every record that names her.

Every synced table that names a member is read, in the words of its room
(`storage.telling`). What a room keeps otherwise it gives to
`app.extensions["member_holdings"]`.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from kiosk.accounts import queries as accounts
from kiosk.language import formats, msg
from kiosk.members import amending, photos, queries, traces, vocabulary
from kiosk.members.disability import queries as disability
from kiosk.members.disability import words as six
from kiosk.members.fields import own, words
from kiosk.members.links import queries as links
from kiosk.members.models import ImportRun, Member, NameAccess, PrintedCard
from kiosk.places import queries as places
from kiosk.storage import clock, session, telling

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """Some of what is held: a title, and lines of (what, what it says)."""

    title: str
    lines: Lines


Holding = Callable[[uuid.UUID], Part | None]


def parts(member: Member, others: Sequence[Holding] = (), data: Path | None = None) -> list[Part]:
    """Return everything held about a member on this machine, in the order it is read.

    `data` is where her photo would be kept.
    """
    found = [
        Part(str(msg("Sa fiche")), _card(member)),
        Part(str(msg("Questions de l’espace")), own.lines(member, words.book())),
        Part(str(msg("Six questions, sur cette machine seulement")), _difficulties(member)),
        Part(str(msg("Ses accords")), _agreed(member)),
        Part(str(msg("Ses autres cartes")), _other_cards(member)),
        Part(str(msg("Ce que l’espace a noté")), traces.of(member)),
        Part(str(msg("Ce que cette machine a noté")), _here(member, data)),
    ]
    found += [part for holding in others if (part := holding(member.uid))]
    return [part for part in found if part.lines]


def _card(member: Member) -> Lines:
    space = places.space(member.space_uid)
    first = [
        (str(msg("Carte de membre")), member.card),
        (str(msg("Espace")), space.name if space else ""),
    ]
    names = [*telling.labels("member")]
    kept = [name for name in names if getattr(member, name) not in (None, "", [], False)]
    said = [(str(telling.label("member", name)), amending.told(member, name)) for name in kept]
    return [line for line in (*first, *said) if line[1]]


def _difficulties(member: Member) -> Lines:
    found = disability.of(member.uid)
    said = [(str(words), getattr(found, name)) for name, words in six.QUESTIONS.items()] if found else []
    return [(asked, vocabulary.word(six.ANSWERS, answer)) for asked, answer in said if answer]


def _agreed(member: Member) -> Lines:
    said, asked = queries.consents_of(member.uid), vocabulary.EVERY_PURPOSE
    return [
        (vocabulary.word(asked, purpose), _answer(one.granted, formats.date_long(one.on_date)))
        for purpose, one in said.items()
    ]


def _answer(granted: bool, day: str) -> str:
    return str(msg("Accepté le %(day)s", day=day) if granted else msg("Refusé le %(day)s", day=day))


def _other_cards(member: Member) -> Lines:
    others = [uid for uid in links.persons().cards_of(member.uid) if uid != member.uid]
    return [(one.card, one.name) for one in queries.by_uids(others).values()]


def _here(member: Member, data: Path | None) -> Lines:
    """Tell what this machine notes for itself: her photo, her card, her file, who opened her name."""
    lines = []
    if data and photos.has(data, member):
        lines.append((str(msg("Sa photo")), str(msg("Gardée ici, montrée à l’équipe de l’espace"))))
    if printed := session().get(PrintedCard, member.card):
        lines.append((str(msg("Carte imprimée")), _day(printed.printed_at)))
    for run in session().scalars(select(ImportRun).order_by(ImportRun.done_at)):
        if member.uid.hex in {*run.created, *run.filled}:
            lines.append((str(msg("Lue dans le fichier %(name)s", name=run.file_name)), _day(run.done_at)))
    opened = session().scalars(select(NameAccess).where(NameAccess.member_uid == member.uid)).all()
    names = accounts.names(one.staff_uid for one in opened)
    for one in opened:
        who = names.get(one.staff_uid, "")
        lines.append((str(msg("Son nom a été ouvert")), f"{_day(one.opened_at)} · {who}"))
    return lines


def _day(moment: int) -> str:
    return formats.date_long(clock.local(moment).date())
