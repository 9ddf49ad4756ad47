"""A search index that is written anew after each erasure, for as many years as a machine lives."""

from sqlalchemy import text

from kiosk.members.models import Member
from kiosk.storage import new_uid, search
from tests.support.machines import Machine

WORDS = {"family_name": "Coulibaly", "card": "NIO-000001-X", "deleted_at": None}


def test_an_index_that_was_scoured_a_thousand_times_still_opens(kiosk: Machine) -> None:
    """SQLite keeps a level a time of what is only optimized, and opens no index of two thousand."""
    row = {column.name: WORDS.get(column.name) for column in Member.__table__.columns}
    with kiosk.open() as current:
        connection, uid = current.connection(), new_uid()
        others = [{**row, "given_name": f"Sira{number}"} for number in range(300)]
        search.index(connection, [(Member, new_uid(), one, True) for one in others])
        for turn in range(1_100):
            search.index(connection, [(Member, uid, {**row, "given_name": f"Awa{turn}"}, turn == 0)])
            search.scour(connection, [Member])
        found = current.scalar(text("SELECT count(*) FROM member_search WHERE member_search MATCH 'coul*'"))
        current.rollback()
    assert found == 301
