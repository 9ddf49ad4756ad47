"""A key renewed without a person: the old one is good until the new was used, whatever dies meanwhile."""

import base64
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from kiosk.central import keys, nodes, queries
from kiosk.central.models import node
from kiosk.cli import main
from kiosk.storage import clock
from kiosk.sync import keyfile
from kiosk.sync.caller import Caller
from kiosk.sync.exchange import Exchange
from kiosk.sync.trouble import NoLink, Revoked, Unknown
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.faults import breaking
from tests.sync.telling import copied, named, register
from tests.sync.timing import DAY

Break = Callable[[Callable[[], object], str, int], str]
TELLING = ("key.saved", "commit.after", "reply.made", "reply.heard")


def talk(post: Post) -> None:
    """Exchange as the worker does: a key that is offered is kept."""
    identity, data = keyfile.load(post.kiosk.data), post.kiosk.data
    keep = (partial(keyfile.learn, data), partial(keyfile.renew, data))
    Exchange(post.kiosk.store, Caller(identity, post.line, "test", *keep)).run()


def two(post: Post) -> None:
    """One exchange brings a key, the next one proves it."""
    talk(post)
    talk(post)


def held(centre: Machine) -> tuple[str, str | None]:
    """Return the names of the key in use and of the one offered."""
    with centre.open() as current:
        row = current.execute(select(node).where(node.c.node_no == 1)).one()
        return row.key_id, row.next_key_id


def ask(centre: Machine) -> None:
    with centre.writing():
        keys.renew(1)


def mine(post: Post) -> str:
    return keyfile.load(post.kiosk.data).key_id


@pytest.fixture
def post(kiosk: Machine, any_centre: Machine) -> Post:
    """The kiosk of Nioro, enrolled at a centre on either database."""
    return link_up(kiosk, any_centre)


def test_an_old_key_is_renewed_by_the_exchange_itself(post: Post, any_centre: Machine) -> None:
    talk(post)
    first = mine(post)
    assert held(any_centre) == (first, None)
    with any_centre.writing() as current:
        old = clock.now_ms() - keys.RENEW_DAYS * DAY
        current.execute(update(node).values(enrolled_at=old))
    talk(post)
    register(post.kiosk, "Awa Coulibaly")
    talk(post)
    assert mine(post) != first
    assert held(any_centre) == (mine(post), None)
    assert named(any_centre) == ["Awa Coulibaly"]
    talk(post)
    assert held(any_centre) == (mine(post), None), "a young key is not renewed again"


def test_the_old_key_is_good_until_the_new_one_was_used(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    ask(centre)
    nioro.exchange()
    first, offered = held(centre)
    assert offered and mine(nioro) == first, "a program that takes no new key goes on with its own"
    before = (nioro.kiosk.data / keyfile.NAME).read_bytes()
    talk(nioro)
    assert (mine(nioro), held(centre)) == (offered, (first, offered)), "the same offer again"
    talk(nioro)
    assert held(centre) == (offered, None)
    (nioro.kiosk.data / keyfile.NAME).write_bytes(before)
    with pytest.raises(Unknown):
        talk(nioro)


def by_exception(work: Callable[[], object], point: str, n: int) -> str:
    return breaking.fails(work, point, (Exception,), n)


@pytest.mark.parametrize("breaks", [by_exception, breaking.dies])
def test_whatever_dies_in_the_middle_the_kiosk_keeps_a_key_that_works(
    nioro: Post, centre: Machine, breaks: Break
) -> None:
    """Both sides live in this process: the telling moments are broken, a long run breaks every one."""
    nioro.exchange()
    ask(centre)
    moments = Counter(breaking.passed(partial(two, nioro)))
    wanted = set(moments) if int(os.environ.get("KIOSK_BUDGET") or 0) > 500 else set(TELLING)
    for point, n in {(one, n) for one in wanted for n in (1, moments[one])}:
        ask(centre)
        for machine in (centre, nioro.kiosk):
            machine.close()
        assert breaks(partial(two, nioro), point, n) == point
        two(nioro)
        assert held(centre) == (mine(nioro), None), f"after {point}"
    register(nioro.kiosk, "Awa Coulibaly")
    talk(nioro)
    assert named(centre) == ["Awa Coulibaly"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_message_costs_one_more_exchange(nioro: Post, centre: Machine, when: str, lost: int) -> None:
    nioro.exchange()
    ask(centre)
    for at in range(2):
        nioro.line.cut = when if at == lost else ""
        with suppress(NoLink):
            talk(nioro)
    nioro.line.cut = ""
    two(nioro)
    assert held(centre) == (mine(nioro), None)


def test_a_centre_put_back_to_before_the_new_key_knows_the_former_one(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    with centre.open() as current:
        row = current.execute(select(node.c.key_id, node.c.secret)).one()
    ask(centre)
    two(nioro)
    with centre.writing() as current:
        current.execute(update(node).values(key_id=row.key_id, secret=row.secret))
    register(nioro.kiosk, "Awa Coulibaly")
    talk(nioro)
    assert named(centre) == ["Awa Coulibaly"]
    ask(centre)
    two(nioro)
    assert held(centre) == (mine(nioro), None)


def test_two_machines_with_one_key_are_not_parted_by_a_new_one(
    nioro: Post, centre: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_OVERLAP_MS", -1)
    nioro.exchange()
    twin = Post(copied(nioro.kiosk, tmp_path / "copy"), nioro.line)
    register(nioro.kiosk, "Bintou Diallo")
    register(twin.kiosk, "Coumba Sacko")
    for one in (nioro, twin, nioro, twin):
        one.exchange()
    ask(centre)
    talk(nioro)
    assert held(centre)[1] is None
    twin.exchange()
    twin.kiosk.close()


def test_a_withdrawn_key_proves_nothing_and_earns_no_new_one(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    ask(centre)
    talk(nioro)
    first, offered = held(centre)
    with centre.writing():
        nodes.revoke(1)
    with pytest.raises(Revoked):
        talk(nioro)
    assert held(centre) == (first, offered)


def test_the_secret_never_travels_bare(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    ask(centre)
    with centre.writing() as current:
        offered = keys.offer(1)
        secret = current.scalar(select(node.c.next_secret))
    assert offered and secret and base64.b64decode(offered[1]) != bytes(secret)


def test_the_console_asks_for_a_new_key(nioro: Post, centre: Machine) -> None:
    nioro.exchange()
    centre.close()
    done = CliRunner().invoke(main, ["--data", str(centre.data), "central", "rekey", "NIO"])
    assert "nouvelle clé au prochain échange" in done.output
    before = mine(nioro)
    two(nioro)
    assert mine(nioro) != before
