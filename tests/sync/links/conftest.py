"""A served centre, a kiosk that knows it, and whatever lies between them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import delete, text

from kiosk.members import services as members
from kiosk.sync import link, outbox, worker
from kiosk.sync.enrol import enrol
from kiosk.sync.link import Tally
from kiosk.sync.models import sync_link
from kiosk.sync.trouble import Trouble
from tests.support.machines import Machine
from tests.support.processes import Served, start
from tests.sync.conftest import code_for
from tests.sync.links.proxy import Proxy, Weather
from tests.sync.telling import NIORO, copied, named, waiting
from tests.sync.test_processes import point_at


@dataclass
class Line:
    """The kiosk of Nioro and the centre, as processes and people see them."""

    kiosk: Machine
    centre: Machine
    served: Served
    proxies: list[Proxy] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def through(self, weather: Weather, target: int = 0) -> Proxy:
        """Let all that is sent from now on pass through that weather."""
        self.proxies.append(Proxy(target or self.served.port, weather))
        point_at(self.kiosk, self.proxies[-1].url)
        return self.proxies[-1]

    def straight(self) -> None:
        """Take the way without a proxy."""
        point_at(self.kiosk, self.served.url)

    def write(self, many: int, notes: int = 0) -> None:
        """Register people, each with so many bytes that no compressor shortens."""
        with self.kiosk.writing("manager"):
            for _ in range(many):
                name = f"Awa{len(self.people):04}"
                words = os.urandom(notes).hex()
                members.register(NIORO, given_name=name, family_name="Coulibaly", sex="F", notes=words)
                self.people.append(f"{name} Coulibaly")

    def sync(self) -> Tally:
        """Do what `kiosk sync` does, over real sockets; raises Trouble."""
        return worker.once(self.kiosk.store, self.kiosk.data, "test")

    def tries(self, most: int = 40) -> int:
        """Sync until all is sent; return how often it took."""
        for number in range(1, most + 1):
            before = self.acked
            try:
                self.sync()
            except Trouble:
                assert self.acked >= before, "what is acknowledged stays so"
                continue
            return number
        raise AssertionError(f"{waiting(self.kiosk)} still wait")

    @property
    def acked(self) -> int:
        with self.kiosk.open() as current:
            return outbox.me(current.connection()).acked

    @property
    def answered(self) -> int:
        """How many bytes left that were answered, headers and all."""
        with self.kiosk.open() as current:
            return int(current.scalar(text("select coalesce(sum(bytes_up), 0) from sync_exchange")) or 0)

    @property
    def known(self) -> link.Link:
        """What the worker knows of its link."""
        with self.kiosk.open() as current:
            return link.load(current.connection())

    @property
    def memory(self) -> tuple[object, ...]:
        """What no unsigned word may change."""
        with self.kiosk.open() as current:
            columns = "stream_uid, seq, acked, settled, cursor, centre_epoch, hlc, node_no"
            return tuple(current.execute(text(f"select {columns} from sync_self")).one())

    def page(self) -> str:
        """What the manager reads of it."""
        return self.kiosk.as_("manager").get("/envois").text

    def check(self) -> None:
        """Everything arrived, each once, on both sides."""
        assert waiting(self.kiosk) == 0
        assert named(self.centre) == sorted(self.people) == named(self.kiosk)
        with self.centre.open() as current:
            distinct = "select count(*) - count(distinct op_id) from inbox where first"
            assert current.scalar(text(distinct)) == 0
            assert current.scalar(text("select count(*) from inbox where state != 'applied'")) == 0
            assert current.scalar(text("select count(*) from stream")) == 1, "the machine kept its log"


@pytest.fixture(scope="module")
def laid(
    templates: Callable[[str, str], Machine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Line]:
    """A centre that listens, of four threads, and the kiosk of Nioro enrolled there, for a whole module."""
    folder = tmp_path_factory.mktemp("links")
    kiosk, centre = (copied(templates(role, "NIO"), folder / role) for role in ("kiosk", "central"))
    served = start(centre.data, folder / "serve.log", KIOSK_THREADS="4")
    try:
        served.wait()
        enrol(kiosk.store, kiosk.data, served.url, code_for(centre, "NIO"), "test")
        yield Line(kiosk, centre, served)
    finally:
        served.stop()
        for one in (kiosk, centre):
            one.close()


@pytest.fixture
def road(laid: Line) -> Iterator[Line]:
    """The same as on its first day: nothing waits, and nothing is known of the link."""
    laid.straight()
    laid.sync()
    with laid.kiosk.writing() as current:
        current.connection().execute(delete(sync_link))
    yield laid
    while laid.proxies:
        laid.proxies.pop().close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lose patience after less than a second of silence: nobody waits for a real one here."""
    monkeypatch.setattr(link, "PATIENCE", 0.6)
    monkeypatch.setattr(link, "GUESSED", 20_000.0)
