"""Half-typed search: folded words, every word by its beginning.

On SQLite one FTS5 table per searchable model, standing alone and keyed by the
row's uid; on PostgreSQL a table of folded words with a trigram index.
"""

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    column,
    delete,
    false,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.exc import DBAPIError

from kiosk.language.folding import fold
from kiosk.storage.base import Synced, synced_models
from kiosk.storage.putting import put
from kiosk.storage.types import Uid
from kiosk.storage.unit import session

_WORD = re.compile(r"[^\W_]+")
Alike = Callable[[str], Collection[str]]
FEW = 5
"""Where a search finds fewer as typed, other spellings are shown after them."""
Entry = tuple[type[Synced], uuid.UUID, Mapping[str, Any], bool]


@cache
def _table(name: str) -> Any:
    return table(name, column("uid", Uid), column("words", Text))


def words_of(query: str) -> list[str]:
    """Return the folded words of a query; punctuation separates."""
    # What was folded before needs no folding again: small letters are enough.
    return _WORD.findall(query.lower() if query.isascii() else fold(query))


def matching(
    model: type[Synced], query: str, most: int | None = None, alike: Alike | None = None
) -> ColumnElement[bool]:
    """Return the condition that a row of `model` holds every word of `query` by its beginning.

    `most` bounds how many rows are looked at, those written last first: what is
    found in half of a large table is of no use to anybody, and slow. Where fewer than FEW are found,
    `alike` gives other spellings of each word, and whom they find is found too (`nearness` puts them
    last); on PostgreSQL, where names are told to nobody, it is not asked.
    """
    words = words_of(query)
    if not words or model.__search__ is None:
        return true() if not query.strip() else false()
    exact = model.uid.in_(_hits(model.__search__, words, most))
    near = _near(model.__search__, words, alike)
    return exact if near is None else or_(exact, model.uid.in_(_last(model.__search__, near, most)))


def nearness(model: type[Synced], query: str, alike: Alike) -> ColumnElement[int] | None:
    """Return what to order by: 0 for a row found as typed, 1 in another spelling; None where all are one.

    Give it what `matching` was given.
    """
    words, name = words_of(query), model.__search__ or ""
    if not words or not name or _near(name, words, alike) is None:
        return None
    # The first answer spares an ordinary search the second question.
    typed = model.uid.in_(_hits(name, words, None))
    return case((_enough(name, words), 0), (typed, 0), else_=1)


def holding(model: type[Synced], words: Iterable[Collection[str]], most: int) -> ColumnElement[bool]:
    """Return the condition that a row holds one of each of these sets of folded whole words."""
    name, sets = str(model.__search__), [sorted(one) for one in words]
    if _is_full_text():
        asked = " AND ".join(_one_of(f'"{word}"' for word in one) for one in sets)
        return model.uid.in_(_last(name, select(_table(name).c.uid).where(_asked(name, asked)), most))
    held = _table(name).c.words
    each = (or_(*(held.like(f"% {word} %") for word in one)) for one in sets)
    return model.uid.in_(select(_table(name).c.uid).where(and_(*each)).limit(most))


def _hits(name: str, words: Sequence[str], most: int | None) -> Select[Any]:
    entries = _table(name)
    if not _is_full_text():
        found = select(entries.c.uid).where(and_(*(entries.c.words.like(f"% {word}%") for word in words)))
        return found.limit(most)
    return _last(name, select(entries.c.uid).where(_asked(name, _begun(words))), most)


def _near(name: str, words: Sequence[str], alike: Alike | None) -> Select[Any] | None:
    """Return whom other spellings find, nobody where enough are found as typed; None without spellings."""
    spelled = [(word, *alike(word)) for word in words] if alike and _is_full_text() else []
    if all(len(one) == 1 for one in spelled):
        return None
    wide = " AND ".join(_one_of(f'"{word}"*' for word in many) for many in spelled)
    return select(_table(name).c.uid).where(~_enough(name, words), _asked(name, wide))


def _enough(name: str, words: Sequence[str]) -> ColumnElement[bool]:
    found = select(literal(1)).select_from(_table(name)).where(_asked(name, _begun(words)))
    return found.limit(1).offset(FEW - 1).correlate(None).exists()


def _begun(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"*' for word in words)


def _one_of(asked: Iterable[str]) -> str:
    return "({})".format(" OR ".join(asked))


def _asked(name: str, phrase: str) -> ColumnElement[bool]:
    return literal_column(name).op("MATCH", is_comparison=True)(phrase)


def _last(name: str, found: Select[Any], most: int | None) -> Select[Any]:
    return found.order_by(literal_column(f"{name}.rowid").desc()).limit(most) if most else found


def _is_full_text() -> bool:
    return session().get_bind().dialect.name == "sqlite"


def index(connection: Connection, entries: Iterable[Entry]) -> None:
    """Bring the search tables up to date with rows just written."""
    for model, rows in _by_model(entries).items():
        entry_table = _table(str(model.__search__))
        known = [uid for uid, _, new in rows if not new]
        if known:
            connection.execute(delete(entry_table).where(entry_table.c.uid.in_(known)))
        kept = [
            {"uid": uid, "words": _words(model, row)} for uid, row, _ in rows if not row.get("deleted_at")
        ]
        if kept:
            put(connection, entry_table, kept)


def forget(connection: Connection, model: type[Synced], uids: Iterable[uuid.UUID]) -> None:
    """Take rows that left this machine out of the search."""
    if model.__search__:
        entry_table = _table(model.__search__)
        connection.execute(delete(entry_table).where(entry_table.c.uid.in_(list(uids))))


def scour(connection: Connection, models: Iterable[type[Synced]]) -> None:
    """Write the index anew where it still holds words of rows that were emptied.

    « rebuild », never « optimize »: many releases of SQLite pile that one up in the file, one
    level on the other, and nobody can open the index any more after a thousand times.
    """
    for model in models:
        if model.__search__ and connection.dialect.name == "sqlite":
            name = model.__search__
            connection.execute(text(f"INSERT INTO {name}({name}) VALUES('rebuild')"))


def _by_model(
    entries: Iterable[Entry],
) -> dict[type[Synced], list[tuple[uuid.UUID, Mapping[str, Any], bool]]]:
    found: dict[type[Synced], list[tuple[uuid.UUID, Mapping[str, Any], bool]]] = {}
    for model, uid, row, new in entries:
        if model.__search__:
            found.setdefault(model, []).append((uid, row, new))
    return found


def _words(model: type[Synced], row: Mapping[str, Any]) -> str:
    return f" {' '.join(dict.fromkeys(words_of(model.searchable(row))))} "


def ensure(connection: Connection) -> None:
    """Create the search tables that are missing and fill them from their rows."""
    for model in synced_models().values():
        if model.__search__ and not _exists(connection, model.__search__):
            _create(connection, model.__search__)
            rows = connection.execute(select(model.__table__)).mappings()
            index(connection, [(model, row["uid"], dict(row), True) for row in rows])


def _exists(connection: Connection, name: str) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(select(_table(name).c.uid).limit(1))
    except DBAPIError:
        return False
    return True


def _create(connection: Connection, name: str) -> None:
    if connection.dialect.name == "sqlite":
        options = "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3'"
        connection.execute(text(f"CREATE VIRTUAL TABLE {name} USING fts5(uid UNINDEXED, words, {options})"))
        return
    connection.execute(text(f"CREATE TABLE {name} (uid uuid PRIMARY KEY, words text NOT NULL)"))
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(text(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words gin_trgm_ops)"))
    except DBAPIError:
        # Without the right to add the extension a sequential scan still answers.
        return
