"""Bundles in pieces: cut where a stick needs it, gone on with later, brought in any order."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.members.models import Member
from kiosk.storage import session
from kiosk.sync.bundle import outgoing
from kiosk.sync.bundle.envelope import glimpse
from kiosk.sync.bundle.trouble import StickGone
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Pulled, Stick, stick
from tests.sync.telling import named, register, waiting

PIECE = 500
"""Small pieces, as a gigabyte is for a real stick."""


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


@pytest.fixture
def crowd(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return a_crowd(nioro, monkeypatch)


def a_crowd(nioro: Post, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twenty people, and letters of a few changes each."""
    monkeypatch.setattr("kiosk.sync.link.LARGEST", 300)
    people = [f"Awa {'x' * number}" for number in range(1, 21)]
    for name in people:
        register(nioro.kiosk, name)
    return sorted(people)


def test_pieces_that_are_there_are_not_written_again(
    nioro: Post, centre: Machine, key: Stick, crowd: list[str]
) -> None:
    bundle = outgoing.Outgoing(nioro.kiosk.store, nioro.kiosk.data, "test", PIECE)
    pieces = bundle.plan().pieces
    assert len(pieces) >= 4
    writing, real = [], outgoing.Outgoing.fill

    def fill(self: Any, file: Any, piece: Any, *rest: Any) -> None:
        writing.append(piece.number)
        real(self, Pulled(file, 0) if writing == [1, 2, 3] else file, piece, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outgoing.Outgoing, "fill", fill)
        with pytest.raises(StickGone):
            key.written_at(nioro.kiosk, PIECE)
        assert writing == [1, 2, 3]
        writing.clear()
        written = key.written_at(nioro.kiosk, PIECE)
    assert writing == [piece.number for piece in pieces[2:]]
    assert (written.pieces, written.kept) == (len(pieces), 2)
    key.taken_at(centre)
    assert named(centre) == crowd


def test_a_piece_spoilt_on_the_stick_is_written_again(
    nioro: Post, centre: Machine, key: Stick, crowd: list[str]
) -> None:
    key.written_at(nioro.kiosk, PIECE)
    spoilt = key.files[1]
    spoilt.write_bytes(spoilt.read_bytes()[:-40])
    written = key.written_at(nioro.kiosk, PIECE)
    assert written.pieces - written.kept == 1
    key.taken_at(centre)
    assert named(centre) == crowd


def test_new_changes_touch_the_last_piece_only(nioro: Post, key: Stick, crowd: list[str]) -> None:
    first = key.written_at(nioro.kiosk, PIECE)
    register(nioro.kiosk, "Bintou Diallo")
    second = key.written_at(nioro.kiosk, PIECE)
    assert second.kept == first.pieces - 1
    assert len(key.files) == second.pieces


def test_a_piece_that_comes_first_waits_for_the_one_before_it(
    kiosk: Machine, any_centre: Machine, key: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro = link_up(kiosk, any_centre)
    crowd = a_crowd(nioro, monkeypatch)
    bundle = outgoing.Outgoing(nioro.kiosk.store, nioro.kiosk.data, "test", PIECE)
    pieces = bundle.plan().pieces
    key.written_at(nioro.kiosk, PIECE)
    first = key.path / "KIOSK" / pieces[0].name
    aside = first.rename(key.path / first.name)
    (taken,) = key.taken_at(any_centre)
    assert taken.needs == (1, pieces[0].last)
    assert named(any_centre) == []
    read = key.read_at(nioro.kiosk)
    assert (read.acknowledged, read.needs) == (0, (1, pieces[0].last))
    aside.rename(first)
    for path in key.files:
        if path.name[0] == "E" and path != first:
            path.unlink()
    (taken,) = key.taken_at(any_centre)
    assert taken.needs is None
    assert named(any_centre) == crowd, "what waited followed by itself"
    key.read_at(nioro.kiosk)
    assert waiting(nioro.kiosk) == 0


def test_an_answer_that_was_overtaken_takes_nothing_back(
    nioro: Post, centre: Machine, crowd: list[str], tmp_path: Path
) -> None:
    key, late = stick(tmp_path, "a"), stick(tmp_path, "b")
    key.written_at(nioro.kiosk, PIECE)
    last_piece = max(key.files, key=piece_of)
    (late.path / "KIOSK").mkdir()
    last_piece.rename(late.path / "KIOSK" / last_piece.name)
    assert late.taken_at(centre)[0].needs, "what precedes it has not come"
    nioro.exchange()
    with centre.writing("coordinator"):
        session().query(Member).filter_by(family_name="x").one().family_name = "Xaba"
    nioro.exchange()
    assert late.read_at(nioro.kiosk).acknowledged == 0
    assert waiting(nioro.kiosk) == 0, "the centre has everything"
    nioro.exchange()
    assert "Awa Xaba" in named(nioro.kiosk)
    assert named(nioro.kiosk) == named(centre)


def piece_of(path: Path) -> int:
    header = glimpse(path)
    return header.piece if header else 0


@pytest.mark.parametrize("newer", [0, 1])
def test_a_copy_that_was_overtaken_stops_no_other_on_the_stick(
    nioro: Post, centre: Machine, tmp_path: Path, newer: int
) -> None:
    old, new = stick(tmp_path, "a"), stick(tmp_path, "b")
    register(nioro.kiosk, "Awa Coulibaly")
    old.written_at(nioro.kiosk)
    register(nioro.kiosk, "Bintou Diallo")
    nioro.exchange()
    register(nioro.kiosk, "Coumba Sacko")
    new.written_at(nioro.kiosk)
    both = [old.files[0], new.files[0]]
    for place, path in enumerate(both if newer else reversed(both)):
        path.rename(new.path / "KIOSK" / f"E{place}.KSE")
    (taken,) = new.taken_at(centre)
    assert (taken.taken, taken.state) == (1, 200)
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo", "Coumba Sacko"]
    new.read_at(nioro.kiosk)
    assert waiting(nioro.kiosk) == 0
