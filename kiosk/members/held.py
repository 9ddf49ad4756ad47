"""All that is held about one person: her card, what she agreed to, every record that names her.

Every synced table that names a member is read, in the words of its room
(`storage.telling`). What a room keeps otherwise it gives to
`app.extensions["member_holdings"]`.
"""

import datetime
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.language import formats, msg
from kiosk.members import amending, queries, services, vocabulary
from kiosk.members.disability import queries as disability
from kiosk.members.disability import words as six
from kiosk.members.fields import own, words
from kiosk.members.links import queries as links
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import plain, session, telling

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """Some of what is held: a title, and lines of (what, what it says)."""

    title: str
    lines: Lines


Holding = Callable[[uuid.UUID], Part | None]


def parts(member: Member, others: Sequence[Holding] = ()) -> list[Part]:
    """Return everything held about a member on this machine, in the order it is read."""
    found = [
        Part(str(msg("Sa fiche")), _card(member)),
        Part(str(msg("Questions de l’espace")), own.lines(member, words.book())),
        Part(str(msg("Six questions, sur cette machine seulement")), _difficulties(member)),
        Part(str(msg("Ses accords")), _agreed(member)),
        Part(str(msg("Ses autres cartes")), _other_cards(member)),
        Part(str(msg("Ce que l’espace a noté")), _records(member)),
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


def _records(member: Member) -> Lines:
    lines: list[tuple[str, str]] = []
    connection = session().connection()
    for column in services.pointing_at_members():
        table: Any = column.table
        alive = select(table).where(column == member.uid, table.c.deleted_at.is_(None))
        rows = connection.execute(alive.order_by(table.c.uid)).mappings().all()
        titles = telling.titles(connection, [(table.name, row["uid"]) for row in rows], named=False)
        titles = {place: _but(title, member.card) for place, title in titles.items()}
        lines += [
            (_called(table.name, titles.get((table.name, row["uid"]))), _told(table, row)) for row in rows
        ]
    return lines


def _but(title: str, card: str) -> str:
    """Leave her own number out of a title: the whole sheet is about her."""
    return ", ".join(part for part in title.split(", ") if part != card)


def _called(tab: str, title: str | None) -> str:
    """Call a row by its kind and its title: whatever names her is in the list, told by its room or not."""
    said = [str(word) for word in (telling.kind(tab), title) if word]
    return "\u00a0: ".join(said) or str(msg("Autre trace"))


def _told(table: Any, row: Any) -> str:
    said = [
        f"{label}\u00a0: {telling.in_words(table.name, field, plain(row[field]))}"
        for field, label in telling.labels(table.name).items()
        if row[field] is not None
    ]
    days = [formats.date_long(value) for value in row.values() if isinstance(value, datetime.date)]
    return " · ".join(said or days)
