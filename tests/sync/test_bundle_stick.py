"""Sticks as they are: pulled out, full, locked, lying, cut into pieces, brought in any order."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.sync.bundle import carry, outgoing
from kiosk.sync.bundle import stick as sticks
from kiosk.sync.bundle.trouble import (
    Busy,
    NoSuchPlace,
    NothingHere,
    StickFull,
    StickGone,
    StickLies,
    StickReadOnly,
)
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.sticks import Pulled, Stick, stick
from tests.sync.telling import named, register, waiting


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


def pull_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pull the stick out after so many bytes of the next files: nothing can be tidied up either."""
    real = outgoing.Outgoing.fill

    def fill(self: Any, file: Any, *rest: Any) -> None:
        real(self, Pulled(file, count), *rest)

    def unlink(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(outgoing.Outgoing, "fill", fill)
    monkeypatch.setattr(Path, "unlink", unlink)


def test_a_stick_pulled_out_at_any_byte_leaves_what_was_there(
    nioro: Post, centre: Machine, key: Stick
) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    key.written_at(nioro.kiosk)
    (older,) = key.files
    kept = older.read_bytes()
    register(nioro.kiosk, "Bintou Diallo")
    before = waiting(nioro.kiosk)
    for count in [0, 3, 255, 256, 300, *range(400, len(kept), 150), len(kept) - 33]:
        with pytest.MonkeyPatch.context() as patch:
            pull_after(count, patch)
            with pytest.raises(StickGone, match="Rebranchez-la"):
                key.written_at(nioro.kiosk)
        assert [path.name for path in key.files if path.suffix == ".KSE"] == [older.name]
        assert older.read_bytes() == kept
    assert waiting(nioro.kiosk) == before
    key.taken_at(centre)
    assert named(centre) == ["Awa Coulibaly"], "what was whole before is still good"
    key.written_at(nioro.kiosk)
    assert [path.suffix for path in key.files if path.name[0] == "E"] == [".KSE"], "older pieces are gone"
    key.taken_at(centre)
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo"]


def test_a_stick_that_does_not_keep_what_it_takes_is_found_out(
    nioro: Post, key: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(handle: int, *_: int) -> None:
        os.pwrite(handle, b"\0\0", 300)

    monkeypatch.setattr(os, "posix_fadvise", lie)
    with pytest.raises(StickLies, match="garde mal les fichiers"):
        key.written_at(nioro.kiosk)
    assert key.files == []


def test_the_check_reads_the_stick_and_not_the_memory(
    nioro: Post, key: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (calls.append("out"), real(handle))[1])
    monkeypatch.setattr(os, "posix_fadvise", lambda *about: calls.append(about[3]))
    monkeypatch.setattr(sticks, "opened", lambda path: calls.append("read"))
    key.written_at(nioro.kiosk)
    assert calls[-4:] == ["out", os.POSIX_FADV_DONTNEED, "read", "out"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Stick]:
    """A real disk of 16 kB."""
    path = tmp_path / "petite"
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(path)]
    if os.getuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting needs root")
    yield Stick(path)
    subprocess.run(["umount", str(path)], check=True)


def test_a_full_stick_is_said_and_keeps_nothing_half_done(nioro: Post, small: Stick) -> None:
    (small.path / "film.mp4").write_bytes(bytes(16_000))
    with pytest.raises(StickFull, match="La clé est pleine"):
        small.written_at(nioro.kiosk)
    assert small.files == []
    (small.path / "film.mp4").unlink()
    assert small.written_at(nioro.kiosk).changes == waiting(nioro.kiosk)


def test_a_locked_stick_is_said(nioro: Post, centre: Machine, small: Stick) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    small.written_at(nioro.kiosk)
    subprocess.run(["mount", "-o", "remount,ro", str(small.path)], check=True)
    register(nioro.kiosk, "Bintou Diallo")
    with pytest.raises(StickReadOnly, match="refuse l’écriture"):
        small.written_at(nioro.kiosk)
    small.taken_at(centre)
    assert named(centre) == ["Awa Coulibaly"], "it can still be read; the answer stays at the centre"


def test_a_stick_that_is_not_there_is_said(nioro: Post, tmp_path: Path) -> None:
    for path in (tmp_path / "nulle" / "part", tmp_path / "nulle", tmp_path / "nulle" / "part.kse"):
        with pytest.raises(NoSuchPlace):
            Stick(path).written_at(nioro.kiosk)
        assert not path.exists()
    with pytest.raises(NoSuchPlace):
        Stick(tmp_path / "nulle" / "part").written_at(nioro.kiosk)
    with pytest.raises(NoSuchPlace):
        Stick(tmp_path / "nulle").read_at(nioro.kiosk)


def test_somebodys_stick_full_of_other_things_is_left_as_it_is(
    nioro: Post, centre: Machine, key: Stick
) -> None:
    (key.path / "KIOSK").mkdir()
    others = {"PHOTO.KSE": b"\xff\xd8 not a bundle", "LISEZMOI.TXT": b"bonjour", "VIDE.KSE": b""}
    for name, content in others.items():
        (key.path / "KIOSK" / name).write_bytes(content)
    with pytest.raises(NothingHere):
        key.taken_at(centre)
    key.written_at(nioro.kiosk)
    assert {name: (key.path / "KIOSK" / name).read_bytes() for name in others} == others


def test_one_copy_at_a_time(nioro: Post, key: Stick) -> None:
    with outgoing.alone(nioro.kiosk.data):
        assert carry.is_running(nioro.kiosk.data)
        with pytest.raises(Busy, match="déjà en cours"):
            key.written_at(nioro.kiosk)
    assert not carry.is_running(nioro.kiosk.data)


def test_sticks_are_found_where_disks_are_mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    disk, other = tmp_path / "media" / "CLE DE AWA", tmp_path / "media" / "reseau"
    for path in (disk, other):
        path.mkdir(parents=True)
    spelt = str(disk).replace(" ", "\\040")
    table.write_text(
        f"36 25 8:1 / {spelt} rw,nosuid shared:1 - vfat /dev/sda1 rw\n"
        f"37 25 0:9 / {other} rw shared:2 - nfs4 host:/ rw\n"
        "38 25 8:2 / /boot rw shared:3 - vfat /dev/mmcblk0p1 rw\n"
    )
    monkeypatch.setattr(sticks, "_MOUNTS", table)
    monkeypatch.setattr(sticks, "_ROOTS", (tmp_path / "media",))
    (found,) = sticks.sticks()
    assert (found.name, found.writable) == ("CLE DE AWA", True)
    assert found.free > 0
    assert sticks.named(str(disk)).path == disk
    with pytest.raises(NoSuchPlace):
        sticks.named("/etc")
