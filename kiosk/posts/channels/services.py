"""Keeping the public accounts: the centre's work alone, and never a secret among them."""

import re
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from kiosk.language import fold, msg
from kiosk.places import queries as places
from kiosk.posts.channels import queries
from kiosk.posts.channels.models import PublicAccount
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import NotFound, Refusal, session

_LONG_SIGNS = re.compile(r"\w{32,}")
_GROUPS = re.compile(r"^\s*(?:\w{4}\s+){3,}\w{4}\s*$")
_OPENS = re.compile(r"token|secret|passw|key|sign", re.I)
_SECRET = msg("Cela ressemble à un mot de passe. Écrivez seulement le nom public.")
_ADDRESS = msg("Écrivez une adresse entière. Exemple : https://www.facebook.com/FecongMali")


@dataclass(frozen=True)
class Card:
    """A public account as typed; `network` is a word of `Network`."""

    network: str
    handle: str
    address: str = ""


def add(person: Person, card: Card) -> PublicAccount:
    """Add an account at the end of the list. Raises Refusal for one that is there, or a secret."""
    _check(person, card, None)
    made = PublicAccount(rank=max((one.rank for one in queries.every()), default=0) + 1)
    _write(made, card)
    session().add(made)
    session().flush()
    return made


def change(person: Person, uid: uuid.UUID, card: Card) -> PublicAccount:
    """Correct an account. Raises Refusal as `add` does."""
    found = _own(person, uid)
    _check(person, card, uid)
    _write(found, card)
    return found


def retire(person: Person, uid: uuid.UUID) -> PublicAccount:
    """Show an account to readers no more."""
    found = _own(person, uid)
    found.active = False
    return found


def bring_back(person: Person, uid: uuid.UUID) -> PublicAccount:
    """Show a retired account again."""
    found = _own(person, uid)
    _check(person, Card(found.network, found.handle, found.address or ""), uid)
    found.active = True
    return found


def move_up(person: Person, uid: uuid.UUID) -> PublicAccount:
    """Show an account one place earlier; the first stays first."""
    found, line = _own(person, uid), list(queries.shown())
    place = line.index(found) if found in line else 0
    if place:
        line[place - 1 : place + 1] = [found, line[place - 1]]
    for rank, one in enumerate(line, 1):
        if one.rank != rank:
            one.rank = rank
    return found


def _own(person: Person, uid: uuid.UUID) -> PublicAccount:
    _centre_only(person)
    found = queries.find(uid)
    if found is None:
        raise NotFound(msg("Ce compte n’existe pas ici."))
    return found


def _centre_only(person: Person) -> None:
    if Side.REVIEWER not in person.sides or places.here_uid() is not None:
        raise Refusal(msg("Les comptes publics sont tenus au centre."))


def _check(person: Person, card: Card, but: uuid.UUID | None) -> None:
    _centre_only(person)
    if not fold(card.handle):
        raise Refusal(msg("Le nom du compte manque. Exemple : @FecongMali."), "handle")
    if _LONG_SIGNS.search(card.handle) or _GROUPS.match(card.handle):
        raise Refusal(_SECRET, "handle")
    if card.address:
        _check_address(card.address.strip())
    for other in queries.shown():
        same = (str(other.network), fold(other.handle)) == (str(card.network), fold(card.handle))
        if same and other.uid != but:
            raise Refusal(msg("Ce compte est déjà dans la liste."), "handle")


def _check_address(address: str) -> None:
    """Refuse what is no web address, or would carry a secret inside it."""
    try:
        parts = urlsplit(address)
        named = parts.hostname or ""
    except ValueError:
        raise Refusal(_ADDRESS, "address") from None
    if parts.scheme not in ("http", "https") or "." not in named or re.search(r"\s", address):
        raise Refusal(_ADDRESS, "address")
    asked = [name for part in (parts.query, parts.fragment) for name, _ in parse_qsl(part, True)]
    if "@" in parts.netloc or any(map(_OPENS.search, asked)):
        raise Refusal(msg("Cette adresse porte un mot de passe. Écrivez l’adresse publique."), "address")


def _write(target: PublicAccount, card: Card) -> None:
    values = {"network": card.network, "handle": card.handle.strip(), "address": card.address.strip() or None}
    for name, value in values.items():
        if getattr(target, name) != value:
            setattr(target, name, value)
