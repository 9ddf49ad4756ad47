"""Files between a kiosk and its centre, one process: what travels, when, and what each side refuses."""

import hashlib
import io
import random
import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import text

from kiosk.central import nodes
from kiosk.library import services as library
from kiosk.library.kinds import JPEG, PDF, Type
from kiosk.library.vocabulary import Kind, Licence, Part, Theme
from kiosk.places import services as places
from kiosk.storage import clock, session
from kiosk.storage.files import FileStore
from kiosk.sync import keyfile, outbox
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.calls import BlobCalls, Declined
from kiosk.sync.blobs.carrier import Carrier, Moved
from kiosk.sync.blobs.manifest import SMALL_LEAF, Manifest, measure
from kiosk.sync.blobs.needs import carrying
from kiosk.sync.caller import Caller
from kiosk.sync.link import Link
from kiosk.sync.trouble import Revoked
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up

SHEET = library.Card("Souder une lampe", Kind.BOOK, "fr", Theme.WORK, Licence.CC_BY)


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def share(machine: Machine, data: bytes, part: Part = Part.MAIN, kind: Type = PDF, space: str = "NIO") -> str:
    """Put a material with one file on a machine's shelves, as its space; return the file's hash."""
    files = store_of(machine)
    kept = files.keep(io.BytesIO(data), 10**9)
    with machine.writing("manager"):
        one = library.add(SHEET, places.space_uid(space))
        library.attach(one, part, kept, kind, "lampe.pdf")
    return kept.sha256


def store_of(machine: Machine) -> FileStore:
    return FileStore(machine.settings.files, machine.settings.spool)


def carry(post: Post, interrupted: Callable[[], bool] = lambda: False) -> Moved:
    """Exchange, then carry files once."""
    post.exchange()
    caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
    return Carrier(post.kiosk.store, post.kiosk.data, interrupted).carry(caller)


def calls_of(post: Post) -> BlobCalls:
    with post.kiosk.open() as current:
        stream = outbox.me(current.connection()).stream.hex
    caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
    return BlobCalls(caller, stream, Link(), lambda _size: None)


def manifest_of(data: bytes) -> Manifest:
    return measure(io.BytesIO(data), len(data))[0]


def sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def yelimane(machine: Callable[..., Machine], centre: Machine) -> Post:
    """A second kiosk of the same centre."""
    return link_up(machine(space="YEL"), centre, "YEL")


def test_only_the_library_lets_its_files_travel() -> None:
    """Photographs of members and answers on disability stay at home: adding a line here is a decision."""
    assert {model.__tablename__ for model in carrying()} == {"material_file"}


def test_a_file_shared_at_nioro_is_read_at_yelimane(nioro: Post, yelimane: Post, centre: Machine) -> None:
    data = content(300_000)
    sha = share(nioro.kiosk, data)
    yelimane.exchange()
    assert carry(nioro).sent == 1
    assert store_of(centre).path(sha).read_bytes() == data
    assert carry(yelimane).received == 1
    assert store_of(yelimane.kiosk).path(sha).read_bytes() == data
    for machine in (nioro.kiosk, yelimane.kiosk, centre):
        assert not list(machine.settings.spool.glob("*.part"))


def test_nothing_travels_twice_and_idle_rounds_ask_nothing(nioro: Post, yelimane: Post) -> None:
    share(nioro.kiosk, content(90_000))
    carry(nioro)
    carry(yelimane)
    for post in (nioro, yelimane):
        post.exchange()
        before = post.line.calls
        caller = Caller(keyfile.load(post.kiosk.data), post.line, "test")
        assert Carrier(post.kiosk.store, post.kiosk.data).carry(caller) == Moved()
        assert post.line.calls == before


def test_a_content_the_centre_has_costs_one_look(nioro: Post, yelimane: Post) -> None:
    data = content(200_000)
    share(nioro.kiosk, data)
    carry(nioro)
    yelimane.exchange()
    share(yelimane.kiosk, data, space="YEL")
    yelimane.exchange()
    before = yelimane.line.calls
    caller = Caller(keyfile.load(yelimane.kiosk.data), yelimane.line, "test")
    assert Carrier(yelimane.kiosk.store, yelimane.kiosk.data).carry(caller).sent == 1
    assert yelimane.line.calls == before + 1


def test_covers_leave_before_books_and_the_lightest_book_first(nioro: Post) -> None:
    heavy, light = share(nioro.kiosk, content(200_000, 2)), share(nioro.kiosk, content(70_000, 3))
    cover = share(nioro.kiosk, content(90_000, 4), Part.POSTER, JPEG)
    order = []
    line, ask = nioro.line, nioro.line.ask

    def watched(method: str, path: str, *rest: object) -> object:
        if method == "POST" and "/blob/" in path:
            order.append(path.rpartition("/")[2])
        return ask(method, path, *rest)

    line.ask = watched
    assert carry(nioro).sent == 3
    assert order == [cover, light, heavy]


