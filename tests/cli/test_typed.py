"""What was typed wrong is answered in one French line, with click's own exit code."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kiosk.cli import main

MISTYPED = (
    ("frob", "la commande « frob » n’existe pas"),
    ("serve --prot", "l’option --prot n’existe pas"),
    ("enrol https://centre.example", "il manque CODE"),
    ("staff add", "il manque NAME"),
    ("serve --host", "l’option --host demande une valeur"),
    ("serve --with-sync=1", "l’option --with-sync ne prend pas de valeur"),
    ("serve --port abc", "l’option --port : « abc » n’est pas un nombre entier"),
    ("serve --port 70000", "l’option --port : 70000 n’est pas entre 0 et 65535"),
    ("staff add Awa --role king", "« king » n’est pas un choix possible, dites manager,"),
    ("status a b", "« a b » est de trop"),
    ("restore /nulle/part.tar", "le fichier « /nulle/part.tar » n’existe pas"),
    ("--data /etc/passwd status", "l’option --data : le dossier « /etc/passwd » est un fichier"),
    ("central frob", "la commande « frob » n’existe pas"),
    ("central code", "Dites l’espace, ou --replaces"),
)


@pytest.mark.parametrize(("words", "said"), MISTYPED)
def test_what_is_typed_wrong_is_one_french_line(tmp_path: Path, words: str, said: str) -> None:
    done = CliRunner().invoke(main, ["--data", str(tmp_path), *words.split()])
    assert done.exit_code == click.UsageError.exit_code
    assert not done.stdout
    assert done.stderr.startswith("Erreur : ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_a_name_that_nobody_has_is_said_like_every_mistake(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["--data", str(tmp_path), "central", "init"]).exit_code == 0
    done = run(main, ["--data", str(tmp_path), "central", "revoke", "99"])
    assert (done.exit_code, done.stderr) == (1, "Erreur : Aucun kiosque ne s’appelle « 99 ».\n")


@pytest.mark.parametrize("words", [["--help"], ["central", "--help"], ["serve", "-h"]])
def test_the_help_is_in_french(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    assert "Usage : " in done.stdout and "Affiche cette aide." in done.stdout
    assert not {"Usage:", "Commands", "Show", "COMMAND"} & set(done.stdout.split())


def test_a_command_without_words_shows_its_help() -> None:
    done = CliRunner().invoke(main, ["central"])
    assert done.exit_code == click.UsageError.exit_code
    assert "Commandes :" in done.output


def test_a_copy_to_a_folder_that_is_not_there_names_the_folder(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["--data", str(tmp_path), "upgrade"]).exit_code == 0
    done = run(main, ["--data", str(tmp_path), "backup", "/nulle/part.tar"])
    assert (done.exit_code, done.stderr) == (1, "Erreur : le dossier n’existe pas : /nulle\n")
