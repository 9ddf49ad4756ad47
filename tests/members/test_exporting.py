"""The register as a file: what leaves, what never does, and the way back."""

import csv
import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kiosk.members import exporting, queries
from kiosk.members.importer import plan, sheet, writing
from kiosk.members.importer.plan import Outcome, Plan
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import Refusal, transaction
from tests.support.machines import Machine

Bring = Callable[..., Plan]
Register = Callable[..., Member]


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def whole(bring: Bring, register: Register) -> Member:
    """A register with one member who says everything."""
    bring("registre-nioro.xlsx")
    return register(
        [Purpose.REGISTER, Purpose.PHOTO, Purpose.GUARDIAN],
        given_name="Anne-Marie",
        family_name="N’Diaye",
        birth_year=1999,
        birth_year_about=True,
        phone="+33 6 12 34 56 78",
        village="=cmd|' /C calc'!A0",
        commune_pcode="ML010706",
        languages=["bm", "sw"],
        occupation="@chef",
        schooling="higher",
        organisation="-CAFO",
        how_heard="radio",
        guardian="+Sira",
        notes="deux\nlignes; et « tout »",
        former_card="K-12",
        guardian_phone="76 12 34 57",
        profession="health",
        digital_roles=["creator", "influencer"],
        elected_as="commune",
        civil_society=True,
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_with_names_it_comes_back_without_a_change(
    whole: Member, bring: Bring, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"export.{kind}"
    exporting.write(file, named=True)
    again = bring(file)
    assert again.counts == {Outcome.SAME: 22}
    assert not any(step.differs for step in again.steps)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_with_names_it_fills_an_empty_machine_with_the_same_people(
    whole: Member, machine: Callable[..., Machine], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"export.{kind}"
    exporting.write(file, named=True)
    before = exporting.content("csv", named=True)
    other = machine()
    with other.writing():
        space = places.here_uid()
        assert space
        writing.apply(plan.make(sheet.read(file), space), file.name)
    with other.open():
        assert table(exporting.content("csv", named=True)) == table(before)


def test_without_names_nothing_tells_who(whole: Member) -> None:
    content = exporting.content("csv", named=False)
    titles, *rows = table(content)
    assert titles == [
        "Sexe", "Année de naissance", "Environ", "Commune", "Langues", "Occupation",
        "Domaine du métier", "Niveau", "Société civile", "Rôle en ligne", "Connu par", "Mois d’inscription",
    ]  # fmt: skip
    assert len(rows) == queries.count()
    text = content.decode("utf-8-sig")
    for secret in ("N’Diaye", "Coulibaly", "76", "NIO-", "K-12", "Sira", "tout", "CAFO", "calc"):
        assert secret not in text, secret


def test_without_names_the_order_is_not_the_alphabet_s(register: Register) -> None:
    for name, year in (("Awa", 2004), ("Binta", 1980), ("Coumba", 1991)):
        register(given_name=name, birth_year=year)
    assert [row[1] for row in table(exporting.content("csv", named=False))[1:]] == ["1980", "1991", "2004"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert exporting.harmless(text) == f"'{text}"


def test_no_exported_cell_is_a_formula(whole: Member) -> None:
    rows = table(exporting.content("csv", named=True))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_another_kind_of_file_is_refused(space: uuid.UUID, in_kiosk: Session, tmp_path: Path) -> None:
    with pytest.raises(Refusal), transaction():
        exporting.write(tmp_path / "export.pdf", named=True)
