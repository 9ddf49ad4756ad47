"""The small files beside the database, while several processes of a machine write them."""

import threading
from pathlib import Path

import pytest

from kiosk.storage import clock
from kiosk.storage.notes import write_whole
from kiosk.sync import hardware


def test_writers_at_one_moment_never_tear_a_note(tmp_path: Path) -> None:
    trouble: list[object] = []

    def write(number: int) -> None:
        try:
            for at in range(60):
                clock.stand(tmp_path, clock.Footing("boot", number, 10 ** (4 * number) + at, 0, 0))
                hardware.remember(tmp_path, "stream", 10 ** (4 * number) + at)
                if hardware.remembered(tmp_path) == ("", 0):
                    trouble.append("torn")
        except OSError as error:
            trouble.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert trouble == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [clock.FILE, hardware.FILE]


def test_a_note_that_cannot_be_written_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.json"
    write_whole(path, "before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_whole(path, "after")
    assert [one.name for one in tmp_path.iterdir()] == ["note.json"]
    assert path.read_text() == "before"
