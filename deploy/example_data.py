"""Fill one kiosk with a plausible year: `python -m deploy.example_data DIR`.

The machine must have its database; a machine that has members is left alone.
`DIR` is the kiosk's data directory, `--space` one of NIO, KAY, YEL.
"""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import func, select

from deploy.example import agenda, arrivals, company, lessons, news, people, questions
from deploy.example.directory import AT_HOME
from deploy.example.names import PROFILES, Profile
from deploy.example.news import Team
from kiosk import config, rooms
from kiosk.accounts import queries as accounts_queries
from kiosk.accounts import services as accounts
from kiosk.accounts.models import Role, SecretKind, Staff
from kiosk.members.models import Member
from kiosk.partners import queries as partners
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


def engage(code: str) -> Team:
    """Settle the machine, or find the team that did."""
    with transaction():
        known = accounts_queries.team(places.space_uid(code))
        team = {one.role: one.uid for one in known} or {
            role: staff.uid for role, staff in settle(PROFILES[code]).items()
        }
        return Team(code, team[Role.TRAINER], team[Role.AUTHOR], _attach(code, team[Role.AUTHOR]))


def _attach(code: str, author: uuid.UUID) -> uuid.UUID | None:
    """Let the author write for her town's collective, once the directory has come down."""
    home = next((one for one in partners.collectives() if one.name == AT_HOME[code]), None)
    if home is None:
        return None
    accounts.attach(author, home.uid)
    return home.uid


def fill(code: str) -> int:
    """Give the machine its year; return how many members it has now."""
    known = session().scalar(select(func.count()).select_from(Member)) or 0
    if known:
        return known
    profile, chance, today = PROFILES[code], random.Random(f"kiosk {code}"), clock.today()
    team, space = engage(code), places.space_uid(code)
    with transaction():
        registered = people.register(space, profile, chance, today)
    with transaction():
        held = lessons.teach(lessons.Term(space, profile, team.trainer, registered, chance, today))
    with transaction():
        arrivals.receive(space, registered, chance, today, BUSY[code])
    with transaction():
        news.write(space, team, today)
    circle = company.Circle(space, profile, team.trainer, registered, random.Random(f"circle {code}"), today)
    with transaction():
        company.gather(circle)
        questions.ask(space, registered, circle.chance)
    with transaction():
        agenda.arrange(circle, held)
    return len(registered)


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--space", type=click.Choice(list(PROFILES)), default="NIO")
@click.option("--team-only", is_flag=True, help="Ouvre l’espace et engage l’équipe, rien de plus.")
def main(data: Path, space: str, team_only: bool) -> None:
    """Remplit un kiosque vide d’une année d’exemple."""
    with opened(data):
        if team_only:
            engage(space)
        else:
            click.echo(f"{fill(space)} membres")


if __name__ == "__main__":
    main()
