"""The named cast, on whichever machine a test sets up.

Kadidia manages, Moussa teaches, Fanta writes; at the centre Salimata coordinates
and Oumar edits. A stranger is whoever is not signed in.
"""

import uuid
from dataclasses import dataclass

from flask.testing import FlaskClient

from kiosk.accounts import queries
from kiosk.accounts import services as accounts
from kiosk.accounts.models import Role, SecretKind
from kiosk.accounts.routes.login import session_of
from kiosk.places import queries as where
from kiosk.places import services as places
from kiosk.places.models import Space
from kiosk.storage import Store

SPACES = {"NIO": "Nioro", "KAY": "Kayes", "YEL": "Yélimané"}
AT_A_KIOSK = {Role.MANAGER: "Kadidia Sissoko", Role.TRAINER: "Moussa Diarra", Role.AUTHOR: "Fanta Traoré"}
AT_THE_CENTRE = {Role.COORDINATOR: "Salimata Coulibaly", Role.EDITOR: "Oumar Tounkara"}


PIN = "258046"
PASSWORD = "le fleuve passe ici"


@dataclass(frozen=True)
class Person:
    """One of the staff: who signs in, under which name, with which secret."""

    uid: uuid.UUID
    name: str
    role: str
    secret: str


def settle(role: str, space_code: str) -> dict[str, Person]:
    """Write the space (of a kiosk) and the staff in the current transaction."""
    space = None
    if role == "kiosk":
        space = places.open_space(space_code, places.SpaceCard(SPACES[space_code]))
        places.settle(space)
    people = AT_A_KIOSK if space else AT_THE_CENTRE
    return {job.value: _engage(job, name, space) for job, name in people.items()}


def _engage(job: Role, name: str, space: Space | None) -> Person:
    staff = accounts.create_staff(name, job, space.uid if space else None)
    kind, secret = (SecretKind.PIN, PIN) if space else (SecretKind.PASSWORD, PASSWORD)
    accounts.set_secret(staff.uid, secret, kind)
    return Person(staff.uid, name, job.value, secret)


def find() -> list[Person]:
    """Everybody who may sign in on a machine that was filled elsewhere; their secrets are not known."""
    team = queries.team(where.here_uid())
    return [Person(one.uid, one.name, str(one.role), "") for one in team if one.kind and one.active]


def sign_in(store: Store, client: FlaskClient, person: Person) -> None:
    """Give a client the session that signing in would give."""
    with store.open():
        colleague = queries.colleague(person.uid)
    assert colleague is not None, f"{person.name} is not engaged here"
    with client.session_transaction() as kept:
        kept.update(session_of(colleague))
