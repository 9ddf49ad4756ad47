"""Locked copies: they alone hold what is private, and open with the code on paper and nothing else."""

import io
import sqlite3
import stat
import tarfile
import uuid
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.members.disability.models import Difficulties, Difficulty
from kiosk.storage import Base, StoreError, archive, backup, private, sealing, synced_models
from tests.support.machines import Machine

PHOTO = b"\xff\xd8\xff the face of Awa \xff\xd9"
AWA = uuid.UUID(int=7)


def quiet(_done: int, _total: int) -> None:
    pass


def run(data: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words], input=typed)


@pytest.fixture
def code(kiosk: Machine) -> str:
    """The code of Nioro's copies, as it was read from the console."""
    private.shelf(kiosk.data, "photos").put(AWA, PHOTO)
    said = run(kiosk.data, "backup-key").output
    found: str = said.split(" : ")[1].split()[0]
    return found


def test_a_locked_copy_holds_the_private_files_and_nobody_reads_it(
    kiosk: Machine, code: str, tmp_path: Path
) -> None:
    done = run(kiosk.data, "backup", str(tmp_path / "copie.tar"))
    assert "Copie chiffrée, écrite et vérifiée" in done.output, done.output
    locked = (tmp_path / "copie.tar").read_bytes()
    assert PHOTO not in locked and b"Kadidia" not in locked and b"manifest" not in locked
    assert not tarfile.is_tarfile(tmp_path / "copie.tar")
    assert code.replace("-", "").encode() not in b"".join(
        path.read_bytes() for path in kiosk.data.rglob("*") if path.is_file()
    )


def test_it_comes_back_with_the_code_on_a_machine_of_another_name(
    kiosk: Machine, code: str, tmp_path: Path
) -> None:
    run(kiosk.data, "backup", str(tmp_path / "copie.tar"))
    wrong = run(tmp_path / "new", "restore", str(tmp_path / "copie.tar"), typed=sealing.new_code() + "\n")
    assert wrong.exit_code == 1 and "ce code n’ouvre pas cette copie" in wrong.output
    typed = code.lower().replace("-", " ").replace("0", "o")
    done = run(tmp_path / "new", "restore", str(tmp_path / "copie.tar"), typed=typed + "\n")
    assert done.exit_code == 0, done.output
    back = private.shelf(tmp_path / "new", "photos")
    assert back.path(AWA).read_bytes() == PHOTO
    assert stat.S_IMODE(back.path(AWA).stat().st_mode) == 0o600
    assert stat.S_IMODE(back.root.stat().st_mode) == stat.S_IMODE(back.root.parent.stat().st_mode) == 0o700
    assert (tmp_path / "new" / "kiosk.db").read_bytes()[:6] == b"SQLite"


def test_an_open_copy_leaves_the_private_files_out_and_says_so(kiosk: Machine, tmp_path: Path) -> None:
    private.shelf(kiosk.data, "photos").put(AWA, PHOTO)
    done = run(kiosk.data, "backup", str(tmp_path / "copie.tar"))
    assert "ni photos des membres" in done.output
    assert PHOTO not in (tmp_path / "copie.tar").read_bytes()


def test_answers_on_health_stand_in_locked_copies_alone(kiosk: Machine, tmp_path: Path) -> None:
    with kiosk.writing("manager") as session:
        session.add(Difficulties(member_uid=AWA, seeing=Difficulty.CANNOT, asked_on=date(2026, 3, 4)))
    for lock, kept in ((False, 0), (True, 1)):
        code = run(kiosk.data, "backup-key").output.split(" : ")[1].split()[0] if lock else ""
        run(kiosk.data, "backup", str(tmp_path / "copie.tar"))
        done = run(tmp_path / f"new{lock}", "restore", str(tmp_path / "copie.tar"), typed=code + "\n")
        assert done.exit_code == 0, done.output
        with closing(sqlite3.connect(tmp_path / f"new{lock}" / "kiosk.db")) as back:
            assert back.execute("SELECT count(*) FROM member_difficulties").fetchone() == (kept,)
    assert set(private.TABLES) <= Base.metadata.tables.keys() - synced_models().keys()


def test_a_last_block_that_is_full_ends_the_file_too(tmp_path: Path) -> None:
    code = sealing.new_code()
    sealing.lock_with(tmp_path, code)
    lock = sealing.lock_of(tmp_path)
    assert lock
    for size in (0, 1, 1 << 16, (1 << 16) + 1):
        out = io.BytesIO()
        writing = sealing.Writing(out, lock)
        writing.write(bytes(size))
        writing.close()
        whole = out.getvalue()
        assert sealing.Reading(io.BytesIO(whole), sealing.opener(code)).read() == bytes(size)
        with pytest.raises(StoreError):
            sealing.Reading(io.BytesIO(whole + b"more"), sealing.opener(code)).read()


def test_a_locked_copy_that_is_cut_or_altered_anywhere_does_not_open(
    kiosk: Machine, code: str, tmp_path: Path
) -> None:
    backup.write(kiosk.data, tmp_path / "copie.tar", quiet)
    whole = (tmp_path / "copie.tar").read_bytes()
    opened = sealing.opener(code)
    assert "kiosk.db" in archive.read_manifest(tmp_path / "copie.tar", opened)
    hurt = [whole[:60], whole[: len(whole) // 2], whole[:-1], whole + b"x", whole[: -(1 << 16) - 17]]
    hurt += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (5, 90, 200, 80_000, -1)]
    for bad in hurt:
        (tmp_path / "abimee.tar").write_bytes(bad)
        with pytest.raises(StoreError):
            archive.read_manifest(tmp_path / "abimee.tar", opened)


def test_a_second_code_is_asked_for_aloud_and_a_mistyped_one_is_told(kiosk: Machine, code: str) -> None:
    again = run(kiosk.data, "backup-key")
    assert again.exit_code == 2 and "--new" in again.output
    assert run(kiosk.data, "backup-key", "--new").exit_code == 0
    with pytest.raises(StoreError, match="mal tapé"):
        sealing.opener(code[:-1] + ("A" if code[-1] != "A" else "B"))


def test_without_the_library_of_keys_nothing_is_half_locked(
    kiosk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nacl", None)
    done = run(kiosk.data, "backup-key")
    assert done.exit_code == 1 and "ne sait pas chiffrer" in done.output
    assert not (kiosk.data / sealing.NAME).exists()


def test_a_photo_that_goes_while_the_copy_runs_stops_no_copy(
    kiosk: Machine, code: str, tmp_path: Path
) -> None:
    """One taken away, one taken anew: neither stands half in the copy; the third one does."""
    taken, anew = uuid.UUID(int=1), uuid.UUID(int=2)
    photos = private.shelf(kiosk.data, private.PHOTOS)
    for one in (taken, anew):
        photos.put(one, one.bytes * 9)

    def meanwhile(done: int, _total: int) -> None:
        if done == 1:
            photos.drop(taken)
            photos.put(anew, b"another, longer than the one before" * 9)

    made = tmp_path / "copie.tar"
    assert backup.write(kiosk.data, made, meanwhile)
    backup.restore(made, tmp_path / "data", quiet, sealing.opener(code))
    assert list(private.shelf(tmp_path / "data", private.PHOTOS).uids()) == [AWA]
    photos.drop(anew)
    assert backup.write(kiosk.data, made, quiet)
