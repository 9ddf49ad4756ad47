"""An exchange on real databases: what a kiosk writes stands at the centre, once."""

from sqlalchemy import text

from tests.support.machines import Machine
from tests.sync.conftest import link_up


def rows(machine: Machine, query: str) -> list[tuple]:
    with machine.open() as session:
        return [tuple(row) for row in session.execute(text(query))]


def test_what_a_kiosk_wrote_stands_at_the_centre(kiosk: Machine, any_centre: Machine) -> None:
    post = link_up(kiosk, any_centre)
    post.exchange()
    assert rows(any_centre, "select name from space") == [("Nioro",)]
    mine = rows(kiosk, "select name from staff order by name")
    assert [row for row in rows(any_centre, "select name from staff order by name") if row in mine] == mine
    with kiosk.open() as session:
        print(session.execute(text("select * from sync_self")).mappings().one())
    assert post.line.calls <= 4
    post.exchange()
    assert post.tallies[-1].sent == 0
