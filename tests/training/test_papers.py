"""Paper first: the sheet as a page and as a PDF, its code to scan, the column asked for."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.paper import press
from kiosk.paper.sheet import draw
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.training import papers, queries
from kiosk.training.catalogue.models import SessionKind
from kiosk.training.models import Mode
from tests.paper.recording import Read
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
HOME = "http://localhost:8080"


def pages(pdf: bytes) -> int:
    found = re.search(rb"/Count (\d+)", pdf)
    assert found
    return int(found[1])


def drawn(course: Course, *extra: str) -> Read:
    book = Read("", "fr")
    wanted = papers.Wanted(queries.sitting_lines(course.training.uid), "http://kiosque.local/f/X", extra)
    draw(book, papers.sheet(course.training, wanted))
    return book


def test_the_sheet_comes_as_a_pdf_of_one_page_for_a_room_of_thirty(
    manager: Client, people: People, course: Courses
) -> None:
    one = course(trainer_name="F. B.", trainer_sex="F")
    one.enrol(*people(30))
    answer = manager.get(f"/formations/{one.training.uid}/feuille.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "inline" in answer.headers["Content-Disposition"] and pages(answer.data) == 2


def test_it_names_who_teaches_and_leaves_lines_for_whoever_walks_in(full: Course) -> None:
    book = drawn(full)
    assert {"Formatrice\u00a0:", "F. B.", "COULIBALY Awa", "mar. 24 nov.", "15:00"} <= set(
        book.page.split("\n")
    )
    assert not book.outside()
    seated = len(queries.seated(full.training))
    wanted = papers.Wanted(queries.sitting_lines(full.training.uid))
    rows = [row for folio in papers.sheet(full.training, wanted)["folios"] for row in folio["rows"]]
    assert sum(not row[1] for row in rows) >= papers.BLANK and sum(bool(row[1]) for row in rows) == seated


def test_a_debate_has_a_column_for_the_category_and_still_a_place_to_sign(
    manager: Client, full: Course
) -> None:
    assert "Catégorie" not in drawn(full).page
    assert "Catégorie" in drawn(full, "categorie").page
    path = f"/formations/{full.training.uid}/feuille?seance={full.sittings[1].uid}"
    assert "Catégorie" not in text(manager, path) and "Avec colonne catégorie" in text(manager, path)
    shown = text(manager, f"{path}&avec=categorie")
    assert "Catégorie" in shown and "Signature ou empreinte" in shown and "Sans colonne catégorie" in shown


def test_a_debate_asks_the_category_and_a_session_from_afar_who_was_connected(full: Course) -> None:
    assert papers.columns_of(full.training) == []
    with transaction():
        full.training.kind, full.training.mode = SessionKind.DEBATE, Mode.HYBRID
    book = drawn(full, *papers.columns_of(full.training))
    assert {"Catégorie", "Connecté"} <= set(book.page.split("\n")) and not book.outside()


def test_the_code_leads_a_phone_to_where_the_sheet_is_entered(manager: Client, full: Course) -> None:
    code, second = full.training.code, full.sittings[1]
    page = manager.get(f"/formations/{full.training.uid}/feuille.pdf", base_url=HOME)
    assert page.status_code == 200
    one = manager.get(f"/f/{code.lower()}/{second.uid.hex[-6:]}")
    assert one.location == f"/seances/{second.uid}/presences?papier=1"
    assert '<details class="card more" open' in manager.get(one.location).get_data(as_text=True)
    assert manager.get(f"/f/{code}").location == f"/formations/{full.training.uid}"
    assert manager.get("/f/ZZZZZZ").status_code == 404


def test_a_phone_that_is_not_signed_in_signs_in_first_and_comes_back(kiosk: Machine, full: Course) -> None:
    answer = kiosk.client().get(f"/f/{full.training.code}")
    assert answer.status_code == 303 and f"suite=/f/{full.training.code}" in answer.location.replace(
        "%2F", "/"
    )


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("http://localhost:8080", "http://kiosque.local:8080/f/"),
        ("http://127.0.0.1", "http://kiosque.local/f/"),
        ("http://192.168.4.1", "http://192.168.4.1/f/"),
        ("http://kiosque.local", "http://kiosque.local/f/"),
    ],
)
def test_a_code_printed_at_the_machine_itself_still_leads_a_phone_there(
    kiosk: Machine, seen: str, said: str
) -> None:
    from kiosk.web.printing import outside

    with kiosk.app.test_request_context(base_url=seen):
        assert outside("training.by_code", code="7Q2M4K") == f"{said}7Q2M4K"


def test_where_no_pdf_can_be_made_the_page_says_so_and_leads_nowhere_dead(
    manager: Client, full: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "is_there", lambda: False)
    manager.application.jinja_env.globals["prints"] = press.is_there
    path = f"/formations/{full.training.uid}/feuille"
    html = manager.get(path).get_data(as_text=True)
    assert "feuille.pdf" not in html and "ne fait pas de PDF" in html
    assert manager.get(f"{path}.pdf").status_code == 409


def test_a_press_that_jams_says_to_print_the_page(
    manager: Client, full: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_PATIENCE", 0.0)
    answer = manager.get(f"/formations/{full.training.uid}/feuille.pdf")
    assert answer.status_code == 409 and "Imprimez la page" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("pcode", "under"),
    [
        ("ML010610", "cercle de Nioro, région de Nioro"),
        ("ML010705", "cercle de Yélimané, région de Kayes"),
    ],
    ids=["moved in 2023", "not sure since"],
)
def test_the_head_says_the_region_of_today_and_prints_no_doubt(full: Course, pcode: str, under: str) -> None:
    with transaction():
        places.here().commune = pcode  # type: ignore[union-attr]
    fresh()
    assert papers.letterhead(full.training.space_uid, "")["under"] == under
