"""The counter's services: a line of cash, a count of sheets, and a book that is only added to."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.desk.till import services
from kiosk.desk.till.models import TillLine
from kiosk.storage import Refusal, session
from tests.desk.conftest import FRIDAY, NBSP, SATURDAY
from tests.support.machines import Machine
from tests.support.pages import Client

PAGE = "/visites/caisse"


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    manager = kiosk.as_("manager")
    assert manager.send(f"{PAGE}/tarifs/copy", label="Photocopie", price="25", active="y").status_code == 303
    return manager


def sell(client: Client, **typed: str) -> int:
    usual = {"service": "copy", "sheets": "12", "paid": "paid", "day": "2026-11-21"}
    return client.send(PAGE, **{**usual, **typed}).status_code


def shown(client: Client, path: str = PAGE) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True))
    return re.sub(r"\s+", " ", text.replace(NBSP, " ").replace("\u202f", " "))


def came_to(nioro: uuid.UUID, first: datetime.date = SATURDAY, last: datetime.date = SATURDAY) -> list:
    told = (one for some in services.sums(nioro, first, last).values() for one in some)
    return [(one.service, one.sheets, one.free, one.cash) for one in services.together(told)]


def test_twelve_photocopies_at_25_francs_make_a_line_of_300_and_a_count_of_12(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    assert sell(kadidia) == 303
    page = shown(kadidia)
    assert "12 feuilles · à 25 F CFA · 300 F CFA" in page
    assert "300 F CFA Photocopie 12 feuilles" in page
    with kiosk.open():
        assert came_to(nioro) == [("copy", 12, 0, 300)]


def test_sheets_given_free_count_and_bring_nothing_another_price_is_said_once(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    assert sell(kadidia, paid="free") == sell(kadidia, sheets="2", price="50") == 303
    with kiosk.open():
        assert came_to(nioro) == [("copy", 14, 12, 100)]
    assert "dont 12 gratuites" in shown(kadidia)


def test_a_mistake_is_taken_back_by_its_opposite_once_and_the_book_keeps_both(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    sell(kadidia)
    with kiosk.open() as found:
        uid = found.scalars(select(TillLine.uid)).one()
    for _ in range(2):
        assert kadidia.send(f"{PAGE}/{uid}/annuler", form_at="/visites").status_code == 303
    with kiosk.open():
        assert came_to(nioro) == []
        lines = services.lines(nioro, SATURDAY)
        assert sorted(one.sheets for one in lines) == [-12, 12]
        opposite = next(one for one in lines if one.reverses_uid)
        with pytest.raises(Refusal, match="corrige déjà"):
            services.reverse(nioro, opposite.uid)
    page = shown(kadidia)
    assert "12 feuilles reprises" in page and "Annulée" in page


def test_a_new_price_changes_no_line_that_was_noted(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    sell(kadidia, day="2026-11-20")
    kadidia.send(f"{PAGE}/tarifs/copy", label="Photocopie", price="100", active="y")
    sell(kadidia, sheets="1")
    with kiosk.open():
        assert came_to(nioro, FRIDAY, FRIDAY) == [("copy", 12, 0, 300)]
        assert came_to(nioro, FRIDAY) == [("copy", 13, 0, 400)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"service": "print"}, "pas encore au tarif"),
        ({"sheets": "0"}, "Notez entre 1 et"),
        ({"sheets": "-3"}, "Notez entre 1 et"),
        ({"price": "-25"}, "Écrivez un prix"),
        ({"day": "2026-11-22"}, "Vérifiez la date"),
        ({"service": "x"}, "pas dans la liste"),
    ],
)
def test_an_impossible_sale_is_never_written(kiosk: Machine, kadidia: Client, wrong: dict, said: str) -> None:
    answer = kadidia.send(
        PAGE, **{"service": "copy", "sheets": "1", "paid": "paid", "day": "2026-11-21", **wrong}
    )
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    with kiosk.open():
        assert session().scalars(select(TillLine)).all() == []


def test_a_service_is_added_put_away_and_a_trainer_sells_but_sets_no_price(
    kiosk: Machine, kadidia: Client
) -> None:
    assert kadidia.send(f"{PAGE}/tarifs/nouveau", label="Reliure", price="500").status_code == 303
    his = kiosk.as_("trainer")
    assert "Reliure · 500 F CFA" in shown(his)
    assert his.get(f"{PAGE}/tarifs").status_code == 403
    kadidia.send(f"{PAGE}/tarifs/reliure", label="Reliure", price="500")
    assert "Reliure" not in shown(his)
    assert sell(kadidia) == 303
    kadidia.send(f"{PAGE}/tarifs/copy", label="Photocopie", price="25")
    assert "Photocopie 12 feuilles" in shown(his), "its lines keep their name"


def test_the_page_costs_three_statements_whatever_the_lines(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID, statements: Callable[..., object]
) -> None:
    with kiosk.writing():
        sold = services.service(nioro, "copy")
        for _ in range(30):
            services.note(nioro, sold, 1, SATURDAY)
    kadidia.get(PAGE)
    with statements(3):  # type: ignore[attr-defined]
        kadidia.get(PAGE)


def test_a_month_stands_on_one_sheet_free_sheets_apart_and_in_no_donor_s_figures(
    kiosk: Machine, kadidia: Client, statements: Callable[..., object]
) -> None:
    sell(kadidia)
    sell(kadidia, sheets="3", paid="free", day="2026-11-20")
    sell(kadidia, service="print", sheets="2", price="100", day="2026-11-20")
    sell(kadidia, sheets="7", day="2026-10-31")
    kadidia.get(PAGE)
    day = kadidia.get(f"{PAGE}?jour=2026-11-20").get_data(as_text=True)
    sheet = shown(kadidia, f"{PAGE}/mois")
    assert "Impression 2 0 200" in sheet and "Photocopie 12 3 300" in sheet and "Total 14 3 500" in sheet
    assert "ven. 20 2 + 3 gratuites 200" in sheet and "sam. 21 12 300" in sheet
    told = kadidia.get(f"{PAGE}/mois.csv").get_data().decode("utf-8-sig").splitlines()
    assert told[1:] == [
        "2026-11-20;Impression;2;0;200",
        "2026-11-20;Photocopie;0;3;0",
        "2026-11-21;Photocopie;12;0;300",
    ]
    assert "Total 7 0 175" in shown(kadidia, f"{PAGE}/mois?mois=2026-10")
    wrong = re.findall(rf"{PAGE}/[0-9a-f-]{{36}}/annuler", day)[0]
    assert kadidia.send(wrong, form_at=PAGE).status_code == 303
    assert "Total 14 3 500" not in shown(kadidia, f"{PAGE}/mois")
    assert "La caisse est vide" in shown(kadidia, f"{PAGE}/mois?mois=2026-02")
    for odd in ("2026-13", "0001-01", "9999-12", "<x>"):
        assert "novembre 2026" in shown(kadidia, f"{PAGE}/mois?mois={odd}")
    report = shown(kadidia, "/rapports")
    assert "Caisse du mois" in report and "Photocopie" not in report
    assert "Photocopie" not in kadidia.get("/rapports/tableau.csv").get_data(as_text=True)
    with statements(4):  # type: ignore[attr-defined]
        kadidia.get(f"{PAGE}/mois")
