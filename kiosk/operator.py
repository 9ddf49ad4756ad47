"""How a command speaks to its operator: mistakes in one French line, help under French headings.

Whatever click has to say of the words typed is said here, in the words of the others.
"""

import errno
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from kiosk import config, rooms
from kiosk.storage import Refusal, StoreError, disk
from kiosk.storage.lock import AlreadyRunning

_MISTAKES = (config.ConfigError, StoreError, Refusal, AlreadyRunning, DBAPIError, sqlite3.Error, OSError)
_FULL = "le disque est plein, libérez de la place puis recommencez"
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: "ce disque refuse l’écriture",
    errno.EIO: "le disque répond mal, remplacez-le",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOENT: "introuvable",
    errno.EADDRINUSE: "ce port est pris par un autre programme",
    errno.EADDRNOTAVAIL: "cette adresse n’est pas celle de la machine",
}
"""Words for what the system refuses; anything rarer keeps the system's own."""
_DISK = {
    disk.FULL: _FULL,
    disk.LOCKED: _SYSTEM[errno.EROFS],
    disk.FAILING: _SYSTEM[errno.EIO],
}
_HEADINGS = {"Positional arguments": "Arguments", "Commands": "Commandes"}
_HELP = {
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
}
_USAGE = {"[OPTIONS]": "[OPTIONS]", "COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]..."}
_KIND = {"File": "le fichier", "Directory": "le dossier", "Path": "le chemin"}
_NUMBER = {"integer": "un nombre entier", "integer range": "un nombre entier", "float": "un nombre"}


class Mistake(click.ClickException):
    """What went wrong, in one line and in French."""

    before = "Erreur : "

    def show(self, file: Any = None) -> None:
        """Say it on the error stream."""
        click.echo(f"{self.before}{self.message}", file=file, err=file is None)


class Mishap(Mistake):
    """What nobody did wrong and what passes by itself, such as a network that is not there."""

    before = ""


class Operator(click.Group):
    """A group whose failures are sentences, and whose rooms' commands come when they are asked for."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command of ours, else the room's that has this name."""
        ours = super().get_command(ctx, name)
        return ours or next((one for one in rooms.commands(name) if one.name == name), None)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command, for the help."""
        return sorted({*super().list_commands(ctx), *(one.name for one in rooms.commands() if one.name)})

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn a known failure into its sentence."""
        try:
            return super().invoke(ctx)
        except _MISTAKES as error:
            kind = Mistake if getattr(error, "is_mistake", True) else Mishap
            raise kind(sentence(error)) from error

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run as a program does; what click refuses gets its line and its own exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            (error if isinstance(error, Mistake) else Mistake(typed(error))).show()
            sys.exit(error.exit_code)
        except click.Abort:
            Mistake("la commande est interrompue").show()
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


class Help(click.HelpFormatter):
    """The help page, its headings in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        for words, ours in _USAGE.items():
            args = args.replace(words, ours)
        super().write_usage(prog, args, prefix or "Usage : ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        margin = " " * self.current_indent
        self.write(f"{margin}{_HEADINGS.get(heading, heading)} :\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **more: Any) -> None:
        """Write a list of words and what each does."""
        ours = [(first, _HELP.get(second, second)) for first, second in rows]
        super().write_dl(ours, *args, **more)


click.Context.formatter_class = Help


def sentence(error: Exception) -> str:
    """Return one line for an operator, whatever went wrong below."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        return _DISK.get(disk.refusal(error) or "", f"la base de données : {said}")
    if isinstance(error, OSError):
        said = _SYSTEM.get(error.errno or 0, error.strerror or str(error))
        return f"{said} : {error.filename}" if error.filename else said
    return " ".join(str(error).split())


def typed(error: click.ClickException) -> str:
    """Return the line for a command that was typed wrong."""
    if isinstance(error, click.MissingParameter):
        return f"il manque {_name(error)}"
    said = _french(error.message)
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        said = f"{_name(error)} : {said}"
    return said


def _name(error: click.BadParameter) -> str:
    """Return the parameter as the operator types it."""
    if error.param is None:
        return " / ".join([error.param_hint] if isinstance(error.param_hint, str) else error.param_hint or ())
    if isinstance(error.param, click.Option):
        return f"l’option {max(error.param.opts, key=len)}"
    return str(error.param.make_metavar(error.ctx or click.Context(click.Command(""))))


def _french(said: str) -> str:
    """Return a sentence of click in French; one of ours comes back as it is."""
    said = " ".join(said.split())
    for pattern, ours in _SENTENCES:
        if found := pattern.fullmatch(said):
            return ours(found)
    return said


def _is_not(found: re.Match[str]) -> str:
    return f"« {found[1]} » n’est pas {_NUMBER.get(found[2], f'de la sorte « {found[2]} »')}"


def _choice(found: re.Match[str]) -> str:
    every = ", ".join(word.strip(" '") for word in found[2].split(","))
    return f"« {found[1]} » n’est pas un choix possible, dites {every}"


def _where(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{_KIND[found[1]]} « {found[2]} » {words}"


def _plain(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: words.format(*found.groups())


_PLACE = "(File|Directory|Path) '(.*)' "
_SENTENCES = [
    (re.compile(pattern), ours)
    for pattern, ours in (
        (r"No such command '(.*)'\..*", _plain("la commande « {} » n’existe pas, voyez --help")),
        (r"No such option '(.*)'\..*", _plain("l’option {} n’existe pas, voyez --help")),
        (r"Missing command\.", _plain("il manque la commande, voyez --help")),
        (r"Got unexpected extra arguments? \((.*)\)\.?", _plain("« {} » est de trop")),
        (r"Option '(.*)' requires .*arguments?\.", _plain("l’option {} demande une valeur")),
        (r"Option '(.*)' does not take a value\.", _plain("l’option {} ne prend pas de valeur")),
        (r"'(.*)' is not one of (.*)\.", _choice),
        (r"'(.*)' is not a valid (.*)\.", _is_not),
        (r"(.*) is not in the range (.*)<=x<=(.*)\.", _plain("{} n’est pas entre {} et {}")),
        (r"(.*) is not in the range x>=(.*)\.", _plain("{} est moins que {}")),
        (_PLACE + r"does not exist\.", _where("n’existe pas")),
        (_PLACE + r"is a file\.", _where("est un fichier, il faut un dossier")),
        (_PLACE + r"is a directory\.", _where("est un dossier, il faut un fichier")),
        (_PLACE + r"is not readable\.", _where("ne se lit pas : accès refusé")),
        (_PLACE + r"is not writable\.", _where("ne s’écrit pas : accès refusé")),
    )
]
