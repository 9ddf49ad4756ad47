"""The centre's sealing key: how it reaches kiosks, and what becomes of it."""

import dataclasses
import json
from pathlib import Path

import pytest

from kiosk.central import seals
from kiosk.sync import keyfile
from kiosk.sync.bundle import seal
from kiosk.sync.bundle.trouble import NoSealing, NoSealKey, NotForUs
from kiosk.sync.caller import Caller
from kiosk.sync.exchange import Exchange
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.sticks import Stick, stick


def key_of(centre: Machine) -> str:
    with centre.writing() as current:
        return seals.public(current.connection())


def test_a_kiosk_learns_the_key_when_it_is_linked(kiosk: Machine, any_centre: Machine) -> None:
    link_up(kiosk, any_centre)
    assert keyfile.load(kiosk.data).seal == key_of(any_centre)


def test_the_key_stays_the_same(centre: Machine) -> None:
    assert key_of(centre) == key_of(centre)


def test_a_kiosk_linked_before_learns_it_from_an_exchange_once(nioro: Post, centre: Machine) -> None:
    before = dataclasses.replace(keyfile.load(nioro.kiosk.data), seal="")
    keyfile.save(nioro.kiosk.data, before)
    heard: list[str] = []
    caller = Caller(before, nioro.line, "test", heard.append)
    for _ in range(3):
        Exchange(nioro.kiosk.store, caller).run()
    assert heard == [key_of(centre)]
    keyfile.learn(nioro.kiosk.data, heard[0])
    assert keyfile.load(nioro.kiosk.data) == dataclasses.replace(before, seal=heard[0])


def test_a_key_file_of_a_newer_program_is_read(nioro: Post) -> None:
    path = nioro.kiosk.data / keyfile.NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), "tomorrow": 1}))
    assert keyfile.load(nioro.kiosk.data).node_no == 1


def test_a_centre_without_pynacl_gives_no_key(
    kiosk: Machine, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "is_there", lambda: False)
    link_up(kiosk, centre)
    assert keyfile.load(kiosk.data).seal == ""


def test_only_who_holds_the_pair_reads_what_was_sealed() -> None:
    ours, theirs = seal.new_private(), seal.private_from(b"another")
    sealed = seal.seal(seal.public_of(ours), b"Awa Coulibaly")
    assert seal.unseal(ours, sealed) == b"Awa Coulibaly"
    for private, text in ((theirs, sealed), (ours, sealed[:-1]), (ours, b"")):
        with pytest.raises(NotForUs):
            seal.unseal(private, text)


@pytest.fixture
def key(tmp_path: Path) -> Stick:
    return stick(tmp_path)


def test_without_pynacl_nothing_is_written(nioro: Post, key: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "is_there", lambda: False)
    with pytest.raises(NoSealing, match="PyNaCl"):
        key.written_at(nioro.kiosk)
    assert key.files == []


def test_without_the_centres_key_nothing_is_written(nioro: Post, key: Stick) -> None:
    identity = keyfile.load(nioro.kiosk.data)
    keyfile.save(nioro.kiosk.data, dataclasses.replace(identity, seal=""))
    with pytest.raises(NoSealKey, match="Synchronisez une fois"):
        key.written_at(nioro.kiosk)
    assert key.files == []
