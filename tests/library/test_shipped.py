"""The shipped materials: fifteen, plain, honest about Bambara, the same everywhere."""

import hashlib
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.library import shipped
from kiosk.library.models import Material, MaterialFile
from kiosk.library.vocabulary import Kind, Theme
from kiosk.storage.log import sync_log
from tests.support.machines import Machine
from tests.translations.sources import SHELF
from tests.translations.words import rows, typographic

LEAVES = shipped.leaves()
LONGEST_SENTENCE = 12
SPOKEN = re.compile(r"\[([^\]]+)\]\{fr\}")


def sentences(body: str) -> list[str]:
    """The sentences of a text, without tables, marks of lists and titles."""
    lines = [re.sub(r"^(#+|-|\d+\.)\s*", "", line) for line in body.splitlines() if line[:1] != "|"]
    plain = SPOKEN.sub(r"\1", "\n".join(lines))
    return [part for part in re.split(r"[.!?:](?=\s|$)|\n", plain) if part.strip()]


def count(machine: Machine, thing: object) -> int:
    with machine.open() as session:
        return session.scalar(select(func.count()).select_from(thing)) or 0  # type: ignore[arg-type]


def test_there_are_fifteen_of_them_and_every_kind_is_there() -> None:
    assert len(LEAVES) == 15
    assert {leaf.head["kind"] for leaf in LEAVES} == set(Kind)
    assert {leaf.head["theme"] for leaf in LEAVES} <= set(Theme)


def test_they_are_light_enough_for_a_slow_link() -> None:
    assert sum(path.stat().st_size for path in shipped.SEED.rglob("*")) < 3_000_000


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.slug)
def test_sentences_are_short(leaf: shipped.Leaf) -> None:
    long = [s for s in sentences(leaf.body) if len(re.findall(r"[\w’=()+-]+", s)) > LONGEST_SENTENCE]
    assert not long


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.slug)
def test_french_is_written_with_its_own_signs(leaf: shipped.Leaf) -> None:
    text = leaf.body + leaf.head["title"] + leaf.head["summary"]
    assert "'" not in text
    assert not re.search(r" [;:!?»]|« ", text)


def test_no_file_of_the_folder_is_forgotten() -> None:
    named = {entry["name"] for leaf in LEAVES for entry in leaf.head.get("files", [])}
    assert named == {path.name for path in (shipped.SEED / "files").iterdir()}


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in LEAVES if leaf.head["language"] == "bm"], ids=lambda leaf: leaf.slug
)
def test_every_bambara_word_is_in_the_glossary_and_waits_for_a_speaker(leaf: shipped.Leaf) -> None:
    known = {typographic(row["msgid_fr"]): typographic(row["bm"]) for row in rows(SHELF / "glossary.csv")}
    pairs = re.findall(r"^\| \[(.+?)\]\{fr\} \| (.+?) \|$", leaf.body, re.M)
    assert leaf.head["needs_review"]
    assert len(pairs) > 20
    wrong = [pair for pair in pairs if pair[0] != "Français" and known.get(pair[0]) != pair[1]]
    assert not wrong
    assert set(leaf.head.get("titles", {}).get("bm", "").lower().split(", ")) <= {*known.values(), ""}


def test_loading_fills_an_empty_machine_with_whole_files(shelves: Machine) -> None:
    assert count(shelves, Material) == 15
    with shelves.open() as session:
        for file in session.scalars(select(MaterialFile)):
            path = shelves.settings.files / file.sha256[:2] / file.sha256
            assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
            assert path.stat().st_size == file.size
    assert not list(Path(shelves.settings.spool).iterdir())


def test_loading_again_changes_nothing(shelves: Machine) -> None:
    with shelves.writing():
        assert shipped.load(shelves.settings) == 0


def test_a_new_release_corrects_a_sheet_and_search_follows(
    shelves: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = [
        shipped.Leaf(leaf.slug, {**leaf.head, "title": "Carnet de bord"}, leaf.body)
        for leaf in LEAVES
        if leaf.slug == "clavier"
    ]
    monkeypatch.setattr(shipped, "leaves", lambda: corrected)
    with shelves.writing():
        assert shipped.load(shelves.settings) == 1
    assert "Carnet de bord" in shelves.client().get("/mediatheque?q=carnet").get_data(as_text=True)


def test_nothing_shipped_is_ever_sent(kiosk: Machine) -> None:
    before = count(kiosk, sync_log)
    with kiosk.writing():
        assert shipped.load(kiosk.settings) > 15
    assert count(kiosk, sync_log) == before


def test_two_machines_hold_the_same_rows(shelves: Machine, centre: Machine) -> None:
    with centre.writing():
        shipped.load(centre.settings)

    def uids(machine: Machine) -> set[object]:
        with machine.open() as session:
            return {*session.scalars(select(Material.uid)), *session.scalars(select(MaterialFile.uid))}

    assert uids(shelves) == uids(centre)
