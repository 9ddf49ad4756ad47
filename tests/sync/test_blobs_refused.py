"""What either end refuses of a file, and what it keeps nevertheless."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from kiosk.central import nodes
from kiosk.library import services as library
from kiosk.places import services as places
from kiosk.storage import session
from kiosk.storage.files import FileStore
from kiosk.sync import keyfile
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.calls import Declined
from kiosk.sync.blobs.carrier import Carrier
from kiosk.sync.blobs.manifest import SMALL_LEAF
from kiosk.sync.caller import Caller
from kiosk.sync.line import Answer
from kiosk.sync.trouble import NotTheCentre, Revoked, Unknown
from tests.support.machines import Machine
from tests.sync.carrying import calls_of, carry, content, manifest_of, sha_of, share, store_of
from tests.sync.conftest import Post


def test_a_wrong_leaf_is_refused_and_costs_itself_alone(nioro: Post, centre: Machine) -> None:
    data = content(3 * SMALL_LEAF + 5)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    calls = calls_of(nioro)
    assert calls.declare(sha, manifest_of(data)) == 0
    assert calls.send(sha, 0, data[:SMALL_LEAF], len(data)) == SMALL_LEAF
    with pytest.raises(Declined, match="wrong"):
        calls.send(sha, SMALL_LEAF, bytes(SMALL_LEAF), len(data))
    assert calls.look(sha) == SMALL_LEAF
    assert calls.send(sha, 0, data[:100], len(data)) == SMALL_LEAF
    assert calls.send(sha, SMALL_LEAF, data[SMALL_LEAF:], len(data)) == len(data)
    assert store_of(centre).path(sha).read_bytes() == data


def test_a_manifest_that_lies_keeps_nothing(nioro: Post, centre: Machine) -> None:
    data, other = content(100_000), content(100_000, 9)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    calls = calls_of(nioro)
    calls.declare(sha, manifest_of(other))
    with pytest.raises(Declined, match="wrong"):
        calls.send(sha, 0, other, len(other))
    assert not store_of(centre).has(sha)
    assert calls.look(sha) is None
    assert not list(centre.settings.spool.glob("*.part"))


def test_what_no_row_names_is_not_welcome(nioro: Post) -> None:
    nioro.exchange()
    data = content(1000)
    with pytest.raises(Declined, match="unknown"):
        calls_of(nioro).declare(sha_of(data), manifest_of(data))
    with pytest.raises(Declined, match="unknown"):
        calls_of(nioro).leaves(sha_of(data))


def test_a_file_above_the_centres_limit_or_its_disk_is_said_and_kept(
    nioro: Post, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = share(nioro.kiosk, content(100_000))
    monkeypatch.setattr(FileStore, "room", lambda _self: 50_000_000)
    assert carry(nioro).sent == 0
    with nioro.kiosk.open() as current:
        entry = ledger.find(current.connection(), sha)
    assert entry
    assert (entry.state, entry.reason) == (ledger.REFUSED, "full")
    monkeypatch.undo()
    assert carry(nioro).sent == 1


def test_a_file_the_disk_spoiled_is_never_sent(nioro: Post, centre: Machine) -> None:
    sha = share(nioro.kiosk, content(100_000))
    store_of(nioro.kiosk).path(sha).write_bytes(content(100_000, 5))
    assert carry(nioro).sent == 0
    assert not store_of(centre).has(sha)


def test_what_the_centre_lost_with_its_disk_is_offered_again(nioro: Post, centre: Machine) -> None:
    sha = share(nioro.kiosk, content(100_000))
    carry(nioro)
    store_of(centre).path(sha).unlink()
    assert carry(nioro).sent == 0
    with nioro.kiosk.writing() as current:
        current.execute(text("update sync_self set centre_epoch = centre_epoch + 1"))
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    assert Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller).sent == 1
    assert store_of(centre).has(sha)


def test_parts_nobody_wants_any_more_are_given_up(nioro: Post, yelimane: Post) -> None:
    sha = share(nioro.kiosk, content(400_000))
    carry(nioro)
    asked = iter([False] * 4)
    carry(yelimane, lambda: next(asked, True))
    spool = yelimane.kiosk.settings.spool
    assert (spool / f"{sha}.part").exists()
    (spool / f"{'0' * 64}.part").write_bytes(b"stray")
    with nioro.kiosk.writing("manager"):
        file = session().execute(
            text("select uid from material_file where deleted_at is null and sha256 = :s"), {"s": sha}
        )
        library.detach(uuid.UUID(bytes=file.scalar_one()), places.space_uid("NIO"))
    nioro.exchange()
    carry(yelimane)
    assert not list(spool.glob("*.part"))


def test_a_revoked_or_unknown_machine_moves_no_file(nioro: Post, centre: Machine) -> None:
    sha = share(nioro.kiosk, content(100_000))
    nioro.exchange()
    calls = calls_of(nioro)
    with centre.writing():
        nodes.revoke(1)
    with pytest.raises(Revoked):
        calls.look(sha)
    answer = centre.client().get(f"/sync/v1/blob/{sha}")
    assert answer.status_code == 401


def test_a_middle_man_changes_neither_offset_nor_range(nioro: Post, centre: Machine) -> None:
    data = content(100_000)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    calls, ask = calls_of(nioro), nioro.line.ask
    calls.declare(sha, manifest_of(data))
    nioro.line.ask = lambda *call: _with(ask(*call), "100000")
    with pytest.raises(NotTheCentre):
        calls.look(sha)
    nioro.line.ask = lambda *call: _without(ask(*call))
    with pytest.raises(NotTheCentre):
        calls.look(sha)
    changed = {"Upload-Offset": "7", "Range": "bytes=7-9"}
    nioro.line.ask = lambda method, path, headers, *rest: ask(
        method, path, {name: changed.get(name, value) for name, value in headers.items()}, *rest
    )
    with pytest.raises(Unknown):
        calls.send(sha, 0, data[:100], len(data))
    nioro.line.ask = ask
    assert calls.look(sha) == 0


def _with(answer: Answer, offset: str) -> Answer:
    return replace(answer, headers={**answer.headers, "Upload-Offset": offset})


def _without(answer: Answer) -> Answer:
    return replace(answer, headers={n: v for n, v in answer.headers.items() if n != "Upload-Offset"})


def test_a_portal_that_answers_for_the_centre_keeps_and_marks_nothing(nioro: Post, centre: Machine) -> None:
    sha = share(nioro.kiosk, content(100_000))
    nioro.exchange()
    page = b"<html>Bienvenue</html>"
    nioro.line.ask = lambda *_call: Answer(200, {"Upload-Offset": "100000"}, page, 1, 1, 0.1)
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    with pytest.raises(NotTheCentre):
        Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller)
    with nioro.kiosk.open() as current:
        entry = ledger.find(current.connection(), sha)
    assert entry is None or entry.state == ledger.WHOLE


def test_a_spoiled_leaf_of_a_part_costs_itself_alone(nioro: Post, yelimane: Post) -> None:
    """What a disk changed between two leaves is found by the whole, and that leaf alone is asked again."""
    data = content(5 * SMALL_LEAF)
    sha = share(nioro.kiosk, data)
    carry(nioro)
    asked = iter([False] * 6)
    yelimane.exchange()
    caller = Caller(keyfile.load(yelimane.kiosk.data), yelimane.line, "test")
    Carrier(yelimane.kiosk.store, yelimane.kiosk.data, lambda: next(asked, True)).carry(caller)
    part = yelimane.kiosk.settings.spool / f"{sha}.part"
    with part.open("r+b") as file:
        file.seek(10)
        file.write(b"spoiled")
    assert carry(yelimane).received == 1
    assert store_of(yelimane.kiosk).path(sha).read_bytes() == data
