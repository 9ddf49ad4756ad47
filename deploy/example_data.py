"""Fill one kiosk with a plausible year: `python -m deploy.example_data DIR`.

The machine must have its database; a machine that has members is left alone.
`DIR` is the kiosk's data directory, `--space` one of NIO, KAY, YEL.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import func, select

from deploy.example import arrivals, lessons, news, people
from deploy.example.names import PROFILES, Profile
from kiosk import config, rooms
from kiosk.accounts import services as accounts
from kiosk.accounts.models import Role, SecretKind, Staff
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import Store, clock, session, set_actor, transaction

PINS = {Role.MANAGER: "258046", Role.TRAINER: "714093", Role.AUTHOR: "603817"}
BUSY = {"NIO": 19, "KAY": 24, "YEL": 11}


@contextmanager
def opened(data: Path) -> Iterator[Store]:
    """The store of a data directory, with an ambient session."""
    settings = config.load(data)
    store = rooms.open_store(settings.database_url, settings.role)
    try:
        with store.open():
            yield store
    finally:
        store.close()


def settle(profile: Profile) -> dict[Role, Staff]:
    """Open the space, set the machine up for it, and engage its team."""
    card = places.SpaceCard(profile.name, profile.commune, profile.address, "76000000", profile.manager)
    space = places.open_space(profile.code, card)
    places.settle(space)
    places.set_hours(space, dict.fromkeys("12345", "08:00-12:00, 15:00-18:00") | {"6": "08:00-12:00"})
    for name, seats, computers in profile.rooms:
        places.add_room(space, name, seats, computers)
    names = {Role.MANAGER: profile.manager, Role.TRAINER: profile.trainer, Role.AUTHOR: profile.author}
    return {role: _engage(name, role, space) for role, name in names.items()}


def _engage(name: str, role: Role, space: places.Space) -> Staff:
    staff = accounts.create_staff(name, role, space.uid)
    accounts.set_secret(staff.uid, PINS[role], SecretKind.PIN)
    set_actor(staff.uid if role == Role.MANAGER else session().info.get("actor"))
    return staff


def fill(data: Path, code: str) -> int:
    """Fill the machine of `data`; return how many members it has now."""
    profile, chance, today = PROFILES[code], random.Random(f"kiosk {code}"), clock.today()
    with opened(data):
        known = session().scalar(select(func.count()).select_from(Member)) or 0
        if known:
            return known
        with transaction():
            team = settle(profile)
        space = places.space_uid(code)
        with transaction():
            registered = people.register(space, profile, chance, today)
        with transaction():
            lessons.teach(lessons.Term(space, profile, team[Role.TRAINER], registered, chance, today))
        with transaction():
            arrivals.receive(space, registered, chance, today, BUSY[code])
        with transaction():
            news.write(space, code, team, today)
        return len(registered)


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--space", type=click.Choice(list(PROFILES)), default="NIO")
def main(data: Path, space: str) -> None:
    """Remplit un kiosque vide d’une année d’exemple."""
    click.echo(f"{fill(data, space)} membres")


if __name__ == "__main__":
    main()
