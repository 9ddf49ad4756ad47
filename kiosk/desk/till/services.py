"""The counter: services with their prices, and the cash book. Nothing in the book is ever changed.

Amounts are whole francs CFA. What a line brings in is its sheets times its price.
"""

import datetime
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from kiosk.desk.services import OLDEST
from kiosk.desk.till.models import Tariff, TillLine
from kiosk.language import Message, fold, msg, sort_key
from kiosk.storage import NotFound, Refusal, clock, derived_uid, session

SEEDS: Mapping[str, Message] = {
    "typing": msg("Saisie et mise en page"),
    "copy": msg("Photocopie"),
    "print": msg("Impression"),
}
MOST_SHEETS, MOST_PRICE, MOST_LINES = 5_000, 100_000, 200


@dataclass(frozen=True)
class Service:
    """A service of the counter as a space sells it; `price` None: nobody said it yet."""

    key: str
    label: Message | str
    price: int | None = None
    active: bool = True


@dataclass(frozen=True)
class Sum:
    """What a service came to in some days: sheets, those given free among them, francs brought in."""

    service: str
    sheets: int
    free: int
    cash: int


def services(space_uid: uuid.UUID, put_away: bool = False) -> list[Service]:
    """Return what the counter offers, by name; with `put_away`, what it no longer does (one statement)."""
    rows = session().scalars(select(Tariff).where(Tariff.space_uid == space_uid, Tariff.deleted_at.is_(None)))
    known = {key: Service(key, label) for key, label in SEEDS.items()}
    known |= {row.key: Service(row.key, row.label, row.price, row.active) for row in rows}
    shown = (one for one in known.values() if one.active or put_away)
    return sorted(shown, key=lambda one: sort_key(str(one.label)))


def service(space_uid: uuid.UUID, key: str) -> Service:
    """Return a service, offered or not, or raise NotFound."""
    for one in services(space_uid, put_away=True):
        if one.key == key:
            return one
    raise NotFound(msg("Ce service n’existe pas ici."))


def add(space_uid: uuid.UUID, label: str, price: int | None) -> Service:
    """Offer a service; one that was put away under this name comes back."""
    known = {fold(str(one.label)): one for one in services(space_uid, put_away=True)}
    same = known.get(fold(label))
    if same and same.active:
        raise Refusal(msg("Ce service existe déjà."), "label")
    key = same.key if same else re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:40]
    return change(space_uid, Service(key, label, price))


def change(space_uid: uuid.UUID, said: Service) -> Service:
    """Write what a service is called and costs from now on; lines of the book keep their price."""
    if not fold(str(said.label)) or not said.key:
        raise Refusal(msg("Donnez un nom au service."), "label")
    _check_price(said.price)
    uid = derived_uid(f"tariff.{said.key}", space_uid)
    row = session().get(Tariff, uid)
    if row is None:
        row = Tariff(uid=uid, space_uid=space_uid, key=said.key, label="", price=None)
        session().add(row)
    row.label, row.price, row.active = str(said.label).strip(), said.price, said.active
    session().flush()
    return said


def _check_price(price: int | None) -> None:
    if price is not None and not 0 <= price <= MOST_PRICE:
        raise Refusal(msg("Écrivez un prix entre 0 et %(n)s.", n=MOST_PRICE), "price")


def note(
    space_uid: uuid.UUID, sold: Service, sheets: int, day: datetime.date, price: int | None = None
) -> TillLine:
    """Add a line to the book: at the tariff, or at the `price` said (0: given free)."""
    price = sold.price if price is None else price
    if price is None:
        raise Refusal(msg("Dites le prix d’une feuille. Il n’est pas encore au tarif."), "price")
    _check_price(price)
    if not 1 <= sheets <= MOST_SHEETS:
        raise Refusal(msg("Notez entre 1 et %(n)s feuilles.", n=MOST_SHEETS), "sheets")
    if not OLDEST < day <= clock.today():
        raise Refusal(msg("Ce jour n’est pas possible. Vérifiez la date."), "day")
    return _added(TillLine(space_uid=space_uid, day=day, service=sold.key, sheets=sheets, price=price))


def reverse(space_uid: uuid.UUID, uid: uuid.UUID) -> TillLine:
    """Take a line back by its opposite, once. Raises NotFound, or Refusal for a line that takes one back."""
    line = session().get(TillLine, uid)
    if line is None or line.space_uid != space_uid or line.deleted_at is not None:
        raise NotFound(msg("Cette ligne n’est pas dans le cahier."))
    if line.reverses_uid:
        raise Refusal(msg("Cette ligne corrige déjà une autre. Notez-la de nouveau."))
    there = session().get(TillLine, derived_uid("reverse", uid))
    if there is not None:
        return there
    opposite = TillLine(uid=derived_uid("reverse", uid), space_uid=space_uid, day=line.day)
    opposite.service, opposite.sheets, opposite.price = line.service, -line.sheets, line.price
    opposite.reverses_uid = uid
    return _added(opposite)


def _added(line: TillLine) -> TillLine:
    line.noted_at = clock.now_ms()
    session().add(line)
    session().flush()
    return line


def lines(space_uid: uuid.UUID, day: datetime.date) -> Sequence[TillLine]:
    """Return a day's lines, the latest first (one statement)."""
    mine = (TillLine.space_uid == space_uid, TillLine.day == day, TillLine.deleted_at.is_(None))
    query = select(TillLine).where(*mine).order_by(TillLine.noted_at.desc(), TillLine.uid.desc())
    return session().scalars(query.limit(MOST_LINES)).all()


def sums(space_uid: uuid.UUID, first: datetime.date, last: datetime.date) -> dict[datetime.date, list[Sum]]:
    """Return what each service came to on each day, opposites taken off (one statement)."""
    one = TillLine
    free = func.sum(case((one.price == 0, one.sheets), else_=0))
    columns = (one.day, one.service, func.sum(one.sheets), free, func.sum(one.sheets * one.price))
    query = select(*columns).where(one.space_uid == space_uid, one.deleted_at.is_(None))
    found: dict[datetime.date, list[Sum]] = defaultdict(list)
    for day, *told in session().execute(
        query.where(one.day.between(first, last)).group_by(one.day, one.service)
    ):
        found[day].append(Sum(told[0], *map(int, told[1:])))
    return found


def together(some: Iterable[Sum]) -> list[Sum]:
    """Add sums up, one for each service that came to something."""
    found: dict[str, Sum] = {}
    for one in some:
        had = found.get(one.service, Sum(one.service, 0, 0, 0))
        added = (had.sheets + one.sheets, had.free + one.free, had.cash + one.cash)
        found[one.service] = Sum(one.service, *added)
    return [one for one in found.values() if one.sheets or one.cash]
