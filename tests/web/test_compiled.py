"""Compiled pages survive a start, and nothing torn is believed."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from kiosk.web.compiled import Compiled

SOURCE = "Bonjour {{ name }}"


def render(folder: Path, source: str = SOURCE) -> str:
    pages = Environment(loader=DictLoader({"page": source}), bytecode_cache=Compiled(folder), autoescape=True)
    return pages.get_template("page").render(name="Awa")


def test_a_second_start_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pages"
    assert render(folder) == "Bonjour Awa"
    (kept,) = folder.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(Environment, "compile", lambda *_a, **_k: pytest.fail("compiled again"))
    assert render(folder) == "Bonjour Awa"
    assert list(folder.iterdir()) == [kept]


def test_a_changed_page_is_compiled_again(tmp_path: Path) -> None:
    render(tmp_path)
    assert render(tmp_path, "Au revoir {{ name }}") == "Au revoir Awa"
    assert render(tmp_path, "Au revoir {{ name }}") == "Au revoir Awa"


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 40, -1])
def test_what_a_power_cut_tore_is_compiled_again(tmp_path: Path, cut: int) -> None:
    render(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:cut])
    assert render(tmp_path) == "Bonjour Awa"


def test_flipped_bits_are_compiled_again(tmp_path: Path) -> None:
    render(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = bytearray(kept.read_bytes())
    whole[len(whole) // 2] ^= 0x40
    kept.write_bytes(whole)
    assert render(tmp_path) == "Bonjour Awa"


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "pages"
    blocked.write_text("a file where the folder should be")
    assert render(blocked) == "Bonjour Awa"
