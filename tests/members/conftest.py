"""A register to test with, and files as people bring them."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kiosk.members import services
from kiosk.members.importer import plan, sheet, writing
from kiosk.members.importer.plan import Plan
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import transaction

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def space(in_kiosk: Session) -> uuid.UUID:
    """Nioro."""
    found = places.here_uid()
    assert found
    return found


@pytest.fixture
def awa(register: Callable[..., Member]) -> Member:
    """Awa Coulibaly, born about 2004, of Nioro-Centre."""
    return register(
        given_name="Awa",
        family_name="Coulibaly",
        sex="F",
        birth_year=2004,
        birth_year_about=True,
        village="Nioro-Centre",
        phone="76 12 34 56",
    )


@pytest.fixture
def register(space: uuid.UUID) -> Callable[..., Member]:
    """`register(given_name="Awa", …)` in a transaction of its own."""

    def make(agreed: Any = (), **fields: Any) -> Member:
        with transaction():
            return services.register(space, agreed, **{"sex": "F", **fields})

    return make


@pytest.fixture
def bring(space: uuid.UUID, tmp_path: Path) -> Callable[..., Plan]:
    """`bring("Nom;Sexe\\nAwa;F\\n")` imports a text; also a path, or the name of a file of tests/data."""

    def make(source: str | Path, write: bool = True, **options: Any) -> Plan:
        path = source if isinstance(source, Path) else DATA / source
        if isinstance(source, str) and "\n" in source:
            path = tmp_path / "registre.csv"
            path.write_text(source, encoding="utf-8")
        with transaction():
            planned = plan.make(sheet.read(path), space, **options)
            if write:
                writing.apply(planned, path.name)
        return planned

    return make
