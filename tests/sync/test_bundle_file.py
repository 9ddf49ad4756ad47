"""The file itself: nothing readable on the stick, and nothing taken from a stick that lies."""

import base64
import dataclasses
import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.members import services as members
from kiosk.sync import keyfile
from kiosk.sync.bundle import envelope, outgoing, seal
from kiosk.sync.bundle import stick as sticks
from kiosk.sync.bundle.letters import hint_of
from kiosk.sync.bundle.trouble import Carried, Damaged, Forged, NotForUs
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick, stick
from tests.sync.telling import NIORO, copied, named, register, waiting

PEOPLE = [
    ("Awa", "Coulibaly", "+223 76 12 34 56"),
    ("Hawa", "Diawara", "+223 65 43 21 09"),
    ("Mahamadou", "Traoré", "+223 70 00 11 22"),
]
COMMUNES = ["Nioro", "Gogui", "Yélimané", "Kayes"]


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


@pytest.fixture
def written(nioro: Post, key: Stick) -> Path:
    """The one file of a small bundle."""
    with nioro.kiosk.writing("manager"):
        for given, family, phone in PEOPLE:
            members.register(NIORO, given_name=given, family_name=family, sex="F", phone=phone)
    key.written_at(nioro.kiosk)
    (path,) = key.files
    return path


def secrets_of(machine: Machine) -> set[bytes]:
    """Every text of the log (names, phones, communes, table names, ids), and what people are called."""
    with machine.open() as current:
        rows = current.execute(text("select tab, body from sync_log")).all()
    words = {word for row in rows for word in (row.tab, *texts(json.loads(row.body)))}
    words |= {word for person in PEOPLE for word in person} | set(COMMUNES)
    words |= {word.replace(" ", "")[-8:] for word in words if word.startswith("+223")}
    return {word.encode() for word in words if len(word) > 3}


def texts(value: object) -> list[str]:
    """Every text in a document, names of fields included."""
    if isinstance(value, dict):
        return [word for pair in value.items() for part in pair for word in texts(part)]
    if isinstance(value, list):
        return [word for part in value for word in texts(part)]
    return [value] if isinstance(value, str) else []


def test_the_stick_holds_no_readable_name(nioro: Post, centre: Machine, key: Stick, written: Path) -> None:
    key.taken_at(centre)
    assert len(key.files) == 2, "the bundle and the answer"
    hidden = secrets_of(nioro.kiosk)
    assert len(hidden) > 40
    assert {b"Coulibaly", b"member", b"given_name"} <= hidden
    for path in (key.path / "KIOSK").iterdir():
        found = path.read_bytes()
        for word in hidden:
            for spelt in (word, word.lower(), word.decode().encode("utf-16-le"), base64.b64encode(word)[:-2]):
                assert spelt not in found, spelt
                assert spelt not in path.name.encode()


def test_names_are_those_that_any_fat_keeps(written: Path) -> None:
    stem, _, ending = written.name.partition(".")
    assert len(stem) == 8
    assert ending == "KSE"
    assert written.name.isascii()
    assert written.name == written.name.upper()
    assert written.parent.name == "KIOSK"


def test_the_outer_header_says_for_whom_and_how_much_and_no_more(nioro: Post, written: Path) -> None:
    header = envelope.glimpse(written)
    assert header is not None
    identity = keyfile.load(nioro.kiosk.data)
    assert header.to == seal.name_of(base64.b64decode(identity.seal))
    assert header.by == hint_of(identity.key)
    assert header.size == written.stat().st_size - envelope.HEAD_BYTES - envelope.SUM_BYTES
    assert header.end


def test_a_bundle_cut_at_any_byte_is_refused_whole(centre: Machine, key: Stick, written: Path) -> None:
    whole = written.read_bytes()
    for end in [*range(0, 400, 7), *range(400, len(whole), 41), len(whole) - 1]:
        written.write_bytes(whole[:end])
        with pytest.raises(Carried):
            key.taken_at(centre)
    written.write_bytes(whole + b"x")
    with pytest.raises(Damaged):
        key.taken_at(centre)
    assert named(centre) == []
    written.write_bytes(whole)
    key.taken_at(centre)
    assert len(named(centre)) == 3


def test_a_flipped_bit_is_refused_whole(centre: Machine, key: Stick, written: Path) -> None:
    whole = written.read_bytes()
    for at in [*range(0, 300, 11), *range(300, len(whole), 53), len(whole) - 1]:
        written.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(Carried):
            key.taken_at(centre)
    assert named(centre) == []