def test_originals_of_pictures_and_very_large_files_wait_for_a_key(nioro: Post) -> None:
    share(nioro.kiosk, content(90_000), Part.ORIGINAL, JPEG)
    share(nioro.kiosk, content(17_000_000))
    assert carry(nioro).sent == 0


def test_changes_interrupt_a_file_between_two_pieces(nioro: Post, centre: Machine) -> None:
    data = content(200_000)
    sha = share(nioro.kiosk, data)
    asked = iter([False] * 3)
    moved = carry(nioro, lambda: next(asked, True))
    assert (moved.sent, moved.again) == (0, True)
    assert 0 < (calls_of(nioro).look(sha) or 0) < len(data)
    assert carry(nioro).sent == 1
    assert store_of(centre).has(sha)


def test_the_budget_of_a_day_holds_over_restarts(nioro: Post, centre: Machine) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_a_day = 100000\n")
    sha = share(nioro.kiosk, content(400_000))
    carry(nioro)
    here = calls_of(nioro).look(sha) or 0
    assert 0 < here < 200_000
    carry(nioro)
    assert calls_of(nioro).look(sha) == here


@pytest.mark.parametrize(("hour", "sent"), [(12, 0), (23, 1), (5, 1)])
def test_at_night_alone_when_the_operator_says_so(
    nioro: Post, hour: int, sent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_at_night = true\n")
    share(nioro.kiosk, content(70_000))
    nioro.exchange()
    at = clock.midnight_ms(clock.today()) + 86_400_000 * 2 + hour * 3_600_000
    monkeypatch.setattr(clock, "now_ms", lambda: at)
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    assert Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller).sent == sent


def test_a_machine_that_cannot_know_the_night_does_not_wait_for_it(
    nioro: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 1970 there is no night: budgets are counted by power-up."""
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_at_night = true\n")
    share(nioro.kiosk, content(70_000))
    nioro.exchange()
    monkeypatch.setattr(clock, "now_ms", lambda: 12 * 3_600_000)
    caller = Caller(keyfile.load(nioro.kiosk.data), nioro.line, "test")
    assert Carrier(nioro.kiosk.store, nioro.kiosk.data).carry(caller).sent == 1
    with nioro.kiosk.open() as current:
        assert current.scalar(text("select period from sync_blob_use")).startswith("boot-")


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


def test_envois_says_what_waits_why_and_how_long(nioro: Post, yelimane: Post) -> None:
    share(nioro.kiosk, content(120_000), Part.POSTER, JPEG)
    share(nioro.kiosk, content(120_000, 2), Part.POSTER, JPEG)
    manager = nioro.kiosk.as_("manager")
    assert "2 photos attendent, 240 ko, environ" in manager.get("/envois").text.replace("\u00a0", " ")
    share(nioro.kiosk, content(17_000_000))
    assert "Sur clé USB\u00a0: 1 fichier, 17\u00a0Mo" in manager.get("/envois").text
    carry(nioro)
    page = manager.get("/envois").text
    assert "photos attendent" not in page
    assert "2 fichiers partis" in page
    yelimane.exchange()
    assert "À recevoir\u00a0: 2 photos, 240\u00a0ko" in yelimane.kiosk.as_("manager").get("/envois").text
    assert "À recevoir sur clé USB" in yelimane.kiosk.as_("manager").get("/envois").text


def test_envois_says_that_the_day_has_cost_enough(nioro: Post) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_a_day = 0\n")
    share(nioro.kiosk, content(120_000))
    assert "Assez d’Internet pour aujourd’hui." in nioro.kiosk.as_("manager").get("/envois").text


def test_a_shared_book_is_there_with_its_origin_before_its_bytes(nioro: Post, yelimane: Post) -> None:
    """Requirement 66: a resource shared at Nioro appears at Yélimané with its origin."""
    data = content(300_000)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    yelimane.exchange()
    with yelimane.kiosk.open() as current:
        slug = current.scalar(text("select slug from material where space_uid is not null"))
    page = f"/mediatheque/{slug}"
    phone = yelimane.kiosk.client()
    early = phone.get(page).text
    assert "Le fichier n’est pas encore arrivé ici." in early
    assert re.search(r"Partagé par.{1,60}Nioro", early, re.S)
    assert sha not in early
    carry(nioro)
    carry(yelimane)
    assert "n’est pas encore arrivé" not in phone.get(page).text
    assert phone.get(f"{page}/fichier/{sha}").data == data


def test_the_centres_page_of_a_book_changes_when_its_bytes_come(
    any_centre: Machine, machine: Callable[..., Machine]
) -> None:
    post = link_up(machine(), any_centre)
    share(post.kiosk, content(300_000))
    post.exchange()
    with any_centre.open() as current:
        slug = current.scalar(text("select slug from material where space_uid is not null"))
    reader = any_centre.client()
    assert "pas encore arrivé" in reader.get(f"/mediatheque/{slug}").text
    assert carry(post).sent == 1
    assert "pas encore arrivé" not in reader.get(f"/mediatheque/{slug}").text
