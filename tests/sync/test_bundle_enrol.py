"""A kiosk that begins from a stick: a lost machine is rebuilt without any network."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from kiosk.central import enrol_file as centre_side
from kiosk.central import nodes, queries, services
from kiosk.central.models import stream as streams
from kiosk.places import arrival
from kiosk.storage import Refusal, new_uid
from kiosk.sync import keyfile
from kiosk.sync.bundle import enrol_file
from kiosk.sync.bundle.trouble import Damaged, Forged, WrongCode
from kiosk.sync.code import Code
from kiosk.sync.enrol import enrol
from kiosk.sync.trouble import CodeMistyped, NotSafe, OtherSpace, Revoked
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import NIORO, named, register, waiting
from tests.sync.wire import Wsgi

ADDRESS = "http://127.0.0.1"


def file_for(centre: Machine, place: Path, replaces: int | None = 1) -> Code:
    """Make a code and its file at the centre."""
    with centre.open():
        with centre.writing():
            made = (
                services.replacement_code(replaces, centre.data)
                if replaces
                else services.make_code("NIO", centre.data)
            )
        with centre.open():
            place.write_bytes(centre_side.make(made, centre.data, ADDRESS, replaces is not None))
    return made


def lived(nioro: Post) -> None:
    for number in range(25):
        register(nioro.kiosk, f"Awa {number:02}")
    nioro.exchange()


def test_a_lost_kiosk_is_rebuilt_without_network(
    nioro: Post, centre: Machine, blank: Machine, tmp_path: Path
) -> None:
    lived(nioro)
    place = tmp_path / "NIORO.KSE"
    code = file_for(centre, place)
    made = enrol_file.read(blank.store, blank.data, place, str(code), arrival.arrive)
    assert named(blank) == named(nioro.kiosk)
    assert made == keyfile.load(blank.data)
    assert (made.node_no, made.centre, made.space) == (2, ADDRESS, "NIO")
    assert made.seal == keyfile.load(nioro.kiosk.data).seal
    blank.people = nioro.kiosk.people
    register(blank, "Bintou Diallo")
    again = Post(blank, Wsgi(centre.app))
    assert again.exchange().received == 0, "the snapshot was whole"
    assert "Bintou Diallo" in named(centre)
    assert waiting(blank) == 0
    with pytest.raises(Revoked):
        nioro.exchange()


def test_no_machine_is_left_behind_where_the_file_was_made(
    nioro: Post, centre: Machine, tmp_path: Path
) -> None:
    lived(nioro)
    file_for(centre, tmp_path / "a.kse")
    with centre.open() as current:
        assert len(current.execute(select(streams)).all()) == 1
        assert [one.state for one in queries.kiosks()] == ["revoked", "new"]


def test_the_file_opens_with_its_code_alone(
    nioro: Post, centre: Machine, blank: Machine, tmp_path: Path
) -> None:
    place = tmp_path / "a.kse"
    code = file_for(centre, place)
    other = file_for(centre, tmp_path / "b.kse", None)
    with pytest.raises(WrongCode, match="n’ouvre pas ce fichier"):
        enrol_file.read(blank.store, blank.data, place, str(other))
    with pytest.raises(CodeMistyped):
        enrol_file.read(blank.store, blank.data, place, str(code)[:-1])
    assert not (blank.data / keyfile.NAME).exists()
    assert b"Nioro" not in place.read_bytes()


def test_a_damaged_file_makes_no_machine(
    nioro: Post, centre: Machine, blank: Machine, tmp_path: Path
) -> None:
    place = tmp_path / "a.kse"
    code, whole = file_for(centre, place), place.read_bytes()
    for at in (0, 100, 300, len(whole) // 2, len(whole) - 2):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((Damaged, Forged, WrongCode)):
            enrol_file.read(blank.store, blank.data, place, str(code))
    assert not (blank.data / keyfile.NAME).exists()
    assert named(blank) == []


def test_a_code_makes_one_file(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    code = file_for(centre, tmp_path / "a.kse")
    with centre.open(), pytest.raises(Refusal, match="déjà servi"):
        centre_side.make(code, centre.data, ADDRESS, True)
    with centre.open(), pytest.raises(NotSafe):
        centre_side.make(code, centre.data, "http://centre.example", True)


@pytest.mark.parametrize("stopped", ["before the snapshot is made", "while the stick is written"])
def test_a_file_that_was_never_done_costs_neither_the_code_nor_the_lost_machines_key(
    nioro: Post,
    centre: Machine,
    blank: Machine,
    tmp_path: Path,
    stopped: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lived(nioro)
    with centre.open(), centre.writing():
        code = services.replacement_code(1, centre.data)

    def fail(*_: object) -> bytes:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch, centre.open():
        if stopped.startswith("before"):
            patch.setattr(centre_side.Asking, "everything", fail)
        with pytest.raises(OSError, match="space left"):
            centre_side.make(code, centre.data, ADDRESS, True, fail)
    with centre.open():
        assert [one.state for one in queries.kiosks()] == ["ok"], "no machine more, none withdrawn"
        assert [one.replaces for one in queries.open_codes()] == [1]
        assert (
            nodes.lost_by(SimpleNamespace(space_uid=NIORO, replaces=None), nodes.Asked(new_uid(), True)) == 1
        )
    nioro.exchange()
    place = tmp_path / "NIORO.KSE"
    with centre.open():
        centre_side.make(code, centre.data, ADDRESS, True, lambda body: print(place.write_bytes(body)))
        assert [one.state for one in queries.kiosks()] == ["revoked", "new"]
    assert enrol_file.read(blank.store, blank.data, place, str(code), arrival.arrive).node_no == 2
    assert named(blank) == named(nioro.kiosk)


def test_a_code_whose_file_was_never_done_serves_by_the_network(
    nioro: Post, centre: Machine, machine: Callable[..., Machine]
) -> None:
    with centre.open(), centre.writing():
        code = services.make_code("YEL", centre.data)
    with centre.open(), pytest.raises(ZeroDivisionError):
        centre_side.make(code, centre.data, ADDRESS, False, lambda _body: print(1 // 0))
    other = machine(space="YEL")
    assert enrol(other.store, other.data, ADDRESS, str(code), "test", Wsgi(centre.app)).node_no == 2
    with centre.open():
        assert [one.node_no for one in queries.kiosks()] == [1, 2]


def test_reading_the_file_again_goes_on(
    nioro: Post, centre: Machine, blank: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(nioro)
    place = tmp_path / "a.kse"
    code = file_for(centre, place)
    with monkeypatch.context() as patch:
        patch.setattr(enrol_file, "_fill", lambda *about: (_ for _ in ()).throw(OSError("power cut")))
        with pytest.raises(OSError, match="power cut"):
            enrol_file.read(blank.store, blank.data, place, str(code))
    assert named(blank) == []
    enrol_file.read(blank.store, blank.data, place, str(code), arrival.arrive)
    assert named(blank) == named(nioro.kiosk)


def test_a_machine_of_another_space_refuses_it(
    nioro: Post, centre: Machine, machine: object, tmp_path: Path
) -> None:
    kayes: Machine = machine(space="KAY")  # type: ignore[operator]
    code = file_for(centre, tmp_path / "a.kse")
    with pytest.raises(OtherSpace):
        enrol_file.read(kayes.store, kayes.data, tmp_path / "a.kse", str(code))
    assert not (kayes.data / keyfile.NAME).exists()


def test_reading_an_old_file_again_takes_nothing_back(
    nioro: Post, centre: Machine, blank: Machine, tmp_path: Path
) -> None:
    lived(nioro)
    place = tmp_path / "a.kse"
    code = file_for(centre, place)
    enrol_file.read(blank.store, blank.data, place, str(code), arrival.arrive)
    blank.people = nioro.kiosk.people
    post = Post(blank, Wsgi(centre.app))
    for linked in (True, False):
        register(blank, "Bintou Diallo" if linked else "Coumba Sacko")
        if linked:
            post.exchange()
    before = named(blank)
    enrol_file.read(blank.store, blank.data, place, str(code), arrival.arrive)
    assert named(blank) == before
    post.exchange()
    assert named(blank) == named(centre) == before