def test_a_header_altered_with_its_sum_put_right_is_refused(
    centre: Machine, key: Stick, written: Path
) -> None:
    """The sum anybody can make anew; the signature inside nobody can."""
    header = envelope.glimpse(written)
    assert header is not None
    for change in ({"piece": 7}, {"end": False}, {"mark": "0" * 32}, {"by": "f" * 16}):
        rewrite(written, dataclasses.replace(header, **change))
        with pytest.raises(Forged):
            key.taken_at(centre)
    rewrite(written, header)
    key.taken_at(centre)
    assert len(named(centre)) == 3


def rewrite(path: Path, header: envelope.Header) -> None:
    """Give a file another header, and a sum that fits."""
    inside = path.read_bytes()[envelope.HEAD_BYTES : -envelope.SUM_BYTES]
    head = header.packed()
    path.write_bytes(head + inside + hashlib.sha256(head + hashlib.sha256(inside).digest()).digest())


def test_letters_taken_out_or_put_twice_are_refused(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sync.link.LARGEST", 130)
    key = stick(tmp_path, "beaucoup")
    for number in range(12):
        register(nioro.kiosk, f"Awa {'x' * number}")
    key.written_at(nioro.kiosk)
    (path,) = key.files
    header = envelope.glimpse(path)
    assert header is not None
    assert header.count > 4
    inside = path.read_bytes()[envelope.HEAD_BYTES : -envelope.SUM_BYTES]
    parts = list(cut(inside))
    for changed in (parts[1:], [parts[0], *parts], [parts[1], parts[0], *parts[2:]], parts[:-1]):
        rewrite_parts(path, header, changed)
        with pytest.raises((Forged, Damaged)):
            key.taken_at(centre)
    assert named(centre) == []


def cut(inside: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(inside):
        end = at + 4 + int.from_bytes(inside[at : at + 4], "big")
        found.append(inside[at:end])
        at = end
    return found


def rewrite_parts(path: Path, header: envelope.Header, parts: list[bytes]) -> None:
    size = sum(map(len, parts))
    path.write_bytes(bytes(envelope.HEAD_BYTES) + b"".join(parts) + bytes(envelope.SUM_BYTES))
    rewrite(path, dataclasses.replace(header, size=size, count=len(parts)))


def test_a_bundle_for_another_centre_is_left_alone(
    nioro: Post, machine: object, key: Stick, written: Path
) -> None:
    other: Machine = machine("central")  # type: ignore[operator]
    with pytest.raises(NotForUs, match="pour une autre machine"):
        key.taken_at(other)


def test_a_bundle_of_a_machine_nobody_knows_is_refused(
    nioro: Post, centre: Machine, key: Stick, written: Path
) -> None:
    with centre.writing() as current:
        current.execute(text("update node set key_id = 'n9-other'"))
    with pytest.raises(Forged, match="ne vient pas d’une machine connue"):
        key.taken_at(centre)


def test_an_answer_that_only_looks_like_the_centres_changes_nothing(
    nioro: Post, centre: Machine, key: Stick, written: Path, tmp_path: Path
) -> None:
    """Whoever knows the kiosk's public half can seal to it; without the key nothing is believed."""
    key.taken_at(centre)
    identity = keyfile.load(nioro.kiosk.data)
    stranger = dataclasses.replace(identity.key, secret=bytes(32))
    public = seal.public_of(seal.private_from(identity.key.secret))
    header = envelope.Header(envelope.DOWN, seal.name_of(public), hint_of(identity.key), "0" * 32)
    (path,) = [one for one in key.files if one.name.startswith("R")]
    with path.open("wb") as file:
        envelope.Writing(file, header, public).close(stranger, {"needs": None})
    before = waiting(nioro.kiosk)
    with pytest.raises(Forged):
        key.read_at(nioro.kiosk)
    assert waiting(nioro.kiosk) == before > 0


def test_an_answer_for_one_kiosk_is_not_read_by_another(
    nioro: Post, centre: Machine, machine: object, key: Stick, written: Path
) -> None:
    key.taken_at(centre)
    kayes = link_up(machine(space="KAY"), centre, "KAY")  # type: ignore[operator]
    with pytest.raises(Carried, match="Rien pour cette machine"):
        key.read_at(kayes.kiosk)


def test_the_centre_put_back_from_a_copy_still_reads_its_sticks(
    nioro: Post, centre: Machine, key: Stick, written: Path, tmp_path: Path
) -> None:
    again = copied(centre, tmp_path / "again")
    key.taken_at(again)
    assert len(named(again)) == 3
    again.close()


def test_a_file_is_as_good_as_a_stick(nioro: Post, centre: Machine, tmp_path: Path) -> None:
    register(nioro.kiosk, "Awa Coulibaly")
    path = tmp_path / "envoi.kse"
    outgoing.write(nioro.kiosk.store, nioro.kiosk.data, path, "test")
    assert sticks.bundles(path) == [path]
    assert len(Stick(path).taken_at(centre)) == 1
    assert named(centre) == ["Awa Coulibaly"]
