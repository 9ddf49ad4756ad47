"""`kiosk staff …`: the console adds people, gives secrets, unlocks."""

import sys

import click

from kiosk.accounts import queries, services
from kiosk.accounts.models import Role, SecretKind
from kiosk.accounts.queries import Colleague
from kiosk.language import fold, msg
from kiosk.places import queries as places
from kiosk.storage import NotFound, transaction
from kiosk.storage.console import opened


def _from_stdin(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Read the secret from the first line of the standard input: an argument is seen by every program."""
    if value is None:
        return None
    if value != "-":
        raise click.BadParameter("un code ne s’écrit pas ici, tout le monde le lirait : tapez « - »")
    return sys.stdin.readline().rstrip("\r\n")


_secret = click.option(
    "--pin",
    "--password",
    "secret",
    metavar="-",
    callback=_from_stdin,
    help="« - » lit le code sur l’entrée ; sans cette option, il est demandé.",
)


@click.group()
def staff() -> None:
    """L’équipe : ajouter, changer un code, débloquer."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--phone", help="Téléphone.")
@_secret
def add(name: str, role: str, phone: str | None, secret: str | None) -> None:
    """Ajoute NAME à l’équipe de cette machine."""
    with opened():
        secret = secret or _asked()
        here = places.here_uid()
        kind = SecretKind.PIN if here else SecretKind.PASSWORD
        with transaction():
            made = services.create_staff(name, Role(role), here, phone)
            services.set_secret(made.uid, secret, kind)
    click.echo(f"{name} fait partie de l’équipe.")


def _asked() -> str:
    typed: str = click.prompt("Code", hide_input=True, confirmation_prompt="Le même code encore")
    return typed


@staff.command("reset")
@click.argument("name")
@_secret
def reset(name: str, secret: str | None) -> None:
    """Donne un nouveau code à NAME ; ses sessions ouvertes se ferment."""
    with opened():
        person = _named(name)
        secret = secret or _asked()
        with transaction():
            services.set_secret(person.uid, secret, services.kind_of(person.uid))
    click.echo(f"{person.name} a un nouveau code.")


@staff.command("unlock")
@click.argument("name")
def unlock(name: str) -> None:
    """Laisse NAME essayer tout de suite, après trop d’essais."""
    with opened():
        person = _named(name)
        with transaction():
            services.unlock(person.uid)
    click.echo(f"{person.name} peut essayer tout de suite.")


@staff.command("list")
def listed() -> None:
    """Montre l’équipe de cette machine."""
    with opened():
        for person in queries.team(places.here_uid()):
            state = "actif" if person.active else "n’entre plus"
            code = "" if person.kind else ", pas encore de code"
            click.echo(f"{person.name}\t{person.role_word}\t{state}{code}")


def _named(name: str) -> Colleague:
    for person in queries.team(places.here_uid()):
        if fold(person.name) == fold(name):
            return person
    raise NotFound(msg("Personne ne s’appelle « %(name)s » dans l’équipe.", name=name))


commands = [staff]
