"""Icons, circles and the arithmetic of charts."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from werkzeug.test import TestResponse

import kiosk
from kiosk.paths import shelf
from kiosk.web import charts, icons, stylesheet
from tests import gallery

KIOSK = Path(kiosk.__file__).parent


def test_a_page_prints_each_icon_it_used_once() -> None:
    with Flask("page").app_context():
        for name in ("people", "send", "people"):
            icons.use_icon(name)
        printed = str(icons.icon_symbols())
    assert re.findall(r'id="i-([a-z]+)"', printed) == ["people", "send"]


def test_an_unknown_icon_is_named() -> None:
    with Flask("page").app_context(), pytest.raises(KeyError, match="unicorn"):
        icons.use_icon("unicorn")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kadidia Sacko", "KS"), ("Awa", "A"), ("Ɲalen ag Elmehdi", "ƝE"), ("  ", ""), ("É-mile 3", "ÉM")],
)
def test_two_letters_stand_for_a_person(name: str, letters: str) -> None:
    assert icons.initials(name) == letters


def test_the_ground_of_a_circle_follows_the_number_alone() -> None:
    grounds = {icons.alternate(f"NIO-{number:06}") for number in range(20)}
    assert grounds == {True, False}
    assert icons.alternate("NIO-000123-C") == icons.alternate("NIO-000123-C")


def test_a_missing_month_is_not_a_zero() -> None:
    missing, none, some = charts.columns([("J", None), ("F", 0), ("M", 4)], width=300, height=100)
    assert (missing.total, none.total, some.total) == (None, 0, 4)
    assert some.low == 100
    assert some.top


def test_two_parts_stand_on_each_other() -> None:
    first, second = charts.columns([("J", 6, 4), ("F", 10, 10)], width=200, height=80)
    assert (first.low, first.high, first.total) == (24.0, 16.0, 10)
    assert second.low + second.high == 80


def test_a_chart_of_nothing_draws_nothing() -> None:
    assert charts.columns([]) == []
    assert charts.rows([]) == []
    assert [column.low for column in charts.columns([("J", 0), ("F", 0)])] == [0, 0]


def test_a_share_stays_between_nothing_and_all() -> None:
    assert (charts.share(3, 4), charts.share(5, 4), charts.share(1, 0)) == (75.0, 100.0, 0.0)


@pytest.fixture
def sheet() -> TestResponse:
    app = Flask("page", static_url_path="/static")
    stylesheet.register(app)
    with app.test_request_context():
        address = render_template_string("{{ style_url() }}")
    return app.test_client().get(address, headers={"Accept-Encoding": "gzip"})


def test_the_sheet_is_one_file_within_its_weight(sheet: TestResponse) -> None:
    assert sheet.status_code == 200
    assert len(sheet.data) < 8000
    assert "immutable" in sheet.headers["Cache-Control"]


def test_the_sheet_keeps_its_rules_when_it_is_packed(sheet: TestResponse) -> None:
    text = gzip.decompress(sheet.data).decode()
    assert "/*" not in text
    assert text.count("{") == text.count("}")
    assert ";background:#f8f3e9}" in text
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= {"ia"}


def test_every_rule_is_for_something_that_a_page_may_hold() -> None:
    """A class of the sheet stands in a page, a script or the code that draws; `i-s` is « i- » and a size."""
    written = set(re.findall(r"\.([a-z][\w-]*)", _selectors()))
    folders = (shelf("static") / "js", KIOSK, Path(gallery.__file__).parent)
    sources = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".js", ".py"}
    ]
    words = set(re.findall(r"[\w-]+", " ".join(path.read_text("utf-8") for path in sources)))
    assert written - words == {"i-s"}


def _selectors() -> str:
    text = " ".join(path.read_text("utf-8") for path in (shelf("static") / "css").glob("*.css"))
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text, flags=re.DOTALL)
    return " ".join(re.findall(r"([^{}]+)\{", bare))


def test_an_unknown_sheet_is_not_found() -> None:
    app = Flask("page", static_url_path="/static")
    stylesheet.register(app)
    assert app.test_client().get("/static/css/unknown-1.css").status_code == 404
