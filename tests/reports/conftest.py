"""Figures are read in November 2026, over lessons of March."""

import csv
import datetime
import io
import itertools
import re
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest

from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.reports.periods import Period
from kiosk.reports.queries import Asked, Report, report
from kiosk.storage import clock
from tests.support.machines import Machine
from tests.support.pages import Client

MONDAY = datetime.date(2026, 3, 2)
TUESDAY = datetime.date(2026, 3, 3)
YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 11, 21))
ROW = re.compile(r'<tr><th scope="row">(?:<span class="part">)?([^<]+)(?:</span>)?</th>(.*?)</tr>', re.S)


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))


@pytest.fixture
def nioro(kiosk: Machine) -> uuid.UUID:
    """The space of the kiosk under test."""
    with kiosk.open():
        found = places.here_uid()
    assert found
    return found


@pytest.fixture
def three(centre: Machine) -> dict[str, uuid.UUID]:
    """Three spaces as the centre knows them, by code."""
    with centre.writing():
        made = {
            code: spaces.open_space(
                code, spaces.SpaceCard(name, phone="+22376000000", contact="Oumou Camara")
            )
            for code, name in (("NIO", "Nioro"), ("KAY", "Kayes"), ("YEL", "Yélimané"))
        }
        return {code: space.uid for code, space in made.items()}


def figures(machine: Machine, period: Period = YEAR, **asked: uuid.UUID) -> Report:
    """The report of a machine."""
    with machine.open():
        return report(Asked(period, **asked))


Screen = dict[str, list[Decimal]]


def number(text: str) -> Decimal:
    """A figure as a page or a table file writes it."""
    return Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))


def on_screen(client: Client, path: str) -> list[tuple[str, list[Decimal]]]:
    """Every line of the tables of a report: its name and its figures, in order."""
    page = client.get(path).get_data(as_text=True)
    return [
        (name, [number(one) for one in re.findall(r"<td[^>]*>([^<]*)</td>", cells)])
        for name, cells in ROW.findall(page)
    ]


def in_file(client: Client, path: str) -> list[list[str]]:
    """The rows of a table file."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.data.startswith("\ufeff".encode())
    rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    # Under an empty row stand tables of another shape.
    return list(itertools.takewhile(bool, rows))


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    """The manager's phone."""
    return kiosk.as_("manager")


@pytest.fixture
def salimata(centre: Machine) -> Client:
    """The coordinator's PC."""
    return centre.as_("coordinator")


Make = Callable[..., uuid.UUID]
