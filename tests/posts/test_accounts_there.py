"""A public account goes to every kiosk; what opens it never leaves the centre."""

import base64
from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, insert, text

from kiosk.accounts.models import Credential, SecretKind
from kiosk.central.models import centre_seal, node
from kiosk.posts.channels import queries, services
from kiosk.posts.channels.models import PublicAccount
from kiosk.posts.channels.services import Card
from kiosk.storage import new_uid, session
from kiosk.sync import frame
from kiosk.sync.line import Answer
from tests.posts.hands import FECONG, hand_of
from tests.posts.test_there_and_back import submitted
from tests.posts.test_writing_pages import words
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.wire import Wsgi

SECRET = b"EAAGm0PX4ZCpsBAKfecongmali-token"


class Heard(Wsgi):
    """A line that keeps what the centre said, unpacked where it was packed."""

    said: list[bytes]

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        answer = super().ask(method, path, headers, body, patience)
        self.said += [answer.body, *_unpacked(answer.body)]
        return answer


def _unpacked(body: bytes) -> Iterator[bytes]:
    try:
        yield repr(frame.decode(body)).encode()
    except frame.FrameError:
        return


def plant(centre: Machine) -> None:
    """Put the secret wherever the centre keeps what nobody else may have."""
    with (centre.data / "config.toml").open("ab") as file:
        file.write(b"# page token: " + SECRET + b"\n")
    (centre.data / "facebook.token").write_bytes(SECRET)
    with centre.writing() as now:
        where = new_uid()
        now.add(Credential(staff_uid=where, kind=SecretKind.PASSWORD, hash=SECRET.decode()))
        now.execute(insert(centre_seal).values(key_id="planted", private=SECRET, made_at=1))
        names = {"code": "ZZZ", "name": SECRET.decode(), "key_id": "planted", "secret": SECRET}
        now.execute(insert(node).values(node_no=99, space_uid=where, enrolled_at=1, **names))


def spelled() -> list[bytes]:
    """The secret as it is, and as a file or a document would write it."""
    return [SECRET, SECRET.hex().encode(), base64.b64encode(SECRET)[:40], repr(SECRET)[2:-1].encode()]


def on_disk(machine: Machine) -> bytes:
    """Every byte that the machine keeps, its write-ahead log included."""
    return b"\0".join(file.read_bytes() for file in sorted(machine.data.rglob("*")) if file.is_file())


def in_tables(engine: Engine) -> str:
    """Every value of every table, whatever the file packs."""
    with engine.connect() as now:
        names = now.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return "".join(repr(row) for n in names for row in now.execute(text(f'SELECT * FROM "{n}"')))


def add(centre: Machine, card: Card = FECONG) -> None:
    with centre.writing():
        services.add(hand_of(centre, "coordinator"), card)


def test_a_kiosk_learns_the_handle_and_never_the_secret(kiosk: Machine, centre: Machine) -> None:
    plant(centre)
    assert SECRET in on_disk(centre), "nothing was planted, nothing would be found"
    station = link_up(kiosk, centre)
    heard = Heard(centre.app)
    heard.said = []
    station.line = heard
    add(centre)
    station.exchange()
    kept, told = on_disk(kiosk), in_tables(kiosk.store.engine).encode()
    assert b"@FecongMali" in kept
    assert b"@FecongMali" in told
    assert any(b"@FecongMali" in one for one in heard.said), "the exchange was not heard"
    for one in spelled():
        assert one not in kept
        assert one not in told
        assert not any(one in said for said in heard.said)


def test_the_tables_of_the_centre_stay_empty_at_a_kiosk(nioro_with_accounts: Post) -> None:
    with nioro_with_accounts.kiosk.open() as now:
        for table in ("node", "enrol_code", "centre_seal", "carried_receipt"):
            assert now.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_an_author_previews_her_article_with_the_accounts_offline(kiosk: Machine, centre: Machine) -> None:
    station = link_up(kiosk, centre)
    add(centre)
    add(centre, Card("x", "@FecongMali"))
    uid = submitted(station)
    station.line.cut = "before"
    author = kiosk.as_("author")
    page = words(author, f"/articles/{uid}/apercu")
    assert "Nos comptes" in page
    assert 'href="https://www.facebook.com/FecongMali"' in page
    assert "<b>@FecongMali</b>" in page
    assert "Ces liens demandent Internet." in page


def test_what_a_kiosk_writes_of_an_account_is_refused_and_undone(
    nioro_with_accounts: Post, centre: Machine
) -> None:
    """Somebody with the kiosk's database in hand renames the account: the centre does not believe it."""
    station = nioro_with_accounts
    with station.kiosk.writing():
        queries.shown()[0].handle = "@Autre"
        session().add(PublicAccount(network="x", handle="@Faux", rank=9))
    station.exchange()
    station.exchange()
    assert "@Autre" not in words(station.kiosk.client(), "/actualites")
    for machine in (station.kiosk, centre):
        assert "@FecongMali" in words(machine.client(), "/actualites")
    page = words(centre.as_("editor"), "/redaction/comptes")
    assert "@Autre" not in page
    assert "@Faux" not in page


def test_a_retired_account_leaves_every_page(nioro_with_accounts: Post, centre: Machine) -> None:
    station = nioro_with_accounts
    assert "@FecongMali" in words(station.kiosk.client(), "/")
    with centre.writing():
        services.retire(hand_of(centre, "editor"), queries.shown()[0].uid)
    station.exchange()
    for machine in (station.kiosk, centre):
        for path in ("/", "/actualites"):
            assert "@FecongMali" not in words(machine.client(), path)
