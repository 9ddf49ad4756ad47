"""`kiosk members import` and `export`, as an operator runs them."""

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from kiosk.members import queries, services
from kiosk.places import queries as places
from tests.members.conftest import DATA
from tests.support.machines import Machine

Run = Callable[..., CompletedProcess[str]]


def count(kiosk: Machine) -> int:
    with kiosk.open():
        return queries.count()


@pytest.mark.process
def test_a_dry_run_says_each_line_and_writes_nothing(kiosk: Machine, run: Run) -> None:
    done = run(kiosk.data, "members", "import", str(DATA / "registre-nioro.xlsx"), "--dry-run")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split()[:4] == ["ligne", "5", "nouveau", "Awa"]
    assert any("à corriger" in line and "Le nom manque." in line for line in lines)
    assert "21 nouveau, 1 complété, 4 ignoré, 2 à corriger. Rien n’a été écrit." in lines[-1]
    assert count(kiosk) == 0


@pytest.mark.process
def test_an_import_twice_then_an_export_that_comes_back(kiosk: Machine, run: Run) -> None:
    for _ in range(2):
        done = run(kiosk.data, "members", "import", str(DATA / "registre-nioro.xlsx"))
        assert done.returncode == 0, done.stderr
    assert "21 identique" in done.stdout and count(kiosk) == 21
    file = kiosk.data / "export.csv"
    assert run(kiosk.data, "members", "export", str(file)).returncode == 0
    assert "Coulibaly" not in file.read_text(encoding="utf-8-sig")
    assert run(kiosk.data, "members", "export", str(file), "--avec-noms").returncode == 0
    assert "Coulibaly" in file.read_text(encoding="utf-8-sig")
    assert file.stat().st_mode & 0o077 == 0
    again = run(kiosk.data, "members", "import", str(file))
    assert "21 identique" in again.stdout and count(kiosk) == 21


@pytest.mark.process
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", str(DATA / "illisible" / "coupe.xlsx")], "abîmé ou illisible"),
        (["import", str(DATA / "illisible" / "sans-titres.csv")], "Aucune ligne de titres"),
        (["import", "/nulle/part.xlsx"], "part.xlsx"),
        (["import", str(DATA / "registre-nioro.xlsx"), "--date", "hier"], "n’est pas une date"),
        (["export", "/tmp/liste.pdf"], ".csv ou .xlsx"),
    ],
)
def test_a_mistake_gets_one_line_and_an_exit_code(
    kiosk: Machine, run: Run, words: list[str], sentence: str
) -> None:
    done = run(kiosk.data, "members", *words)
    assert done.returncode != 0
    assert sentence in done.stderr and "Traceback" not in done.stderr
    assert count(kiosk) == 0


@pytest.mark.process
def test_cards_are_compared_at_once_and_doubles_counted(kiosk: Machine, run: Run) -> None:
    with kiosk.writing("manager"):
        here = places.here_uid()
        assert here
        for given in ("Goundo", "Gundo", "Penda"):
            services.register(here, given_name=given, family_name="Niangado", sex="F", birth_year=2004)
    done = run(kiosk.data, "members", "doubles")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["3 cartes comparées.", "1 doublon possible dans un espace."]
    assert run(kiosk.data, "members", "doubles").stdout.startswith("0 carte comparée.")
