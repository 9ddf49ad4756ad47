"""Fields of one's own in files: matched by their title, brought back as they left, sensitive ones at home."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.members import exporting, queries
from kiosk.members.fields import defining, own
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.models import FieldKind
from kiosk.members.importer import writing
from kiosk.members.importer.plan import Outcome, Plan
from kiosk.storage import transaction

Bring = Callable[..., Plan]
TITLES = "Prénom;Nom;Taille du foyer;Moyen de transport;Sait nager;Arrivée;Village natal"
FILE = f"{TITLES}\nAwa;Coulibaly;7;moto;oui;19/11/2020;Diakha\nIssa;Sy;sept;Pirogue;;;\n"


@pytest.fixture
def asked(space: uuid.UUID) -> dict[str, str]:
    """Five questions of Nioro, one of each kind: key by French label."""
    kinds = {"Taille du foyer": "number", "Sait nager": "yes_no", "Arrivée": "day", "Village natal": "text"}
    with transaction():
        for french, kind in kinds.items():
            defining.define(Definition(french, FieldKind(kind), in_export=True), space)
        choice = Definition("Moyen de transport", FieldKind.CHOICE, in_export=True, options=("Moto",))
        defining.define(choice, space)
    return {one.french: one.key for one in own.every()}


def answers(name: str, asked: dict[str, str]) -> dict[str, str]:
    member = queries.find(name)[0]
    said = own.answers_of([member.uid]).get(member.uid, {})
    return {french: said[key] for french, key in asked.items() if key in said}


def test_a_file_s_columns_are_matched_by_the_questions(asked: dict[str, str], bring: Bring) -> None:
    made = bring(FILE)
    assert made.other_titles == []
    assert answers("awa", asked) == {
        "Taille du foyer": "7", "Sait nager": "1", "Arrivée": "2020-11-19",
        "Village natal": "Diakha", "Moyen de transport": "moto",
    }  # fmt: skip
    assert answers("issa", asked) == {"Moyen de transport": "Pirogue"}
    assert [str(one) for one in made.steps[1].line.remarks] == [
        "Taille du foyer illisible\u00a0: «\u00a0sept\u00a0»."
    ]


def test_it_comes_back_without_a_change_and_fills_what_is_empty(
    asked: dict[str, str], bring: Bring, tmp_path: Path
) -> None:
    bring(FILE)
    file = tmp_path / "export.csv"
    exporting.write(file, named=True)
    assert bring(file).counts == {Outcome.SAME: 2}
    bring("Prénom;Nom;Taille du foyer\nIssa;Sy;5\nAwa;Coulibaly;9\n")
    assert (answers("issa", asked)["Taille du foyer"], answers("awa", asked)["Taille du foyer"]) == ("5", "7")


def test_an_import_taken_back_takes_its_answers_back(asked: dict[str, str], bring: Bring) -> None:
    bring(FILE)
    bring("Prénom;Nom;Taille du foyer\nIssa;Sy;5\n")
    with transaction():
        writing.undo(writing.runs()[0].uid)
    assert "Taille du foyer" not in answers("issa", asked)


def test_only_what_may_leave_leaves(asked: dict[str, str], bring: Bring, space: uuid.UUID) -> None:
    bring(FILE)
    with transaction():
        for french, said in {
            "Sait nager": Definition("Sait nager", FieldKind.YES_NO, in_export=True, sensitive=True),
            "Arrivée": Definition("Arrivée", FieldKind.DAY),
        }.items():
            defining.change(uuid.UUID(hex=asked[french].removeprefix("own_")), said, space)
    named, anonymous = next(exporting.rows(named=True)), next(exporting.rows(named=False))
    assert "Village natal" in named and not {"Sait nager", "Arrivée"} & set(named)
    assert "Sait nager" in next(exporting.rows(named=True, sensitive=True))
    asked_for = next(exporting.rows(named=False, sensitive=True))
    assert anonymous == asked_for and {"Taille du foyer", "Moyen de transport"} <= set(anonymous)
    assert not {"Village natal", "Sait nager"} & set(anonymous)
